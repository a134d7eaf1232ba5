"""What those who follow a hearing are told of its record."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.hearing import HearingNotice
from bot.features.hearings.minutes import screens as record_screens
from bot.telegram.screen import Screen

RENDERERS: dict[str, Callable[[Mapping[str, Any]], Screen]] = {
    HearingNotice.RECORD: record_screens.heard_record,
}
