"""Publishing a report, or declining it with a reason; the next one follows at once."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import save_awaiting, save_journal
from bot.db.session import Database
from bot.db.word_back_queries import save_word
from bot.domain.problem import LONGEST_REASON, DeclineReason, ProblemStatus, Word, checked_text
from bot.domain.refusals import AlreadyDecided, HeldByAnother, NotWorded
from bot.domain.roles import Resident
from bot.features.moderation import queries, screens, texts
from bot.features.moderation.access import moderated, require_free, undecided
from bot.features.moderation.callbacks import AskOwnReason, AskReason, DeclineProblem, PublishProblem
from bot.features.moderation.queries import Report
from bot.features.moderation.queue import next_screen, take_next
from bot.features.moderation.states import OWN_REASON
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.screen import show
from bot.telegram.typed import Awaits

router = Router(name="verdicts")
SHORTEST_REASON = 3


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
        report = await moderated(db, resident, callback_data.problem_id, lock=True)
        if not report.card.wording.text:
            raise NotWorded
        await _decide(db, resident, report, settings, ProblemStatus.PUBLISHED)
        following = await take_next(db, report.municipality_id, report.card.id, resident)
    screen = await next_screen(database, report.municipality_id, following, resident)
    await show(tap, screen, toast=texts.published_toast())


@router.callback_query(AskReason.filter())
async def ask_reason(
    tap: CallbackQuery, callback_data: AskReason, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        report = await undecided(db, resident, callback_data.problem_id)
    require_free(report)
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
        report = await moderated(db, resident, callback_data.problem_id, lock=True)
        await _decide(db, resident, report, settings, ProblemStatus.DECLINED, callback_data.reason)
        following = await take_next(db, report.municipality_id, report.card.id, resident)
    screen = await next_screen(database, report.municipality_id, following, resident)
    await show(tap, screen, toast=texts.declined_toast())


@router.callback_query(AskOwnReason.filter())
async def ask_own_reason(
    tap: CallbackQuery, callback_data: AskOwnReason, act: Act, resident: Resident
) -> None:
    async with act() as db:
        report = await undecided(db, resident, callback_data.problem_id)
        require_free(report)
        await save_awaiting(db, resident.id, OWN_REASON, report.card.id)
    await show(tap, screens.write_reason(report.card))


@router.message(Awaits(OWN_REASON), F.text, ~F.text.startswith("/"))
async def decline_in_own_words(
    message: Message, act: Act, database: Database, resident: Resident, settings: Settings
) -> None:
    words = checked_text(message.text or "", SHORTEST_REASON, LONGEST_REASON)
    async with act() as db:
        report = await moderated(db, resident, resident.awaiting_id or 0, lock=True)
        await save_awaiting(db, resident.id, None)
        waits = report.card.status is ProblemStatus.SUBMITTED and report.holder is None
        following = None
        if waits:
            declined, why = ProblemStatus.DECLINED, DeclineReason.OWN_WORDS
            await _decide(db, resident, report, settings, declined, why, words)
            following = await take_next(db, report.municipality_id, report.card.id, resident)
    if not waits:
        # Only now, for the question must not be asked any more.
        raise HeldByAnother if report.holder else AlreadyDecided
    await show(message, await next_screen(database, report.municipality_id, following, resident))


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
    if card.status is not ProblemStatus.SUBMITTED:
        # The same press again is welcome; whoever comes second to a colleague is told so.
        if (card.status, report.decided_by) != (status, resident.id):
            raise AlreadyDecided
        return
    require_free(report)
    if not await queries.save_verdict(db, card.id, status, resident.id, reason, words):
        raise AlreadyDecided
    await save_journal(
        db,
        f"problem.{status}",
        actor_id=resident.id,
        municipality_id=report.municipality_id,
        subject_id=card.id,
        details={"before": card.status, "after": status} | ({"reason": reason} if reason else {}),
    )
    word = Word.PUBLISHED if status is ProblemStatus.PUBLISHED else Word.DECLINED
    facts = {"reason": reason, "words": words} if reason else None
    await save_word(db, card.id, word, most_a_day=settings.words_back_per_day, facts=facts)
