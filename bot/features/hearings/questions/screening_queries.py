"""What waits for the officers, and what they let through, hide or put back."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Question
from bot.domain.question import QuestionHideReason, QuestionState
from bot.features.hearings.question_queries import waits
from bot.features.hearings.questions.queries import QuestionCard, find_question


async def count_waiting(db: AsyncConnection, hearing_id: int) -> int:
    counted = select(func.count()).where(Question.hearing_id == hearing_id, waits())
    return (await db.execute(counted)).scalar_one()


async def find_next_waiting(db: AsyncConnection, hearing_id: int, after: int) -> QuestionCard | None:
    """The oldest one behind `after`, or the oldest of all when there is none behind it."""
    waiting = select(Question.id).where(Question.hearing_id == hearing_id, waits())
    found = await db.execute(waiting.order_by(Question.id <= after, Question.id).limit(1))
    question_id = found.scalar()
    return None if question_id is None else await find_question(db, question_id)


async def save_state(
    db: AsyncConnection,
    question: QuestionCard,
    state: QuestionState,
    reason: QuestionHideReason | None = None,
    *,
    now: datetime,
) -> bool:
    """Whether this call changed it: nobody may have decided on it since `question` was read."""
    values: dict[QuestionState, dict[str, Any]] = {
        QuestionState.WAITING: {"shown_at": None, "hidden_at": None},
        QuestionState.SHOWN: {"shown_at": func.coalesce(Question.shown_at, now), "hidden_at": None},
        QuestionState.HIDDEN: {"hidden_at": now},
    }
    done = await db.execute(
        update(Question)
        .where(Question.id == question.id, Question.version == question.version)
        .values(**values[state], hidden_reason=reason, version=Question.version + 1)
    )
    return done.rowcount > 0


async def save_reason(db: AsyncConnection, question: QuestionCard, reason: QuestionHideReason) -> bool:
    """Whether this call gave the reason: that happens once for each time it is hidden."""
    done = await db.execute(
        update(Question)
        .where(
            Question.id == question.id,
            Question.version == question.version,
            Question.hidden_at.is_not(None),
            Question.hidden_reason.is_(None),
        )
        .values(hidden_reason=reason)
    )
    return done.rowcount > 0
