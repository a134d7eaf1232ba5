"""The record: written down by an officer after the hearing has begun, sent once, read by everybody."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import save_awaiting, save_journal
from bot.db.session import Database
from bot.domain.question import checked_presence
from bot.domain.refusals import FileExpected, Gone, PresenceMissing
from bot.domain.roles import Resident
from bot.domain.visible import visible
from bot.features.hearings import hearing_queries
from bot.features.hearings.minutes import (
    queries,
    screens,
    texts,
)
from bot.features.hearings.minutes.callbacks import (
    AskMinutes,
    AskPresentMen,
    AskPresentWomen,
    AskToSendRecord,
    EditRecord,
    SendRecord,
    ShowMinutes,
    ShowRecord,
    TellRecordCorrection,
)
from bot.features.hearings.minutes.queries import (
    Minutes,
    Record,
)
from bot.features.hearings.minutes.states import MINUTES, PRESENT_MEN, PRESENT_WOMEN
from bot.features.hearings.minutes.telling import tell_followers
from bot.features.hearings.questions.access import readable, recordable
from bot.i18n import current_language
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.files import send_stored
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, acknowledge, show

router = Router(name="record")


@router.callback_query(EditRecord.filter())
async def edit_record(tap: CallbackQuery, callback_data: EditRecord, act: Act, resident: Resident) -> None:
    """Also the way back from a number or the minutes, which are awaited no longer."""
    async with act() as db:
        record = await _edited(db, resident, callback_data.hearing_id, act.now)
        if resident.awaiting in (PRESENT_WOMEN, PRESENT_MEN, MINUTES):
            await save_awaiting(db, resident.id, None)
    await show(tap, screens.editing(record))


@router.callback_query(AskPresentWomen.filter())
async def ask_present_women(
    tap: CallbackQuery, callback_data: AskPresentWomen, act: Act, resident: Resident
) -> None:
    await _await(act, resident, callback_data.hearing_id, PRESENT_WOMEN)
    await show(tap, screens.how_many_women(callback_data.hearing_id))


@router.callback_query(AskPresentMen.filter())
async def ask_present_men(
    tap: CallbackQuery, callback_data: AskPresentMen, act: Act, resident: Resident
) -> None:
    await _await(act, resident, callback_data.hearing_id, PRESENT_MEN)
    await show(tap, screens.how_many_men(callback_data.hearing_id))


@router.callback_query(AskMinutes.filter())
async def ask_minutes(tap: CallbackQuery, callback_data: AskMinutes, act: Act, resident: Resident) -> None:
    await _await(act, resident, callback_data.hearing_id, MINUTES)
    await show(tap, screens.send_minutes(callback_data.hearing_id))


async def _ask_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        hearing = await recordable(db, asking.resident, asking.about, asking.now)
    asks = {PRESENT_WOMEN: screens.how_many_women, PRESENT_MEN: screens.how_many_men}
    return asks.get(asking.awaiting, screens.send_minutes)(hearing.id)


PROMPTS: Prompts = dict.fromkeys((PRESENT_WOMEN, PRESENT_MEN, MINUTES), _ask_again)


@router.message(Awaits(PRESENT_WOMEN), F.text)
async def take_women(message: Message, about: int, act: Act, resident: Resident) -> None:
    count = checked_presence(message.text or "")
    async with act() as db:
        record = await _change(db, resident, about, act.now, present_women=count)
        # Whoever begins with the women is asked for the men next.
        await save_awaiting(db, resident.id, PRESENT_MEN if record.men is None else None, about)
    await show(
        message,
        screens.how_many_men(record.hearing.id) if record.men is None else screens.editing(record),
    )


@router.message(Awaits(PRESENT_MEN), F.text)
async def take_men(message: Message, about: int, act: Act, resident: Resident) -> None:
    count = checked_presence(message.text or "")
    async with act() as db:
        record = await _change(db, resident, about, act.now, present_men=count)
        await save_awaiting(db, resident.id, None)
    await show(message, screens.editing(record))


@router.message(Awaits(MINUTES), F.document | F.photo)
async def take_minutes(message: Message, about: int, act: Act, resident: Resident) -> None:
    minutes = _minutes_of(message)
    async with act() as db:
        record = await _change(
            db,
            resident,
            about,
            act.now,
            minutes_file_id=minutes.file_id,
            minutes_is_photo=minutes.is_photo,
            minutes_name=minutes.name,
        )
        await save_awaiting(db, resident.id, None)
    await show(message, screens.editing(record))


@router.message(Awaits(MINUTES))
async def want_file(_message: Message) -> None:
    raise FileExpected


@router.callback_query(AskToSendRecord.filter())
async def ask_to_send(
    tap: CallbackQuery, callback_data: AskToSendRecord, database: Database, resident: Resident, now: datetime
) -> None:
    async with database.read() as db:
        record = await _edited(db, resident, callback_data.hearing_id, now)
        followers = await queries.count_followers(db, record.hearing.id)
    await show(tap, _complete_or_sent(record) or screens.sure_to_send(record, followers))


def _complete_or_sent(record: Record) -> Screen | None:
    """What was sent before is only shown; what lacks its numbers is refused."""
    if record.hearing.recorded_at:
        return screens.editing(record)
    if record.present is None:
        raise PresenceMissing
    return None


@router.callback_query(SendRecord.filter())
async def send_record(tap: CallbackQuery, callback_data: SendRecord, act: Act, resident: Resident) -> None:
    async with act() as db:
        await hearing_queries.lock_hearing(db, callback_data.hearing_id)
        record = await _edited(db, resident, callback_data.hearing_id, act.now)
        if _complete_or_sent(record) is None and await queries.save_recorded(db, record.hearing.id, act.now):
            await _journal(db, "record.sent", resident, record)
            await tell_followers(db, record, resident.id, f"hearing:{record.hearing.id}:record")
            record = await _edited(db, resident, record.hearing.id, act.now)
    await show(tap, screens.editing(record))


@router.callback_query(TellRecordCorrection.filter())
async def tell_correction(
    tap: CallbackQuery, callback_data: TellRecordCorrection, act: Act, resident: Resident
) -> None:
    async with act() as db:
        record = await _edited(db, resident, callback_data.hearing_id, act.now)
        corrected = record.corrected_at
        if corrected is None or int(corrected.timestamp()) != callback_data.at:
            raise Gone
        notice = queries.corrected_notice(record.hearing.id, corrected)
        if await tell_followers(db, record, resident.id, notice):
            await _journal(db, "record.told", resident, record)
        record = await _edited(db, resident, record.hearing.id, act.now)
    await show(tap, screens.editing(record), toast=texts.told_toast())


@router.callback_query(ShowRecord.filter())
async def show_record(
    tap: CallbackQuery, callback_data: ShowRecord, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        hearing = await readable(db, resident, callback_data.hearing_id)
        record = await queries.find_record(db, hearing.id)
    if record is None or hearing.recorded_at is None:
        await show(tap, screens.no_record_yet(hearing))
    else:
        await show(tap, screens.public_record(record))


@router.callback_query(ShowMinutes.filter())
async def show_minutes(
    tap: CallbackQuery, bot: Bot, callback_data: ShowMinutes, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        hearing = await readable(db, resident, callback_data.hearing_id)
        record = await queries.find_record(db, hearing.id)
    if record is None or hearing.recorded_at is None or record.minutes is None:
        raise Gone
    await acknowledge(tap)
    caption = texts.minutes_caption(hearing.topic.read_in(current_language()))
    minutes = record.minutes
    await send_stored(bot, tap.from_user.id, minutes.file_id, caption, is_photo=minutes.is_photo)


def _minutes_of(message: Message) -> Minutes:
    if message.document:
        return Minutes(message.document.file_id, False, visible(message.document.file_name or "") or None)
    if message.photo:
        return Minutes(message.photo[-1].file_id, True)
    raise FileExpected


async def _await(act: Act, resident: Resident, hearing_id: int, awaited: str) -> None:
    async with act() as db:
        await recordable(db, resident, hearing_id, act.now)
        await save_awaiting(db, resident.id, awaited, hearing_id)


async def _change(
    db: AsyncConnection, resident: Resident, hearing_id: int, now: datetime, **values: object
) -> Record:
    """Write something into the record; the same again changes nothing."""
    hearing = await recordable(db, resident, hearing_id, now)
    await hearing_queries.lock_hearing(db, hearing.id)
    changed = await queries.save_record(db, hearing.id, now, **values)
    record = await _edited(db, resident, hearing.id, now)
    if changed:
        await _journal(db, "record.changed", resident, record)
    return record


async def _edited(db: AsyncConnection, resident: Resident, hearing_id: int, now: datetime) -> Record:
    hearing = await recordable(db, resident, hearing_id, now)
    record = await queries.find_record(db, hearing.id)
    if record is None:
        raise Gone
    return record


async def _journal(db: AsyncConnection, act: str, resident: Resident, record: Record) -> None:
    await save_journal(db, act, by=resident.id, of=record.hearing, women=record.women, men=record.men)
