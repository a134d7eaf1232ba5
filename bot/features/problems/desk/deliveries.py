"""What a person is told who may write nothing for a time, and when that is over before its time."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.features.problems.desk import muting_screens
from bot.telegram.screen import Screen

MUTED = "resident.muted"
UNMUTED = "resident.unmuted"
RENDERERS: dict[str, Callable[[Mapping[str, Any]], Screen]] = {
    MUTED: muting_screens.heard_muted,
    UNMUTED: muting_screens.heard_unmuted,
}
