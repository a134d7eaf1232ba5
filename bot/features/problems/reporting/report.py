"""Writing a report by buttons, one question a screen. Every answer is stored before the next question."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import list_topics, list_villages, save_awaiting
from bot.db.session import Database
from bot.db.silence_queries import require_may_write
from bot.domain.problem import Step, Sufferers
from bot.domain.refusals import DraftIncomplete, Gone
from bot.domain.roles import Resident
from bot.features.problems.reporting import draft_queries as queries, screens
from bot.features.problems.reporting.callbacks import (
    ClearAttachments,
    DropReport,
    EditLine,
    GoToStep,
    LeaveReport,
    ListDraftTopics,
    ListDraftVillages,
    SendReport,
    SetDraftTopic,
    SetDraftVillage,
    SetDraftWho,
    SkipStep,
    StartReport,
)
from bot.features.problems.reporting.queries import find_mine
from bot.features.problems.reporting.similar import show_similar_or_question
from bot.features.problems.reporting.states import REPORT
from bot.features.problems.reporting.steps import draft_of, require_below_limit, save_answer, show_question
from bot.i18n import current_language
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.screen import Event, show

router = Router(name="report")


@router.message(Command("report"))
@router.callback_query(StartReport.filter())
async def start_report(
    event: Event, act: Act, database: Database, resident: Resident, settings: Settings
) -> None:
    async with act() as db:
        await require_may_write(db, resident.id, resident.municipality_id, act.now)
        await require_below_limit(db, resident, settings.reports_per_day, act.now)
        await queries.save_new_draft(db, resident.id, resident.municipality_id or 0, act.now)
        await save_awaiting(db, resident.id, REPORT)
    await show_question(event, database, resident)


@router.callback_query(GoToStep.filter())
@router.callback_query(EditLine.filter())
async def go_to_step(
    tap: CallbackQuery, callback_data: GoToStep | EditLine, act: Act, database: Database, resident: Resident
) -> None:
    """To any question of the draft; from the preview the answer leads straight back to it."""
    step = callback_data.step
    async with act() as db:
        draft = await draft_of(db, resident)
        editing = step is not Step.PREVIEW and (isinstance(callback_data, EditLine) or draft.is_editing)
        await queries.save_draft(db, draft.id, act.now, step=step, is_editing=editing)
        await save_awaiting(db, resident.id, REPORT)
    await show_question(tap, database, resident)


@router.callback_query(SkipStep.filter())
async def skip_step(
    tap: CallbackQuery, callback_data: SkipStep, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        draft = await draft_of(db, resident)
        await save_answer(db, draft, callback_data.step, act.now)
    if callback_data.step is Step.TEXT:
        await show_similar_or_question(tap, database, resident)
    else:
        await show_question(tap, database, resident)


@router.callback_query(ListDraftVillages.filter())
@router.callback_query(ListDraftTopics.filter())
async def turn_page(
    tap: CallbackQuery,
    callback_data: ListDraftVillages | ListDraftTopics,
    database: Database,
    resident: Resident,
) -> None:
    await show_question(tap, database, resident, page=callback_data.page)


@router.callback_query(SetDraftVillage.filter())
async def set_village(
    tap: CallbackQuery, callback_data: SetDraftVillage, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        draft = await draft_of(db, resident)
        if callback_data.village_id not in {
            each.id for each in await list_villages(db, draft.municipality_id)
        }:
            raise Gone
        await save_answer(db, draft, Step.VILLAGE, act.now, village_id=callback_data.village_id)
    await show_question(tap, database, resident)


@router.callback_query(SetDraftTopic.filter())
async def set_topic(
    tap: CallbackQuery, callback_data: SetDraftTopic, act: Act, database: Database, resident: Resident
) -> None:
    chosen = callback_data.topic_id
    async with act() as db:
        draft = await draft_of(db, resident)
        if chosen and chosen not in {topic.id for topic in await list_topics(db)}:
            raise Gone
        await save_answer(db, draft, Step.TOPIC, act.now, topic_id=chosen or None)
    await show_question(tap, database, resident)


@router.callback_query(SetDraftWho.filter(F.group.in_(set(Sufferers))))
async def set_who(
    tap: CallbackQuery, callback_data: SetDraftWho, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        await save_answer(db, await draft_of(db, resident), Step.WHO, act.now, who=callback_data.group)
    await show_question(tap, database, resident)


@router.callback_query(ClearAttachments.filter())
async def clear_attachments(
    tap: CallbackQuery, callback_data: ClearAttachments, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        if (await draft_of(db, resident)).id != callback_data.draft_id:
            raise Gone
        await queries.save_without_attachments(db, callback_data.draft_id)
    await show_question(tap, database, resident)


@router.callback_query(SendReport.filter())
async def send_report(
    tap: CallbackQuery,
    callback_data: SendReport,
    act: Act,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    """Make the draft a problem, once: pressing again finds the problem it became."""
    async with act() as db:
        # What was written besides would be gone with the draft: it is asked about first.
        offered = await queries.find_offered(db, resident.id)
        problem_id = None
        if offered is None or offered.id != callback_data.draft_id:
            problem_id = await _send(db, resident, callback_data.draft_id, settings.reports_per_day, act.now)
    if offered and problem_id is None:
        await show(tap, screens.offer(offered))
        return
    async with database.read() as db:
        problem = await find_mine(db, resident.id, problem_id or 0)
    if problem is None:
        raise Gone
    await show(tap, screens.sent(problem.number))


async def _send(db: AsyncConnection, resident: Resident, draft_id: int, limit: int, now: datetime) -> int:
    """The problem's id. The draft is locked first: of two presses the later one finds it sent."""
    draft = await queries.find_draft(db, resident.id, lock=True)
    if draft is None or draft.id != draft_id:
        sent = await queries.find_sent(db, resident.id, draft_id)
        if sent is None:
            raise Gone
        return sent
    if not draft.is_told or not draft.village:
        raise DraftIncomplete
    await require_may_write(db, resident.id, draft.municipality_id, now)
    await require_below_limit(db, resident, limit, now)
    await save_awaiting(db, resident.id, None)
    return await queries.save_problem(db, draft, resident.id, current_language(), now)


@router.callback_query(LeaveReport.filter())
async def leave_report(tap: CallbackQuery, database: Database, resident: Resident) -> None:
    async with database.read() as db:
        draft = await draft_of(db, resident, lock=False)
    await show(tap, screens.leaving(draft))


@router.callback_query(DropReport.filter())
async def drop_report(tap: CallbackQuery, callback_data: DropReport, act: Act, resident: Resident) -> None:
    async with act() as db:
        await queries.save_dropped(db, resident.id, callback_data.draft_id)
        await save_awaiting(db, resident.id, None)
    await show(tap, screens.dropped())
