"""What the author of a question hears when it is hidden, or shown after all.

The word of hiding waits for some minutes: the officer gives a reason meanwhile, or takes it back unheard.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import save_delivery
from bot.db.models import Delivery
from bot.domain.notices import Failure
from bot.domain.question import QuestionHideReason
from bot.features.hearings.questions.queries import QuestionCard

HIDDEN = "question.hidden"
SHOWN = "question.shown"
TIME_TO_UNDO = timedelta(minutes=3)


async def tell_hidden(db: AsyncConnection, question: QuestionCard) -> None:
    """Tell the author of `question`, which has just been hidden, after the time to undo it."""
    if question.author_id is None:
        return
    await _save(db, question, _hidden(question), HIDDEN)
    due_at = datetime.now(UTC) + TIME_TO_UNDO
    await db.execute(update(Delivery).where(Delivery.notice == _hidden(question)).values(due_at=due_at))


async def tell_why_hidden(db: AsyncConnection, question: QuestionCard) -> None:
    """Put the reason into the word that still waits; where that has left already, send it after it."""
    if question.author_id is None:
        return
    waits = update(Delivery).where(Delivery.notice == _hidden(question), _is_unsent())
    if not (await db.execute(waits.values(facts=_facts(question)))).rowcount:
        await _save(db, question, f"{_hidden(question)}:why", HIDDEN)


async def tell_no_longer_hidden(db: AsyncConnection, hidden: QuestionCard, now: QuestionCard) -> None:
    """Take back what the author was to hear when it was hidden; if they have heard it, tell them it is shown.

    `hidden` is the question as it was, `now` as it is.
    """
    if now.author_id is None:
        return
    told = Delivery.notice.in_([_hidden(hidden), f"{_hidden(hidden)}:why"])
    taken_back = update(Delivery).where(told, _is_unsent())
    await db.execute(taken_back.values(failed_at=datetime.now(UTC), failure=Failure.STOPPED))
    has_heard = select(exists().where(told, Delivery.failed_at.is_(None)))
    if not now.waits and (await db.execute(has_heard)).scalar():
        await _save(db, now, f"question:{now.id}:shown:{now.version}", SHOWN)


def _hidden(question: QuestionCard) -> str:
    return f"question:{question.id}:hidden:{question.version}"


def _is_unsent() -> ColumnElement[bool]:
    """No sender has it in hand, and none had."""
    return Delivery.sent_at.is_(None) & Delivery.failed_at.is_(None) & Delivery.leased_until.is_(None)


async def _save(db: AsyncConnection, question: QuestionCard, notice: str, kind: str) -> None:
    author_id = question.author_id
    if author_id is not None:
        await save_delivery(db, notice=notice, resident_id=author_id, kind=kind, facts=_facts(question))


def _facts(question: QuestionCard) -> dict[str, Any]:
    reason: QuestionHideReason | None = question.hidden_reason
    return {
        "hearing_id": question.hearing_id,
        "kind": question.kind,
        "text": question.text,
        "reason": reason,
    }
