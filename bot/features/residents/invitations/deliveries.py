"""What those who held a role are told."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.places import Name
from bot.domain.roles import Role
from bot.features.residents.invitations import holder_screens as screens
from bot.telegram.screen import Screen

WITHDRAWN = "role.withdrawn"


def withdrawn(facts: Mapping[str, Any]) -> Screen:
    return screens.heard_withdrawn(Role(facts["role"]), Name(facts["ky"], facts["ru"]))


RENDERERS: dict[str, Callable[[Mapping[str, Any]], Screen]] = {WITHDRAWN: withdrawn}
