"""What authors and facilitators are told without asking."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.features.problems.author_questions import screens
from bot.features.problems.author_questions.telling import ANSWERED, ASKED
from bot.telegram.screen import Screen

RENDERERS: dict[str, Callable[[Mapping[str, Any]], Screen]] = {
    ASKED: screens.heard_asked,
    ANSWERED: screens.heard_answered,
}
