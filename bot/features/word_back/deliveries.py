"""The word back in its recipient's language."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.db.word_back_queries import WORD, WORDS
from bot.features.word_back import screens
from bot.telegram.screen import Screen

RENDERERS: dict[str, Callable[[Mapping[str, Any]], Screen]] = {
    WORD: screens.heard,
    WORDS: screens.heard_many,
}
