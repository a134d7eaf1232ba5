"""The monitoring group looks on the spot and says whether what is called done is done."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import save_awaiting
from bot.db.session import Database
from bot.domain.plan import MeasureStatus
from bot.domain.refusals import NotAllowed, NotReportedDone
from bot.domain.roles import Resident, Role, allowed
from bot.features.plan.plan_queries import ItemCard, find_current
from bot.features.plan.progress import queries, screens
from bot.features.plan.progress.callbacks import ListUnchecked, OpenCheck, SayCheck
from bot.features.plan.progress.handlers import parse_report
from bot.features.plan.progress.states import CHECK
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="checking")


@router.callback_query(ListUnchecked.filter())
async def list_unchecked(
    tap: CallbackQuery, callback_data: ListUnchecked, act: Act, database: Database, resident: Resident
) -> None:
    own = resident.municipalities_as(Role.MONITOR)
    if not own:
        raise NotAllowed((Role.MONITOR,), callback_data.municipality_id or None)
    municipality_id = callback_data.municipality_id or own[0]
    resident.require(Role.MONITOR, municipality_id)
    if resident.awaiting == CHECK:
        async with act() as db:
            await save_awaiting(db, resident.id, None)
    async with database.read() as db:
        current = await find_current(db, municipality_id)
        version_id = current.id if current else None
        found, page = await queries.list_unchecked(db, version_id, resident.id, callback_data.page)
    await show(tap, screens.unchecked(municipality_id, found, page))


async def _monitored(
    db: AsyncConnection, resident: Resident, measure_id: int, *, lock: bool = False
) -> ItemCard:
    card = allowed(resident, await queries.find_card(db, measure_id, lock=lock), Role.MONITOR)
    if card.status is not MeasureStatus.DONE:
        raise NotReportedDone
    return card


@router.callback_query(OpenCheck.filter())
async def open_check(
    tap: CallbackQuery, callback_data: OpenCheck, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        card = await _monitored(db, resident, callback_data.measure_id)
    await show(tap, screens.check(card))


@router.callback_query(SayCheck.filter())
async def say_check(tap: CallbackQuery, callback_data: SayCheck, act: Act, resident: Resident) -> None:
    async with act() as db:
        card = await _monitored(db, resident, callback_data.measure_id, lock=True)
        await queries.save_check(db, card, resident.id, act.now, agrees=callback_data.agrees)
        await save_awaiting(db, resident.id, CHECK, callback_data.measure_id)
    await show(tap, screens.checked(card, agrees=callback_data.agrees))


async def _check_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        return screens.check(await _monitored(db, asking.resident, asking.about))


PROMPTS: Prompts = {CHECK: _check_again}


@router.message(Awaits(CHECK))
async def take_proof(message: Message, about: int, act: Act, resident: Resident) -> None:
    heard = parse_report(message, with_money=False)
    async with act() as db:
        card = await _monitored(db, resident, about, lock=True)
        await queries.save_proof(db, card, heard, resident.id)
        await save_awaiting(db, resident.id, None)
    await show(message, screens.proven(card))
