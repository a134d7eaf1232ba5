"""What a voter is told when the village their vote counts for was put right."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.places import Name
from bot.features.votes.voter_villages import screens
from bot.telegram.screen import Screen

MOVED = "voter.moved"


def moved_facts(village: Name) -> dict[str, Any]:
    return {"ky": village.ky, "ru": village.ru}


def moved(facts: Mapping[str, Any]) -> Screen:
    return screens.moved(Name(facts["ky"], facts["ru"]))


RENDERERS: dict[str, Callable[[Mapping[str, Any]], Screen]] = {MOVED: moved}
