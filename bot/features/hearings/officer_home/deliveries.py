"""What officers are told about their groups without asking."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.features.hearings.officer_home import chat_screens as screens
from bot.telegram.screen import Screen

LINKED = "chat.linked"


def linked(facts: Mapping[str, Any]) -> Screen:
    # One that was written by an earlier version does not say which chat it is.
    return screens.heard_linked(facts["title"], facts.get("chat_id"))


RENDERERS: dict[str, Callable[[Mapping[str, Any]], Screen]] = {LINKED: linked}
