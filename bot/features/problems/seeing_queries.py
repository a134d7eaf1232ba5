"""Who may see which problem, as conditions of queries: all of it follows from `bot.domain.seeing`."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Problem
from bot.domain.problem import PUBLIC


@dataclass(frozen=True, slots=True)
class Subject:
    """A problem, as far as it matters for who may see it."""

    id: int
    status: str
    municipality_id: int
    author_id: int | None


def is_public(problem: Any = Problem) -> ColumnElement[bool]:
    """Everybody may read it; `problem` may be an alias."""
    found: ColumnElement[bool] = problem.status.in_(PUBLIC)
    return found


async def find_subject(db: AsyncConnection, problem_id: int) -> Subject | None:
    chosen = select(Problem.id, Problem.status, Problem.municipality_id, Problem.author_id)
    row = (await db.execute(chosen.where(Problem.id == problem_id))).first()
    return Subject(*row) if row else None
