"""What the author of a question hears when it is hidden, or shown after all.

The word of hiding waits for some minutes: the officer gives a reason meanwhile, or takes it back unheard.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import AT_ONCE, save_delivery
from bot.domain.question import QuestionHideReason
from bot.features.hearings.questions.queries import QuestionCard
from bot.features.hearings.questions.telling_queries import (
    find_whether_on_its_way,
    save_taken_back,
    save_waiting_facts,
)

HIDDEN = "question.hidden"
SHOWN = "question.shown"
TIME_TO_UNDO = timedelta(minutes=3)


async def tell_hidden(db: AsyncConnection, question: QuestionCard, now: datetime) -> None:
    """Tell the author of `question`, which has just been hidden, after the time to undo it."""
    await _save(db, question, _hidden(question), HIDDEN, now + TIME_TO_UNDO)


async def tell_why_hidden(db: AsyncConnection, question: QuestionCard) -> None:
    """Put the reason into the word that still waits; where that has left already, send it after it."""
    if question.author_id is None:
        return
    if not await save_waiting_facts(db, _hidden(question), _facts(question)):
        await _save(db, question, f"{_hidden(question)}:why", HIDDEN)


async def tell_no_longer_hidden(
    db: AsyncConnection, hidden: QuestionCard, question: QuestionCard, now: datetime
) -> None:
    """Take back what the author was to hear when it was hidden; if they have heard it, tell them it is shown.

    `hidden` is the question as it was, `question` as it is.
    """
    if question.author_id is None:
        return
    told = [_hidden(hidden), f"{_hidden(hidden)}:why"]
    await save_taken_back(db, told, now)
    if not question.waits and await find_whether_on_its_way(db, told):
        await _save(db, question, f"question:{question.id}:shown:{question.version}", SHOWN)


def _hidden(question: QuestionCard) -> str:
    return f"question:{question.id}:hidden:{question.version}"


async def _save(
    db: AsyncConnection, question: QuestionCard, notice: str, kind: str, due_at: datetime = AT_ONCE
) -> None:
    author_id = question.author_id
    if author_id is not None:
        facts = _facts(question)
        await save_delivery(db, notice=notice, resident_id=author_id, kind=kind, facts=facts, due_at=due_at)


def _facts(question: QuestionCard) -> dict[str, Any]:
    reason: QuestionHideReason | None = question.hidden_reason
    return {
        "hearing_id": question.hearing_id,
        "kind": question.kind,
        "text": question.text,
        "reason": reason,
    }
