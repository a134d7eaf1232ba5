"""/learn: five short cards; and the calendar of a municipality."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.data import date_words
from bot.db.queries import save_awaiting
from bot.db.session import Database
from bot.domain.clock import local_day
from bot.domain.dates import Asked, Facing
from bot.domain.planning_calendar import (
    YearStep,
    read_days,
)
from bot.domain.refusals import Gone
from bot.domain.roles import PLANNERS, Resident
from bot.features.plan.guide import queries, screens, texts
from bot.features.plan.guide.callbacks import AskDays, EditCalendar, OpenLesson, ResetDays
from bot.features.plan.guide.states import DAYS
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="learning")


@router.message(Command("learn"))
async def learn(message: Message, database: Database, resident: Resident) -> None:
    async with database.read() as db:
        entries = await queries.list_calendar(db, resident.municipality_id or 0)
    await show(message, screens.lesson(0, entries))


@router.callback_query(OpenLesson.filter())
async def open_lesson(
    tap: CallbackQuery, callback_data: OpenLesson, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        entries = await queries.list_calendar(db, resident.municipality_id or 0)
    await show(tap, screens.lesson(callback_data.card, entries))


@router.callback_query(EditCalendar.filter())
async def edit_calendar(
    tap: CallbackQuery, callback_data: EditCalendar, act: Act, database: Database, resident: Resident
) -> None:
    municipality_id = callback_data.municipality_id
    resident.require_one_of(PLANNERS, municipality_id)
    if resident.is_asked(DAYS):
        async with act() as db:
            await save_awaiting(db, resident.id, None)
    async with database.read() as db:
        entries = await queries.list_calendar(db, municipality_id)
    await show(tap, screens.calendar(municipality_id, entries))


def _step(place: int) -> YearStep:
    if not 0 <= place < len(screens.STEPS):
        raise Gone
    return screens.STEPS[place]


@router.callback_query(AskDays.filter())
async def ask_days(tap: CallbackQuery, callback_data: AskDays, act: Act, resident: Resident) -> None:
    municipality_id = callback_data.municipality_id
    resident.require_one_of(PLANNERS, municipality_id)
    step = _step(callback_data.step)
    async with act() as db:
        entries = await queries.list_calendar(db, municipality_id)
        await save_awaiting(db, resident.id, f"{DAYS}{step}", municipality_id)
    entry = next(each for each in entries if each.step is step)
    await show(tap, screens.ask_days(municipality_id, entry))


async def _ask_again(asking: Asking) -> Screen:
    asking.resident.require_one_of(PLANNERS, asking.about)
    async with asking.database.read() as db:
        entries = await queries.list_calendar(db, asking.about)
    step = asking.part(DAYS, YearStep)
    entry = next(each for each in entries if each.step is step)
    return screens.ask_days(asking.about, entry)


PROMPTS: Prompts = {DAYS: _ask_again}


@router.message(Awaits(DAYS, then=YearStep), F.text)
async def take_days(message: Message, about: int, part: YearStep, act: Act, resident: Resident) -> None:
    asked = Asked(local_day(act.now), Facing.AHEAD, date_words())
    days = read_days(message.text or "", asked)
    async with act() as db:
        resident.require_one_of(PLANNERS, about)
        await queries.save_days(db, about, part, days, resident.id)
        await save_awaiting(db, resident.id, None)
        entries = await queries.list_calendar(db, about)
    await show(message, screens.calendar(about, entries))


@router.callback_query(ResetDays.filter())
async def reset_days(tap: CallbackQuery, callback_data: ResetDays, act: Act, resident: Resident) -> None:
    municipality_id = callback_data.municipality_id
    resident.require_one_of(PLANNERS, municipality_id)
    async with act() as db:
        await queries.reset_days(db, municipality_id, _step(callback_data.step), resident.id)
        await save_awaiting(db, resident.id, None)
        entries = await queries.list_calendar(db, municipality_id)
    await show(tap, screens.calendar(municipality_id, entries), toast=texts.saved_toast())
