"""Before a report is sent: is it one of these? And saying "mine too" to a problem that is there already.

Of a report that waits for the facilitator nobody else is told more than that it waits.
"""

from collections.abc import Sequence
from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery
from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import save_awaiting
from bot.db.session import Database
from bot.db.silence_queries import require_may_write
from bot.domain.problem import Step
from bot.domain.refusals import Gone
from bot.domain.roles import Resident
from bot.domain.seeing import sees
from bot.features.problems.likeness_queries import Looked, Near, find_near
from bot.features.problems.problem_queries import ProblemCard
from bot.features.problems.reporting import draft_queries as drafts, queries, similar_screens, support_queries
from bot.features.problems.reporting.callbacks import (
    ListSimilar,
    ListSupported,
    SeeSimilar,
    SetSupport,
    SupportInstead,
    SupportWaiting,
)
from bot.features.problems.reporting.draft_queries import DraftReport
from bot.features.problems.reporting.screens import noted
from bot.features.problems.reporting.states import REPORT
from bot.features.problems.reporting.steps import draft_of, question
from bot.features.problems.reporting.support_queries import or_gone
from bot.features.problems.seeing_queries import find_subject
from bot.i18n import current_language
from bot.telegram.act import Act
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Event, Screen, show

router = Router(name="similar problems")
MOST_SIMILAR = 5


async def show_similar_or_question(
    event: Event, database: Database, resident: Resident, *, note: Markup | None = None
) -> None:
    await show(event, await similar_or_question(database, resident, note=note))


async def similar_or_question(
    database: Database, resident: Resident, *, note: Markup | None = None
) -> Screen:
    """After the first question: the problems that look like it, where there are any; else the next one."""
    async with database.read() as db:
        draft = await draft_of(db, resident, lock=False)
    near = await _near(database, draft, resident) if draft.step is Step.VILLAGE else Near()
    if near.found:
        return noted(note, similar_screens.similar(draft, near))
    if near.waiting:
        return noted(note, similar_screens.waiting(draft, near.waiting[0]))
    return await question(database, resident, note=note)


async def _put_again(asking: Asking) -> Screen:
    return await similar_or_question(asking.database, asking.resident)


PROMPTS: Prompts = {REPORT: _put_again}


async def _near(database: Database, draft: DraftReport, resident: Resident) -> Near:
    if not draft.text:
        return Near()
    village = draft.village.id if draft.village else resident.village_id
    looked_for = Looked(draft.text, village, draft.topic.id if draft.topic else None)
    return await find_near(
        database,
        draft.municipality_id,
        looked_for,
        resident,
        most=MOST_SIMILAR,
        language=current_language(),
    )


@router.callback_query(ListSimilar.filter())
async def list_similar_again(tap: CallbackQuery, database: Database, resident: Resident) -> None:
    await show_similar_or_question(tap, database, resident)


@router.callback_query(SeeSimilar.filter())
async def see_similar(
    tap: CallbackQuery, callback_data: SeeSimilar, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        draft = await draft_of(db, resident, lock=False)
        found = await support_queries.find_to_support(db, draft.municipality_id, callback_data.problem_id)
        problem = or_gone(found)
        await _require_seen(db, resident, problem.id)
        support = await support_queries.find_support(db, resident.id, problem.id)
    await show(tap, similar_screens.one_of_these(draft, problem, support))


async def _require_seen(db: AsyncConnection, resident: Resident, problem_id: int) -> None:
    subject = await find_subject(db, problem_id)
    if subject is None or not sees(resident, subject):
        raise Gone


@router.callback_query(SupportInstead.filter())
@router.callback_query(SupportWaiting.filter())
async def support_instead(
    tap: CallbackQuery,
    callback_data: SupportInstead | SupportWaiting,
    act: Act,
    database: Database,
    resident: Resident,
) -> None:
    """Stand behind it with the words begun; the draft ends. Pressing again shows the same."""
    waiting = await _list_waiting(database, resident)
    async with act() as db:
        problem = or_gone(
            await support_queries.find_to_support(
                db, resident.municipality_id or 0, callback_data.problem_id, lock=True
            )
        )
        draft = await drafts.find_draft(db, resident.id, lock=True)
        if draft is not None and draft.id == callback_data.draft_id:
            await require_may_write(db, resident.id, resident.municipality_id, act.now)
            await _support_with(db, resident, draft, problem, waiting, act.now)
        elif not await support_queries.find_support(db, resident.id, problem.id):
            raise Gone
    await show(tap, similar_screens.supported(problem))


async def _list_waiting(database: Database, resident: Resident) -> Sequence[int]:
    """Those that may be stood behind unread, for they are clearly like what this person is writing."""
    async with database.read() as db:
        draft = await drafts.find_draft(db, resident.id)
    return (await _near(database, draft, resident)).waiting if draft else ()


async def _support_with(
    db: AsyncConnection,
    resident: Resident,
    draft: DraftReport,
    problem: ProblemCard,
    waiting: Sequence[int],
    now: datetime,
) -> None:
    if problem.id not in waiting:
        await _require_seen(db, resident, problem.id)
    await support_queries.save_support(db, resident, problem.id, draft.text, now=now)
    await drafts.save_dropped(db, resident.id, draft.id)
    await save_awaiting(db, resident.id, None)


@router.callback_query(SetSupport.filter())
async def set_support(tap: CallbackQuery, callback_data: SetSupport, act: Act, resident: Resident) -> None:
    """From the card of a public problem; it can be taken back."""
    async with act() as db:
        problem = or_gone(
            await support_queries.find_to_support(
                db, resident.municipality_id or 0, callback_data.problem_id, lock=True
            )
        )
        if not problem.is_public:
            raise Gone
        if callback_data.on:
            await require_may_write(db, resident.id, resident.municipality_id, act.now)
            await support_queries.save_support(db, resident, problem.id, now=act.now)
        else:
            await support_queries.save_no_support(db, resident.id, problem.id)
    screen = similar_screens.supported(problem) if callback_data.on else similar_screens.taken_back(problem)
    await show(tap, screen)


@router.callback_query(ListSupported.filter())
async def list_supported(
    tap: CallbackQuery, callback_data: ListSupported, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        found = await queries.list_supported(
            db, support_queries.supported_by(resident.id), callback_data.page, language=resident.language
        )
        waiting = await support_queries.count_waiting(db, resident.id)
    await show(tap, similar_screens.supported_list(found, waiting))
