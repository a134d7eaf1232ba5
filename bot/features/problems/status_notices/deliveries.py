"""The word back in its recipient's language."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.features.problems.status_notice_queries import (
    WORD,
    WORDS,
)
from bot.features.problems.status_notices import screens
from bot.telegram.screen import Screen

RENDERERS: dict[str, Callable[[Mapping[str, Any]], Screen]] = {
    WORD: screens.heard,
    WORDS: screens.heard_many,
}
