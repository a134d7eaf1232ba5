"""What residents are told about a vote without asking."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.features.voting import screens
from bot.telegram.screen import Screen

OPENED = "vote.opened"


def opened_facts(round_id: int, picks: int, closes_at: datetime) -> dict[str, Any]:
    return {"round_id": round_id, "picks": picks, "closes_at": closes_at.isoformat()}


def opened(facts: Mapping[str, Any]) -> Screen:
    return screens.heard_opened(facts["round_id"], facts["picks"], datetime.fromisoformat(facts["closes_at"]))


RENDERERS: dict[str, Callable[[Mapping[str, Any]], Screen]] = {OPENED: opened}
