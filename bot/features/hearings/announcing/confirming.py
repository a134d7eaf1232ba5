"""Announcing, changing and calling off: what is stored, and who is told, in one transaction."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import save_awaiting, save_journal
from bot.domain.hearing import HearingStatus
from bot.domain.problem import LONGEST_REASON
from bot.domain.refusals import (
    AnnouncementIncomplete,
    DayIsPast,
    Gone,
    HearingIsOver,
    NothingChanged,
    WordsExpected,
)
from bot.domain.roles import Resident
from bot.domain.text import checked_text
from bot.features.hearings.announcing import preview_screens as screens, queries, telling
from bot.features.hearings.announcing.callbacks import (
    AnnounceHearing,
    AskToCancelHearing,
    CancelHearing,
    ConfirmChanges,
    SkipReason,
)
from bot.features.hearings.announcing.lacking import lacking_lines
from bot.features.hearings.announcing.states import CANCEL_REASON
from bot.features.hearings.announcing.steps import (
    changeable,
    changes_of,
    hearing_of_officer,
    lock_draft,
    lock_hearing_of_officer,
)
from bot.features.hearings.hearing_queries import HearingCard
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="confirming")
SHORTEST_REASON = 3


@router.callback_query(AnnounceHearing.filter())
async def announce_hearing(
    tap: CallbackQuery, callback_data: AnnounceHearing, act: Act, resident: Resident
) -> None:
    """Announce; the same press again shows the same screen and tells nobody."""
    async with act() as db:
        draft = await lock_hearing_of_officer(db, resident, callback_data.hearing_id)
        if draft.revises_id is not None:
            raise Gone
        if draft.status is HearingStatus.CANCELLED:
            raise HearingIsOver
        if draft.status is HearingStatus.DRAFT:
            _require_complete(draft, act.now)
            await queries.save_announced(db, draft.id, act.now)
            await telling.announce(db, draft, resident)
            await save_awaiting(db, resident.id, None)
            await save_journal(db, "hearing.announced", by=resident.id, of=draft)
        people = await queries.count_invited(db, draft)
    await show(tap, screens.announced(draft.id, people))


def _require_complete(draft: HearingCard, now: datetime) -> None:
    if lacking_lines(draft) or draft.starts_at is None:
        raise AnnouncementIncomplete
    if draft.starts_at <= now:
        raise DayIsPast


@router.callback_query(ConfirmChanges.filter())
async def confirm_changes(
    tap: CallbackQuery, callback_data: ConfirmChanges, act: Act, resident: Resident
) -> None:
    """Take the changes over; the same press again finds none waiting any more."""
    async with act() as db:
        hearing = await lock_hearing_of_officer(db, resident, callback_data.hearing_id)
        draft_id = await queries.find_revision(db, hearing.id)
        screen = screens.no_changes_wait(hearing.id)
        if draft_id is not None:
            hearing = await changeable(db, resident, hearing.id, act.now)
            draft = await lock_draft(db, resident, draft_id)
            screen = await _change(db, hearing, draft, resident, act.now, tell=callback_data.tell)
    await show(tap, screen)


async def _change(
    db: AsyncConnection,
    hearing: HearingCard,
    draft: HearingCard,
    resident: Resident,
    now: datetime,
    *,
    tell: bool,
) -> Screen:
    """Store the changes and tell of them those whom they concern."""
    _require_complete(draft, now)
    changed = await changes_of(db, draft)
    if not changed.fields:
        raise NothingChanged
    told = changed.must_be_told or (tell and changed.may_be_told)
    await queries.save_revised(db, hearing.id, draft.id, told=told)
    if "starts_at" in changed.fields:
        # Whether somebody comes was said of the old time.
        await queries.save_asked_again(db, hearing.id)
    revised = await hearing_of_officer(db, resident, hearing.id)
    await telling.change(db, hearing, revised, changed, resident, told=told)
    await save_awaiting(db, resident.id, None)
    await save_journal(db, "hearing.changed", by=resident.id, of=hearing, changed=changed.fields, told=told)
    return screens.changed(hearing.id, changed, told=told)


@router.callback_query(AskToCancelHearing.filter())
async def ask_to_cancel(
    tap: CallbackQuery, callback_data: AskToCancelHearing, act: Act, resident: Resident
) -> None:
    async with act() as db:
        hearing = await changeable(db, resident, callback_data.hearing_id, act.now)
        await save_awaiting(db, resident.id, CANCEL_REASON, hearing.id)
    await show(tap, screens.why_cancel(hearing.announcement))


@router.callback_query(SkipReason.filter())
async def skip_reason(tap: CallbackQuery, callback_data: SkipReason, act: Act, resident: Resident) -> None:
    async with act() as db:
        screen = await _ask_again(db, resident, callback_data.hearing_id, None, act.now)
    await show(tap, screen)


async def _why_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        hearing = await changeable(db, asking.resident, asking.about, asking.now)
    return screens.why_cancel(hearing.announcement)


PROMPTS: Prompts = {CANCEL_REASON: _why_again}


@router.message(Awaits(CANCEL_REASON))
async def give_reason(message: Message, about: int, act: Act, resident: Resident) -> None:
    if not message.text:
        raise WordsExpected
    reason = checked_text(message.text, SHORTEST_REASON, LONGEST_REASON)
    async with act() as db:
        screen = await _ask_again(db, resident, about, reason, act.now)
    await show(message, screen)


async def _ask_again(
    db: AsyncConnection, resident: Resident, hearing_id: int, reason: str | None, now: datetime
) -> Screen:
    """Keep the reason, and ask whether the officer is sure."""
    await queries.save_hearing_lock(db, hearing_id)
    hearing = await changeable(db, resident, hearing_id, now)
    await queries.save_reason(db, hearing.id, reason)
    await save_awaiting(db, resident.id, None)
    return screens.sure_to_cancel(hearing.announcement, reason, await queries.count_told(db, hearing.id))


@router.callback_query(CancelHearing.filter())
async def cancel_hearing(
    tap: CallbackQuery, callback_data: CancelHearing, act: Act, resident: Resident
) -> None:
    """Call off and tell; the same press again shows the same screen and tells nobody."""
    async with act() as db:
        hearing = await lock_hearing_of_officer(db, resident, callback_data.hearing_id)
        if hearing.status is not HearingStatus.CANCELLED:
            hearing = await changeable(db, resident, hearing.id, act.now)
            await queries.save_cancelled(db, hearing.id, act.now)
            draft_id = await queries.find_revision(db, hearing.id)
            if draft_id is not None:
                await queries.save_discarded(db, draft_id)
            await telling.cancel(db, hearing, resident)
            await save_awaiting(db, resident.id, None)
            await save_journal(db, "hearing.cancelled", by=resident.id, of=hearing)
    await show(tap, screens.cancelled(hearing.id))
