"""Hearings as residents meet them: read a notice, say whether one comes, find the place."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.session import Database
from bot.domain.attendance import Standing, standing
from bot.domain.hearing import HearingStatus
from bot.domain.refusals import Gone
from bot.domain.roles import Resident
from bot.features.hearings.hearing_queries import list_documents
from bot.features.hearings.notices import queries, screens, texts
from bot.features.hearings.notices.calendar_file import FILE_NAME, calendar_file
from bot.features.hearings.notices.callbacks import (
    AddToCalendar,
    AnswerHearing,
    ListHearings,
    MarkRead,
    OpenHearing,
    ShowDocuments,
    ShowOnMap,
)
from bot.features.hearings.notices.queries import HearingView
from bot.features.hearings.notices.sending import send_document, send_place
from bot.i18n import named
from bot.telegram.act import Act
from bot.telegram.files import send_files
from bot.telegram.screen import Event, acknowledge, show

router = Router(name="hearings")


@router.message(Command("hearings"))
@router.callback_query(ListHearings.filter())
async def list_hearings(
    event: Event,
    database: Database,
    resident: Resident,
    now: datetime,
    callback_data: ListHearings | None = None,
) -> None:
    async with database.read() as db:
        told = await queries.list_told(db, resident.municipality_id or 0, now)
    await show(event, screens.hearings(told, callback_data.page if callback_data else 0, now))


@router.callback_query(OpenHearing.filter())
async def open_hearing(
    tap: CallbackQuery, callback_data: OpenHearing, database: Database, resident: Resident, now: datetime
) -> None:
    async with database.read() as db:
        view = await told_hearing(db, callback_data.hearing_id, resident)
    await show(tap, screens.card(view, now))


@router.callback_query(MarkRead.filter())
async def mark_read(tap: CallbackQuery, callback_data: MarkRead, act: Act, resident: Resident) -> None:
    now = act.now
    async with act() as db:
        view = await told_hearing(db, callback_data.hearing_id, resident)
        found = _standing(view, callback_data.starts, now)
        # Also afterwards: whoever reads late has read it.
        if found in {Standing.OPEN, Standing.OVER}:
            found = Standing.OPEN
            await queries.save_read(db, view.hearing.id, resident.id, now)
            view = await told_hearing(db, view.hearing.id, resident)
    toast = texts.read_toast() if found is Standing.OPEN else texts.standing_toast(found)
    await show(tap, screens.card(view, now), toast=toast)


@router.callback_query(AnswerHearing.filter())
async def answer_hearing(
    tap: CallbackQuery, callback_data: AnswerHearing, act: Act, resident: Resident
) -> None:
    now, coming = act.now, callback_data.coming
    async with act() as db:
        view = await told_hearing(db, callback_data.hearing_id, resident)
        found = _standing(view, callback_data.starts, now)
        if found is Standing.OPEN:
            await queries.save_coming(db, view.hearing.id, resident.id, act.now, coming=coming)
            view = await told_hearing(db, view.hearing.id, resident)
    is_taken = found is Standing.OPEN
    toast = texts.coming_toast(is_coming=coming) if is_taken else texts.standing_toast(found)
    await show(tap, screens.card(view, now), toast=toast)


@router.callback_query(AddToCalendar.filter())
async def add_to_calendar(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: AddToCalendar,
    database: Database,
    resident: Resident,
    now: datetime,
) -> None:
    async with database.read() as db:
        hearing = (await told_hearing(db, callback_data.hearing_id, resident)).hearing
        hours = await queries.find_reminder_hours(db, hearing.municipality_id)
    await acknowledge(tap)
    is_cancelled = hearing.status is HearingStatus.CANCELLED
    caption = texts.calendar_of_cancelled() if is_cancelled else texts.calendar_caption()
    files = {FILE_NAME: calendar_file(hearing, hours, now)}
    await send_files(bot, tap.from_user.id, files, caption)


@router.callback_query(ShowOnMap.filter())
async def show_on_map(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: ShowOnMap,
    database: Database,
    resident: Resident,
    now: datetime,
) -> None:
    async with database.read() as db:
        view = await told_hearing(db, callback_data.hearing_id, resident)
    hearing = view.hearing
    if hearing.latitude is None or hearing.longitude is None:
        await show(tap, screens.card(view, now), toast=texts.no_pin())
        return
    await acknowledge(tap)
    place = (hearing.latitude, hearing.longitude)
    await send_place(bot, tap.from_user.id, place, hearing.place or "", named(hearing.municipality))


@router.callback_query(ShowDocuments.filter())
async def show_documents(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: ShowDocuments,
    database: Database,
    resident: Resident,
    now: datetime,
) -> None:
    async with database.read() as db:
        view = await told_hearing(db, callback_data.hearing_id, resident)
        documents = await list_documents(db, view.hearing.id)
    if not documents:
        await show(tap, screens.card(view, now), toast=texts.no_documents())
        return
    await acknowledge(tap)
    for document in documents:
        await send_document(bot, tap.from_user.id, document)


async def told_hearing(db: AsyncConnection, hearing_id: int, resident: Resident) -> HearingView:
    """Anybody may read a hearing once it was announced; nobody sees the draft of one."""
    view = await queries.find_view(db, hearing_id, resident)
    if view is None:
        raise Gone
    return view


def _standing(view: HearingView, told_for: int, now: datetime) -> Standing:
    starts_at = view.hearing.announcement.starts_at
    return standing(view.hearing.status, starts_at, now, is_own=view.is_own, told_for=told_for)
