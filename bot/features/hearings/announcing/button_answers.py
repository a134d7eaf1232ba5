"""Announcing a hearing by buttons: one question a screen."""

from datetime import date, datetime, time, timedelta

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.session import Database
from bot.domain.clock import BISHKEK, local_day, moment
from bot.domain.hearing import FARTHEST_DAYS
from bot.domain.hearing_draft import Step
from bot.domain.refusals import DayIsPast, DayTooFar, Gone
from bot.domain.roles import Resident
from bot.features.hearings.announcing import queries, screens
from bot.features.hearings.announcing.callbacks import (
    DropDocuments,
    InviteAll,
    InviteVillage,
    ListInvited,
    SetHearingDay,
    SetHearingKind,
    SetHearingTime,
    SkipLine,
    TurnMonth,
    UseLast,
)
from bot.features.hearings.announcing.steps import (
    draft_of_officer,
    go_on,
    lock_draft,
    month_from_code,
    question_screen,
    save_asked,
)
from bot.features.hearings.hearing_queries import HearingCard
from bot.telegram.act import Act
from bot.telegram.screen import show

router = Router(name="answering")
# Until the time is asked, a day stands at this hour.
USUAL_TIME = time(10)


@router.callback_query(SkipLine.filter())
async def skip_line(
    tap: CallbackQuery, callback_data: SkipLine, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        draft = await lock_draft(db, resident, callback_data.hearing_id)
        await go_on(db, resident, draft, callback_data.step)
    await show(tap, await question_screen(database, resident, draft.id, now=act.now))


@router.callback_query(SetHearingKind.filter())
async def set_kind(
    tap: CallbackQuery, callback_data: SetHearingKind, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        draft = await lock_draft(db, resident, callback_data.hearing_id)
        await go_on(db, resident, draft, Step.KIND, kind=callback_data.kind)
    await show(tap, await question_screen(database, resident, draft.id, now=act.now))


@router.callback_query(TurnMonth.filter())
async def turn_month(
    tap: CallbackQuery, callback_data: TurnMonth, database: Database, resident: Resident, now: datetime
) -> None:
    async with database.read() as db:
        draft = await draft_of_officer(db, resident, callback_data.hearing_id)
    await show(tap, screens.ask_day(draft, month_from_code(callback_data.month, now), local_day(now)))


@router.callback_query(SetHearingDay.filter())
async def set_day(
    tap: CallbackQuery, callback_data: SetHearingDay, act: Act, database: Database, resident: Resident
) -> None:
    try:
        day = datetime.strptime(str(callback_data.day), "%Y%m%d").replace(tzinfo=BISHKEK).date()
    except ValueError:
        raise Gone from None
    async with act() as db:
        draft = await lock_draft(db, resident, callback_data.hearing_id)
        await go_on(db, resident, draft, Step.DAY, starts_at=on_day(draft, day, act.now))
        shown = await save_time_asked(db, resident, draft)
    await show(tap, await question_screen(database, resident, draft.id, shown, now=act.now))


@router.callback_query(SetHearingTime.filter())
async def set_time(
    tap: CallbackQuery, callback_data: SetHearingTime, act: Act, database: Database, resident: Resident
) -> None:
    hour, minute = divmod(callback_data.at, 60)
    if not 0 <= hour < 24:
        raise Gone
    async with act() as db:
        draft = await lock_draft(db, resident, callback_data.hearing_id)
        await go_on(db, resident, draft, Step.TIME, starts_at=at_time(draft, time(hour, minute), act.now))
    await show(tap, await question_screen(database, resident, draft.id, now=act.now))


@router.callback_query(UseLast.filter())
async def use_last(
    tap: CallbackQuery, callback_data: UseLast, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        draft = await lock_draft(db, resident, callback_data.hearing_id)
        last = await queries.find_last(db, draft.municipality_id)
        if callback_data.step is Step.PLACE and last.place:
            await go_on(db, resident, draft, Step.PLACE, place=last.place)
        elif callback_data.step is Step.ORGANISER and last.organiser:
            await go_on(db, resident, draft, Step.ORGANISER, organiser=last.organiser, phone=last.phone)
        else:
            raise Gone
    await show(tap, await question_screen(database, resident, draft.id, now=act.now))


@router.callback_query(DropDocuments.filter())
async def drop_documents(
    tap: CallbackQuery, callback_data: DropDocuments, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        draft = await lock_draft(db, resident, callback_data.hearing_id)
        await queries.save_no_documents(db, draft.id)
    await show(tap, await question_screen(database, resident, draft.id, Step.DOCUMENTS, now=act.now))


@router.callback_query(ListInvited.filter())
async def list_invited(
    tap: CallbackQuery, callback_data: ListInvited, database: Database, resident: Resident, now: datetime
) -> None:
    screen = await question_screen(
        database, resident, callback_data.hearing_id, Step.WHOM, callback_data.page, now=now
    )
    await show(tap, screen)


@router.callback_query(InviteVillage.filter())
async def invite_village(
    tap: CallbackQuery, callback_data: InviteVillage, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        draft = await lock_draft(db, resident, callback_data.hearing_id)
        if not await queries.find_village(db, draft.municipality_id, callback_data.village_id):
            raise Gone
        await queries.save_invited(db, draft.id, callback_data.village_id, on=callback_data.on)
    await show(
        tap, await question_screen(database, resident, draft.id, Step.WHOM, callback_data.page, now=act.now)
    )


@router.callback_query(InviteAll.filter())
async def invite_all(
    tap: CallbackQuery, callback_data: InviteAll, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        draft = await lock_draft(db, resident, callback_data.hearing_id)
        await queries.save_all_invited(db, draft.id)
    await show(tap, await question_screen(database, resident, draft.id, Step.WHOM, now=act.now))


async def save_time_asked(db: AsyncConnection, resident: Resident, draft: HearingCard) -> Step | None:
    """A day chosen anew from the preview asks for the time, too."""
    if draft.step != Step.PREVIEW:
        return None
    await save_asked(db, resident, draft.id, Step.TIME)
    return Step.TIME


def require_in_reach(day: date, now: datetime) -> None:
    """Refuses days that have passed or are too far."""
    today = local_day(now)
    if day < today:
        raise DayIsPast
    if day > today + timedelta(days=FARTHEST_DAYS):
        raise DayTooFar(FARTHEST_DAYS)


def on_day(draft: HearingCard, day: date, now: datetime) -> datetime:
    """The chosen day at the time chosen before."""
    require_in_reach(day, now)
    at = draft.starts_at.astimezone(BISHKEK).time() if draft.starts_at else USUAL_TIME
    return moment(day, at)


def at_time(draft: HearingCard, at: time, now: datetime) -> datetime:
    """The chosen time on the day chosen before; refuses a moment that has passed."""
    if draft.starts_at is None:
        raise Gone
    return to_come(draft.starts_at.astimezone(BISHKEK).date(), at, now)


def to_come(day: date, at: time, now: datetime) -> datetime:
    """Refuses a moment that has passed."""
    starts_at = moment(day, at)
    if starts_at <= now:
        raise DayIsPast
    return starts_at
