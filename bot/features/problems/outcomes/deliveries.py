"""What the facilitators hear of an author's "no"."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.features.problems.outcomes import screens
from bot.telegram.screen import Screen

REOPENED = "problem.reopened"

RENDERERS: dict[str, Callable[[Mapping[str, Any]], Screen]] = {REOPENED: screens.heard_reopened}
