"""Who holds a role, at the desk and in the office; there the head takes a role away."""

from contextlib import suppress

from aiogram import Bot, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import find_resident
from bot.db.session import Database
from bot.domain.refusals import Gone, NotTheHead, OwnRole, RoleOfHead
from bot.domain.roles import PLANNERS, Resident
from bot.features.residents.invitations import (
    holder_queries as queries,
    holder_screens as screens,
    holder_texts as texts,
)
from bot.features.residents.invitations.callbacks import AskToWithdraw, ListHolders, WithdrawRole
from bot.features.residents.invitations.holder_queries import RoleHolder
from bot.features.residents.invitations.withdrawing import withdraw
from bot.telegram.act import Act
from bot.telegram.commands import register_own_commands
from bot.telegram.screen import Screen, show

router = Router(name="role holders")


@router.callback_query(ListHolders.filter())
async def list_holders(
    tap: CallbackQuery, callback_data: ListHolders, database: Database, resident: Resident
) -> None:
    resident.require_one_of(PLANNERS, callback_data.municipality_id)
    await show(tap, await _holders(database, callback_data.municipality_id, resident, callback_data.page))


@router.callback_query(AskToWithdraw.filter())
async def ask_to_withdraw(
    tap: CallbackQuery, callback_data: AskToWithdraw, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        holder = await _withdrawable(db, resident, callback_data.grant_id)
    if holder is None:
        raise Gone
    await show(tap, screens.about_to_withdraw(holder))


@router.callback_query(WithdrawRole.filter())
async def withdraw_role(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: WithdrawRole,
    act: Act,
    database: Database,
    resident: Resident,
) -> None:
    """Pressed again, it finds the role taken away and shows who is left."""
    async with act() as db:
        municipality_id = await _headed(db, resident, callback_data.grant_id)
        holder = await _withdrawable(db, resident, callback_data.grant_id)
        is_done = holder is not None and await withdraw(db, holder, resident.id, act.now)
    screen = await _holders(database, municipality_id, resident, 0)
    await show(tap, screen, toast=texts.withdrawn() if is_done else None)
    if is_done and holder:
        await set_menu_back(bot, database, holder.resident_id)


async def _headed(db: AsyncConnection, resident: Resident, grant_id: int) -> int:
    """The municipality of a grant, if this person is a head there."""
    municipality_id = await queries.find_place(db, grant_id)
    if municipality_id is None:
        raise Gone
    resident.require_one_of(PLANNERS, municipality_id)
    if not await queries.find_whether_head(db, resident.id, municipality_id):
        raise NotTheHead
    return municipality_id


async def _withdrawable(db: AsyncConnection, resident: Resident, grant_id: int) -> RoleHolder | None:
    """The role, if this person may take it away; None when it is held no longer."""
    await _headed(db, resident, grant_id)
    holder = await queries.find_holder(db, grant_id)
    if holder is not None and holder.resident_id == resident.id:
        raise OwnRole
    if holder is not None and holder.is_head:
        raise RoleOfHead
    return holder


async def _holders(database: Database, municipality_id: int, resident: Resident, page: int) -> Screen:
    async with database.read() as db:
        found = await queries.find_page(db, municipality_id, resident.id, page)
    if found is None:
        raise Gone
    return screens.holders(found, [role for role in PLANNERS if resident.holds(role, municipality_id)])


async def set_menu_back(bot: Bot, database: Database, resident_id: int) -> bool:
    """Give a person the menu of the roles they hold now; whether Telegram took it."""
    async with database.read() as db:
        telegram_id = await queries.find_telegram_id(db, resident_id)
        person = await find_resident(db, telegram_id) if telegram_id else None
    if person is None:
        return False
    roles = {grant.role for grant in person.grants}
    # A nicety: if Telegram does not take it now, the next start sets all menus.
    with suppress(TelegramAPIError):
        await register_own_commands(bot, person.telegram_id, person.language, roles)
        return True
    return False
