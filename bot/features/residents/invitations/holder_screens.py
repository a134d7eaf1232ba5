"""Those who hold roles, and what will happen when one is taken away."""

from collections.abc import Collection

from bot.domain.places import Name
from bot.domain.roles import Role
from bot.domain.text import shortened
from bot.features.hearings.officer_home.callbacks import OpenOfficeOf
from bot.features.problems.desk.callbacks import OpenDeskOf
from bot.features.residents.invitations import holder_texts as texts
from bot.features.residents.invitations.callbacks import AskToWithdraw, ListHolders, WithdrawRole
from bot.features.residents.invitations.holder_queries import HolderPage, RoleHolder
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.paging import pager
from bot.telegram.role_texts import workplace
from bot.telegram.screen import ROOM, Row, Screen, button, stacked


def holders(found: HolderPage, viewed_as: Collection[Role]) -> Screen:
    """`viewed_as` are the roles by which it is looked at: they say where "back" leads."""
    here = found.municipality_id
    withdrawing = [
        button(shortened(texts.withdraw(each), ROOM[1]), AskToWithdraw(grant_id=each.grant_id))
        for each in found.holders
        if found.may_withdraw(each)
    ]
    turn = pager(found.page, lambda page: ListHolders(municipality_id=here, page=page))
    ways: list[Row] = []
    if Role.FACILITATOR in viewed_as:
        ways.append([button(workplace(Role.FACILITATOR), OpenDeskOf(municipality_id=here))])
    if Role.OFFICER in viewed_as:
        ways.append([button(workplace(Role.OFFICER), OpenOfficeOf(municipality_id=here))])
    return Screen(texts.holders(found), [*stacked(withdrawing), turn, *ways, [home_button()]])


def about_to_withdraw(holder: RoleHolder) -> Screen:
    back = ListHolders(municipality_id=holder.municipality_id, page=0)
    return Screen(
        texts.about_to_withdraw(holder),
        [
            [button(texts.yes_withdraw(), WithdrawRole(grant_id=holder.grant_id))],
            [button(common.back(), back), home_button()],
        ],
    )


def heard_withdrawn(role: Role, municipality: Name) -> Screen:
    return Screen(texts.heard_withdrawn(role, municipality), [[home_button()]])
