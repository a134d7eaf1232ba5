"""Declining several waiting reports at once: marked page by page, one reason, one act, all or nothing."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import Subject, save_journal
from bot.db.session import Database
from bot.domain.problem import DeclineReason, ProblemStatus, Word
from bot.domain.refusals import MarksChanged, NothingMarked, TooManyMarked
from bot.domain.roles import Resident, Role
from bot.features.problems.desk import bulk_queries, bulk_screens
from bot.features.problems.desk.access import moderated, undecided
from bot.features.problems.desk.bulk_queries import MOST_MARKED, MarkablePage, Marked, digest
from bot.features.problems.desk.callbacks import (
    AskSureMarked,
    AskWhyMarked,
    ClearMarks,
    DeclineMarked,
    ListToMark,
    MarkReport,
)
from bot.features.problems.status_notice_queries import save_word
from bot.i18n import current_language
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.screen import show

router = Router(name="declining several")
READY = F.reason != DeclineReason.OWN_WORDS


@router.callback_query(ListToMark.filter())
async def list_to_mark(
    tap: CallbackQuery, callback_data: ListToMark, database: Database, resident: Resident
) -> None:
    municipality_id = callback_data.municipality_id
    resident.require(Role.FACILITATOR, municipality_id)
    async with database.read() as db:
        found = await _page(db, resident, municipality_id, callback_data.page)
    await show(tap, bulk_screens.to_mark(municipality_id, found))


@router.callback_query(MarkReport.filter())
async def mark_report(tap: CallbackQuery, callback_data: MarkReport, act: Act, resident: Resident) -> None:
    """Only what still waits and nobody else has before them is marked; any mark can be taken off."""
    find = undecided if callback_data.on else moderated
    async with act() as db:
        report = await find(db, resident, callback_data.problem_id, act.now)
        own = report.municipality_id
        is_saved = await bulk_queries.save_mark(db, resident.id, own, report.card.id, on=callback_data.on)
        if not is_saved:
            raise TooManyMarked(MOST_MARKED)
        found = await _page(db, resident, own, callback_data.page)
    await show(tap, bulk_screens.to_mark(own, found))


@router.callback_query(ClearMarks.filter())
async def clear_marks(tap: CallbackQuery, callback_data: ClearMarks, act: Act, resident: Resident) -> None:
    municipality_id = callback_data.municipality_id
    resident.require(Role.FACILITATOR, municipality_id)
    async with act() as db:
        await bulk_queries.delete_marks(db, resident.id, municipality_id)
        found = await _page(db, resident, municipality_id, 0)
    await show(tap, bulk_screens.to_mark(municipality_id, found))


@router.callback_query(AskWhyMarked.filter())
async def ask_why_marked(
    tap: CallbackQuery, callback_data: AskWhyMarked, database: Database, resident: Resident, now: datetime
) -> None:
    async with database.read() as db:
        marked = await _marked(db, resident, callback_data.municipality_id, now)
    await show(tap, bulk_screens.why(callback_data.municipality_id, len(marked)))


@router.callback_query(AskSureMarked.filter(READY))
async def ask_sure_marked(
    tap: CallbackQuery, callback_data: AskSureMarked, database: Database, resident: Resident, now: datetime
) -> None:
    async with database.read() as db:
        marked = await _marked(db, resident, callback_data.municipality_id, now)
    await show(tap, bulk_screens.sure(callback_data.municipality_id, callback_data.reason, marked))


@router.callback_query(DeclineMarked.filter(READY))
async def decline_marked(
    tap: CallbackQuery, callback_data: DeclineMarked, act: Act, resident: Resident, settings: Settings
) -> None:
    """All of them, or none: where a colleague was faster, these are named and nothing is declined."""
    municipality_id, reason = callback_data.municipality_id, callback_data.reason
    async with act() as db:
        marked = await _marked(db, resident, municipality_id, act.now, lock=True)
        if digest(marked) != callback_data.marks:
            raise MarksChanged
        lost = [each for each in marked if each.is_lost]
        ended = lost or marked
        if not lost:
            await _decline(
                db, resident, municipality_id, marked, reason, settings.words_back_per_day, act.now
            )
        await bulk_queries.delete_marks(db, resident.id, municipality_id, [each.id for each in ended])
        found = await _page(db, resident, municipality_id, 0)
    if lost:
        await show(tap, bulk_screens.to_mark(municipality_id, found, lost))
    else:
        await show(tap, bulk_screens.declined(municipality_id, len(marked)))


async def _decline(
    db: AsyncConnection,
    resident: Resident,
    municipality_id: int,
    marked: list[Marked],
    reason: DeclineReason,
    most_a_day: int,
    now: datetime,
) -> None:
    await bulk_queries.save_declined(db, [each.id for each in marked], resident.id, reason, now)
    for each in marked:
        await save_journal(
            db,
            "problem.declined",
            by=resident.id,
            of=Subject(municipality_id, each.id),
            before=each.status,
            after=ProblemStatus.DECLINED,
            reason=reason,
        )
        facts = {"reason": reason, "words": None}
        await save_word(db, each.id, Word.DECLINED, most_a_day=most_a_day, facts=facts, now=now)


async def _marked(
    db: AsyncConnection, resident: Resident, municipality_id: int, now: datetime, *, lock: bool = False
) -> list[Marked]:
    resident.require(Role.FACILITATOR, municipality_id)
    marked = await bulk_queries.list_marked(db, resident.id, municipality_id, now, lock=lock)
    if not marked:
        raise NothingMarked
    return marked


async def _page(db: AsyncConnection, resident: Resident, municipality_id: int, page: int) -> MarkablePage:
    return await bulk_queries.list_markable(db, resident.id, municipality_id, page, current_language())
