"""Those who hold roles, with plain and with extreme data."""

from dataclasses import replace
from functools import partial
from typing import Any

from bot.domain.paging import Page
from bot.domain.roles import PLANNERS, Role
from bot.features.residents.invitations import holder_screens as screens
from bot.features.residents.invitations.deliveries import WITHDRAWN
from bot.features.residents.invitations.holder_queries import HOLDERS_A_PAGE, HolderPage, RoleHolder
from bot.telegram.screen import Screen
from tests.samples.data import FAR, LONG_NAME, NOW, VILLAGE

HOLDER = RoleHolder(3, 3, 3, 9, "jazy", VILLAGE.name, Role.FACILITATOR, NOW, None, is_head=False)
HEAD = replace(HOLDER, resident_id=4, role=Role.OFFICER, last_act=NOW, is_head=True)
FAR_HOLDERS = [
    RoleHolder(FAR, FAR - place, FAR, FAR, "kyzyl-oktyabr", LONG_NAME, role, NOW, NOW, is_head=False)
    for place, role in enumerate((*Role, *Role))
][:HOLDERS_A_PAGE]

HOLDERS: tuple[partial[Screen], ...] = (
    partial(
        screens.holders,
        HolderPage(9, VILLAGE.name, [HOLDER, HEAD], 4, True, Page(2, 0, HOLDERS_A_PAGE)),
        [Role.OFFICER],
    ),
    partial(
        screens.holders,
        HolderPage(9, VILLAGE.name, [HOLDER], 3, False, Page(1, 0, HOLDERS_A_PAGE)),
        [Role.FACILITATOR],
    ),
    partial(
        screens.holders,
        HolderPage(FAR, LONG_NAME, FAR_HOLDERS, 1, True, Page(9999, 88, HOLDERS_A_PAGE)),
        PLANNERS,
    ),
    *(partial(screens.about_to_withdraw, holder) for holder in (HOLDER, HEAD, *FAR_HOLDERS[:3])),
    *(partial(screens.heard_withdrawn, role, LONG_NAME) for role in Role),
)
WITHDRAWN_FACTS: dict[str, list[dict[str, Any]]] = {
    WITHDRAWN: [{"role": role.value, "ky": LONG_NAME.ky, "ru": LONG_NAME.ru} for role in Role],
}
