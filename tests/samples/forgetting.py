"""Samples of being forgotten."""

from functools import partial

from bot.domain.roles import Role
from bot.features.residents.erasure import screens
from bot.features.residents.erasure.queries import Traces
from bot.telegram.screen import Screen
from tests.samples.data import LONG_NAME, VILLAGE

NOTHING = Traces(0, 0, 0, 0, 0, 0, 0, 0)
ONE = Traces(1, 1, 1, 1, 1, 1, 1, 1, [(Role.FACILITATOR, VILLAGE.name)])
ROLES = [(role, LONG_NAME) for role in Role for _place in range(4)]
MANY = Traces(*(12345,) * 8, roles=ROLES)

FORGETTING: tuple[partial[Screen], ...] = (
    *(partial(screens.what_will_happen, traces) for traces in (NOTHING, ONE, MANY)),
    partial(screens.are_you_sure, 1_790_000_000_000),
    partial(screens.goodbye),
)
