"""The monthly round: one measure a screen, a tap for each, and what else there is to say."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.data import plan_words
from bot.db.queries import save_awaiting
from bot.db.session import Database
from bot.domain.cell_words import read_som
from bot.domain.clock import local_day
from bot.domain.plan import LONGEST_NOTE
from bot.domain.problem import MediaKind
from bot.domain.refusals import PhotoAsFile
from bot.domain.roles import PLANNERS, Resident, allowed
from bot.domain.text import checked_text
from bot.features.plan.plan_queries import ItemCard, find_current
from bot.features.plan.progress import queries, screens, texts
from bot.features.plan.progress.callbacks import AddToReport, AskProgress, OpenProgress, SayProgress
from bot.features.plan.progress.queries import Said
from bot.features.plan.progress.states import REPORT
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.media import media_of
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="progress")
SHORTEST_NOTE = 3


async def _answered_for(
    db: AsyncConnection, resident: Resident, measure_id: int, *, lock: bool = False
) -> ItemCard:
    """A measure of a municipality whose plan this person keeps."""
    return allowed(resident, await queries.find_card(db, measure_id, lock=lock), *PLANNERS)


@router.callback_query(AskProgress.filter())
async def ask_progress(
    tap: CallbackQuery, callback_data: AskProgress, act: Act, database: Database, resident: Resident
) -> None:
    resident.require_one_of(PLANNERS, callback_data.municipality_id)
    if resident.awaiting == REPORT:
        async with act() as db:
            await save_awaiting(db, resident.id, None)
    async with database.read() as db:
        screen = await _next(db, callback_data.municipality_id, callback_data.after, now=act.now)
    await show(tap, screen)


async def _next(
    db: AsyncConnection, municipality_id: int, after: int, before: ItemCard | None = None, *, now: datetime
) -> Screen:
    current = await find_current(db, municipality_id)
    if current is None:
        return screens.no_plan(municipality_id)
    found = await queries.find_asked(db, current.id, after, now)
    if found is None:
        return screens.all_asked(municipality_id, before)
    return screens.asked(found, before, local_day(now))


@router.callback_query(OpenProgress.filter())
async def open_progress(
    tap: CallbackQuery, callback_data: OpenProgress, database: Database, resident: Resident, now: datetime
) -> None:
    async with database.read() as db:
        card = await _answered_for(db, resident, callback_data.measure_id)
    await show(tap, screens.one(card, local_day(now)))


@router.callback_query(SayProgress.filter())
async def say_progress(
    tap: CallbackQuery, callback_data: SayProgress, act: Act, resident: Resident, settings: Settings
) -> None:
    """The same press again adds nothing; the round goes on either way."""
    status = callback_data.status
    async with act() as db:
        card = await _answered_for(db, resident, callback_data.measure_id, lock=True)
        most = settings.words_back_per_day
        await queries.save_status(db, card, status, act.now, by=resident.id, most_a_day=most)
        if resident.awaiting == REPORT:
            await save_awaiting(db, resident.id, None)
        screen = await _next(db, card.version.municipality_id, card.measure.number, card, now=act.now)
    await show(tap, screen, toast=texts.saved_toast(card, status))


@router.callback_query(AddToReport.filter())
async def add_to_report(tap: CallbackQuery, callback_data: AddToReport, act: Act, resident: Resident) -> None:
    async with act() as db:
        card = await _answered_for(db, resident, callback_data.measure_id)
        await save_awaiting(db, resident.id, REPORT, callback_data.measure_id)
    await show(tap, screens.ask_more(card))


async def _more_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        return screens.ask_more(await _answered_for(db, asking.resident, asking.about))


PROMPTS: Prompts = {REPORT: _more_again}


@router.message(Awaits(REPORT))
async def take_report(message: Message, about: int, act: Act, resident: Resident) -> None:
    """More may follow until another button is pressed."""
    heard = parse_report(message, with_money=True)
    async with act() as db:
        card = await _answered_for(db, resident, about, lock=True)
        await queries.save_said(db, card, heard, resident.id, act.now)
        card = await _answered_for(db, resident, about)
    await show(message, screens.said(card))


def parse_report(message: Message, *, with_money: bool) -> Said:
    """A photo with or without words, words, or a bare sum of money."""
    media = media_of(message)
    photo = media.file_id if media and media.kind is MediaKind.PHOTO else None
    typed = (message.text or message.caption or "").strip()
    if message.document and not photo:
        raise PhotoAsFile
    if with_money and not photo and typed.replace(" ", "").replace("\N{NO-BREAK SPACE}", "").isdecimal():
        words = plan_words()
        spent = read_som(typed, words.thousands, words.millions)
        if spent is not None:
            return Said(spent=spent)
    words_ = checked_text(typed, SHORTEST_NOTE, LONGEST_NOTE) if typed or not photo else None
    return Said(words_, photo)
