"""Publishing a report, or declining it with a reason; either can be taken back.

What comes next stands behind a button of its own: a second tap never meets a report that nobody has read.
"""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import lock_municipality, save_awaiting, save_journal
from bot.db.session import Database
from bot.domain.problem import LONGEST_REASON, DeclineReason, ProblemStatus, Word
from bot.domain.refusals import AlreadyDecided, CannotUndo, NotWorded
from bot.domain.roles import Resident
from bot.domain.text import checked_text
from bot.features.problems.desk import queries, screens, texts, undo_queries
from bot.features.problems.desk.access import moderated, open_and_hold, require_free, undecided
from bot.features.problems.desk.callbacks import (
    AskOwnReason,
    AskReason,
    DeclineProblem,
    PublishProblem,
    UndoVerdict,
)
from bot.features.problems.desk.queries import Report
from bot.features.problems.desk.queue import decided_screen
from bot.features.problems.desk.states import OWN_REASON
from bot.features.problems.problem_queries import find_whether_frozen
from bot.features.problems.status_notice_queries import save_word
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="verdicts")
SHORTEST_REASON = 3
UNDOABLE = frozenset({ProblemStatus.PUBLISHED, ProblemStatus.DECLINED})


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
        report = await moderated(db, resident, callback_data.problem_id, act.now, lock=True)
        if not report.card.wording.text:
            raise NotWorded
        await _decide(db, resident, report, settings, ProblemStatus.PUBLISHED, now=act.now)
    screen = await decided_screen(database, report.card.id, resident, act.now)
    await show(tap, screen, toast=texts.published_toast())


@router.callback_query(AskReason.filter())
async def ask_reason(
    tap: CallbackQuery, callback_data: AskReason, database: Database, resident: Resident, now: datetime
) -> None:
    async with database.read() as db:
        report = await undecided(db, resident, callback_data.problem_id, now)
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
        report = await moderated(db, resident, callback_data.problem_id, act.now, lock=True)
        await _decide(
            db, resident, report, settings, ProblemStatus.DECLINED, callback_data.reason, now=act.now
        )
    screen = await decided_screen(database, report.card.id, resident, act.now)
    await show(tap, screen, toast=texts.declined_toast())


@router.callback_query(AskOwnReason.filter())
async def ask_own_reason(
    tap: CallbackQuery, callback_data: AskOwnReason, act: Act, resident: Resident
) -> None:
    async with act() as db:
        report = await undecided(db, resident, callback_data.problem_id, act.now)
        require_free(report)
        await save_awaiting(db, resident.id, OWN_REASON, report.card.id)
    await show(tap, screens.write_reason(report.card))


@router.message(Awaits(OWN_REASON), F.text)
async def decline_in_own_words(
    message: Message, about: int, act: Act, database: Database, resident: Resident, settings: Settings
) -> None:
    words = checked_text(message.text or "", SHORTEST_REASON, LONGEST_REASON)
    async with act() as db:
        report = await undecided(db, resident, about, act.now, lock=True)
        await save_awaiting(db, resident.id, None)
        declined, why = ProblemStatus.DECLINED, DeclineReason.OWN_WORDS
        await _decide(db, resident, report, settings, declined, why, words, now=act.now)
    await show(message, await decided_screen(database, report.card.id, resident, act.now))


@router.callback_query(UndoVerdict.filter())
async def undo_verdict(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: UndoVerdict,
    act: Act,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    """The same press again finds it waiting and tells nobody."""
    async with act() as db:
        report = await moderated(db, resident, callback_data.problem_id, act.now)
        await lock_municipality(db, report.municipality_id)
        report = await moderated(db, resident, callback_data.problem_id, act.now, lock=True)
        if report.card.status is not ProblemStatus.SUBMITTED:
            await _undo(db, resident, report, callback_data.status, settings, act.now)
    screen = await open_and_hold(act, database, bot, resident, callback_data.problem_id)
    await show(tap, screen, toast=texts.undone_toast())


async def _undo(
    db: AsyncConnection,
    resident: Resident,
    report: Report,
    verdict: ProblemStatus,
    settings: Settings,
    now: datetime,
) -> None:
    card = report.card
    is_own = (card.status, report.decided_by) == (verdict, resident.id)
    is_settled = card.merged or card.wording.is_removed or await find_whether_frozen(db, card.id)
    if not is_own or verdict not in UNDOABLE or is_settled:
        raise CannotUndo
    await undo_queries.save_undecided(db, card.id)
    await save_journal(
        db,
        "problem.undecided",
        by=resident.id,
        of=report,
        before=verdict,
        after=ProblemStatus.SUBMITTED,
    )
    heard = await undo_queries.save_untold(db, card.id, verdict, now)
    if heard:
        await save_word(
            db, card.id, Word.WAITING, most_a_day=settings.words_back_per_day, only=heard, now=now
        )


async def _ask_reason_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        report = await undecided(db, asking.resident, asking.about, asking.now)
    return screens.write_reason(report.card)


PROMPTS: Prompts = {OWN_REASON: _ask_reason_again}


async def _decide(
    db: AsyncConnection,
    resident: Resident,
    report: Report,
    settings: Settings,
    status: ProblemStatus,
    reason: DeclineReason | None = None,
    words: str | None = None,
    *,
    now: datetime,
) -> None:
    """Decide, record who did, and queue the word back; the same verdict again changes nothing."""
    card = report.card
    if card.status is not ProblemStatus.SUBMITTED:
        # The same press again is welcome; whoever comes second to a colleague is told so.
        if (card.status, report.decided_by) != (status, resident.id):
            raise AlreadyDecided(card.status)
        return
    require_free(report)
    if not await queries.save_verdict(db, card.id, status, resident.id, reason, words, now=now):
        raise AlreadyDecided(card.status)
    await save_journal(
        db,
        f"problem.{status}",
        by=resident.id,
        of=report,
        before=card.status,
        after=status,
        **({"reason": reason} if reason else {}),
    )
    word = Word.PUBLISHED if status is ProblemStatus.PUBLISHED else Word.DECLINED
    facts = {"reason": reason, "words": words} if reason else None
    await save_word(db, card.id, word, most_a_day=settings.words_back_per_day, facts=facts, now=now)
