"""The desk: read a reported problem, publish it or decline it with a reason, go on to the next."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cards import texts as cards
from bot.db.problem_queries import list_attachments
from bot.db.queries import list_names, save_awaiting, save_journal
from bot.db.session import Database
from bot.db.word_back_queries import save_word
from bot.domain.problem import LONGEST_REASON, DeclineReason, ProblemStatus, Word, checked_text
from bot.domain.refusals import AlreadyDecided, Gone, NotAllowed
from bot.domain.roles import Resident, Role
from bot.features.moderation import queries, screens, texts
from bot.features.moderation.callbacks import (
    AskOwnReason,
    AskReason,
    DeclineProblem,
    OpenDesk,
    OpenDeskOf,
    PublishProblem,
    ShowNextReport,
    ShowReport,
    ShowReportMedia,
)
from bot.features.moderation.queries import Report
from bot.features.moderation.states import OWN_REASON
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.media import send_media
from bot.telegram.screen import Event, Screen, acknowledge, show
from bot.telegram.typed import Awaits

router = Router(name="moderation")
SHORTEST_REASON = 3


@router.message(Command("desk"))
@router.callback_query(OpenDesk.filter())
async def open_desk(event: Event, database: Database, resident: Resident) -> None:
    held = resident.municipalities_as(Role.FACILITATOR)
    if not held:
        raise NotAllowed
    if len(held) == 1:
        await show(event, await _desk(database, held[0]))
        return
    async with database.read() as db:
        names = await list_names(db, held)
    await show(event, screens.which_desk(names))


@router.callback_query(OpenDeskOf.filter())
async def open_desk_of(
    tap: CallbackQuery, callback_data: OpenDeskOf, database: Database, resident: Resident
) -> None:
    resident.require(Role.FACILITATOR, callback_data.municipality_id)
    await show(tap, await _desk(database, callback_data.municipality_id))


async def _desk(database: Database, municipality_id: int) -> Screen:
    async with database.read() as db:
        found = await queries.find_desk(db, municipality_id)
    if found is None:
        raise Gone
    return screens.desk(found)


@router.callback_query(ShowNextReport.filter())
async def show_next_report(
    tap: CallbackQuery, callback_data: ShowNextReport, database: Database, resident: Resident
) -> None:
    resident.require(Role.FACILITATOR, callback_data.municipality_id)
    await show(tap, await _next(database, callback_data.municipality_id, callback_data.after))


@router.callback_query(ShowReport.filter())
async def show_report(
    tap: CallbackQuery, callback_data: ShowReport, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        report = await _moderated(db, resident, callback_data.problem_id)
        desk = await queries.find_desk(db, report.municipality_id)
    await show(tap, screens.report(report.card, report.municipality_id, desk.waiting if desk else 0))


@router.callback_query(PublishProblem.filter())
async def publish_problem(
    tap: CallbackQuery,
    callback_data: PublishProblem,
    act: Act,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    async with act() as db:
        report = await _moderated(db, resident, callback_data.problem_id)
        await _decide(db, resident, report, settings, ProblemStatus.PUBLISHED)
    following = await _next(database, report.municipality_id, report.card.id)
    await show(tap, following, toast=texts.published_toast())


@router.callback_query(AskReason.filter())
async def ask_reason(
    tap: CallbackQuery, callback_data: AskReason, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        report = await _undecided(db, resident, callback_data.problem_id)
    await show(tap, screens.why(report.card))


@router.callback_query(DeclineProblem.filter())
async def decline_problem(
    tap: CallbackQuery,
    callback_data: DeclineProblem,
    act: Act,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    async with act() as db:
        report = await _moderated(db, resident, callback_data.problem_id)
        await _decide(db, resident, report, settings, ProblemStatus.DECLINED, callback_data.reason)
    following = await _next(database, report.municipality_id, report.card.id)
    await show(tap, following, toast=texts.declined_toast())


@router.callback_query(AskOwnReason.filter())
async def ask_own_reason(
    tap: CallbackQuery, callback_data: AskOwnReason, act: Act, resident: Resident
) -> None:
    async with act() as db:
        report = await _undecided(db, resident, callback_data.problem_id)
        await save_awaiting(db, resident.id, OWN_REASON, report.card.id)
    await show(tap, screens.write_reason(report.card))


@router.message(Awaits(OWN_REASON), F.text, ~F.text.startswith("/"))
async def decline_in_own_words(
    message: Message, act: Act, database: Database, resident: Resident, settings: Settings
) -> None:
    words = checked_text(message.text or "", SHORTEST_REASON, LONGEST_REASON)
    async with act() as db:
        report = await _moderated(db, resident, resident.awaiting_id or 0)
        await save_awaiting(db, resident.id, None)
        waits = report.card.status is ProblemStatus.SUBMITTED
        if waits:
            declined, why = ProblemStatus.DECLINED, DeclineReason.OWN_WORDS
            await _decide(db, resident, report, settings, declined, why, words)
    if not waits:
        # Only now, for the question must not be asked any more.
        raise AlreadyDecided
    await show(message, await _next(database, report.municipality_id, report.card.id))


@router.callback_query(ShowReportMedia.filter())
async def show_report_media(
    tap: CallbackQuery, callback_data: ShowReportMedia, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        report = await _moderated(db, resident, callback_data.problem_id)
        media = await list_attachments(db, report.card.id)
    await acknowledge(tap)
    if tap.bot:
        captions = [cards.media_caption(each.kind, report.card.number) for each in media]
        await send_media(tap.bot, tap.from_user.id, media, captions)


async def _decide(
    db: AsyncConnection,
    resident: Resident,
    report: Report,
    settings: Settings,
    status: ProblemStatus,
    reason: DeclineReason | None = None,
    words: str | None = None,
) -> None:
    """Decide, record who did, and queue the word back; the same verdict again changes nothing."""
    card = report.card
    if not await queries.save_verdict(db, card.id, status, resident.id, reason, words):
        await _require_own_verdict(db, card.id, status, resident)
        return
    await save_journal(
        db,
        f"problem.{status}",
        actor_id=resident.id,
        municipality_id=report.municipality_id,
        subject_id=card.id,
        details={"reason": reason} if reason else None,
    )
    word = Word.PUBLISHED if status is ProblemStatus.PUBLISHED else Word.DECLINED
    facts = {"reason": reason, "words": words} if reason else None
    await save_word(db, card.id, word, most_a_day=settings.words_back_per_day, facts=facts)


async def _require_own_verdict(
    db: AsyncConnection, problem_id: int, status: ProblemStatus, resident: Resident
) -> None:
    """The same press again is welcome; whoever comes second to a colleague is told so."""
    report = await queries.find_report(db, problem_id)
    if report is None or (report.card.status, report.decided_by) != (status, resident.id):
        raise AlreadyDecided


async def _moderated(db: AsyncConnection, resident: Resident, problem_id: int) -> Report:
    """The problem, if this person facilitates its municipality."""
    report = await queries.find_report(db, problem_id)
    if report is None:
        raise Gone
    resident.require(Role.FACILITATOR, report.municipality_id)
    return report


async def _undecided(db: AsyncConnection, resident: Resident, problem_id: int) -> Report:
    report = await _moderated(db, resident, problem_id)
    if report.card.status is not ProblemStatus.SUBMITTED:
        raise AlreadyDecided
    return report


async def _next(database: Database, municipality_id: int, after: int) -> Screen:
    async with database.read() as db:
        problem_id = await queries.find_next_report(db, municipality_id, after)
        report = await queries.find_report(db, problem_id) if problem_id else None
        desk = await queries.find_desk(db, municipality_id)
    if report is None or desk is None:
        return screens.queue_is_empty(municipality_id)
    return screens.report(report.card, municipality_id, desk.waiting)
