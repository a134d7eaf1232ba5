"""The bot's own words as a person reads them, so that a better wording breaks no test."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from bot.i18n import speaking
from bot.sandbox.markup import parse_html


def worded(language: str, words: Callable[..., str], *given: Any, **named: Any) -> str:
    """What `words` says in that language, without its markup."""
    with speaking(language):
        said = words(*given, **named)
    return parse_html(str(said))[0] if isinstance(said, Markup) else said
