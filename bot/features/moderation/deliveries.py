"""The word back to an author, in the author's language."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.features.moderation import screens
from bot.telegram.screen import Screen

PUBLISHED = "problem.published"
DECLINED = "problem.declined"

RENDERERS: dict[str, Callable[[Mapping[str, Any]], Screen]] = {
    PUBLISHED: screens.heard_published,
    DECLINED: screens.heard_declined,
}
