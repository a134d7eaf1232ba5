"""Hiding a problem and showing it again: one statement each, which does nothing the second time."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Problem
from bot.domain.problem import PUBLIC, Hidden, ProblemStatus


async def save_hidden(db: AsyncConnection, problem_id: int, hidden: Hidden, by: int, now: datetime) -> bool:
    """Whether this call hid it: whatever residents can read, and nothing else."""
    done = await db.execute(
        update(Problem)
        .where(Problem.id == problem_id, Problem.status.in_(PUBLIC))
        .values(
            hidden_from=Problem.status,
            status=ProblemStatus.HIDDEN,
            hidden_by=by,
            hidden_at=now,
            hidden_reason=hidden.reason,
            hidden_words=hidden.words,
        )
    )
    return done.rowcount > 0


async def save_shown(db: AsyncConnection, problem_id: int) -> ProblemStatus | None:
    """Put it back to what it was before; None when it is not hidden."""
    done = await db.execute(
        update(Problem)
        .where(Problem.id == problem_id, Problem.status == ProblemStatus.HIDDEN)
        .values(
            status=Problem.hidden_from,
            hidden_from=None,
            hidden_by=None,
            hidden_at=None,
            hidden_reason=None,
            hidden_words=None,
        )
        .returning(Problem.status)
    )
    status = done.scalar_one_or_none()
    return ProblemStatus(status) if status else None
