"""What became of a public problem: stored, recorded and told in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Attachment, Problem
from bot.db.queries import save_journal
from bot.domain.outcome import checked_outcome
from bot.domain.problem import OPEN_TO_VOTE, Media, ProblemStatus, Purpose, Word
from bot.features.problems.status_notice_queries import save_word
from bot.features.problems.voters_notice_queries import tell_voters


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a problem has come. `is_confirmed` when its author said that it is solved."""

    id: int
    number: int
    municipality_id: int
    author_id: int | None
    status: ProblemStatus
    step: int
    is_confirmed: bool


async def find_standing(db: AsyncConnection, problem_id: int, *, lock: bool = False) -> Standing | None:
    chosen = select(
        Problem.number,
        Problem.municipality_id,
        Problem.author_id,
        Problem.status,
        Problem.step,
        Problem.is_confirmed,
    ).where(Problem.id == problem_id)
    row = (await db.execute(chosen.with_for_update() if lock else chosen)).first()
    if row is None:
        return None
    return Standing(
        id=problem_id,
        number=row.number,
        municipality_id=row.municipality_id,
        author_id=row.author_id,
        status=ProblemStatus(row.status),
        step=row.step,
        is_confirmed=row.is_confirmed,
    )


async def save_outcome(
    db: AsyncConnection,
    standing: Standing,
    status: ProblemStatus,
    now: datetime,
    *,
    by: int,
    words: str | None,
    most_a_day: int,
    facts: Mapping[str, Any] | None = None,
) -> bool:
    """Whether this call changed anything; `standing` is locked. Refuses what cannot follow.

    `facts` are told together with the words, such as the measure of the plan.
    """
    if standing.status is status:
        return False
    checked_outcome(standing.status, status, words)
    await save_status(db, standing, status, by=by, words=words)
    told = {**(facts or {}), **({"words": words} if words else {})}
    await save_word(db, standing.id, Word(status), most_a_day=most_a_day, facts=told, now=now)
    if status not in OPEN_TO_VOTE or status is ProblemStatus.LEFT_OUT:
        await tell_voters(db, standing.id)
    return True


async def save_status(
    db: AsyncConnection, standing: Standing, status: ProblemStatus, *, by: int, words: str | None
) -> None:
    """Store and record it. Whatever its author confirmed was said of what was before."""
    await db.execute(
        update(Problem)
        .where(Problem.id == standing.id)
        .values(status=status, outcome_words=words, is_confirmed=False)
    )
    await save_journal(db, f"problem.{status}", by=by, of=standing, before=standing.status, after=status)


async def save_confirmed(db: AsyncConnection, standing: Standing, author_id: int) -> None:
    """Its author says that it is really solved."""
    await db.execute(update(Problem).where(Problem.id == standing.id).values(is_confirmed=True))
    await save_journal(db, "problem.confirmed", by=author_id, of=standing)


async def save_unsolved_photo(db: AsyncConnection, problem_id: int, photo: Media) -> None:
    """The photo with which its author shows that it is not solved."""
    await db.execute(
        insert(Attachment).values(
            problem_id=problem_id, kind=photo.kind, purpose=Purpose.UNSOLVED, file_id=photo.file_id
        )
    )
