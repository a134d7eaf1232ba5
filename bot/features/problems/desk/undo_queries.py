"""Taking a verdict back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Delivery, Problem, ResidentRow
from bot.domain.notices import Failure
from bot.domain.problem import ProblemStatus
from bot.features.problems.status_notice_queries import (
    WORDS,
    concerned,
    lock_gathered,
)

# Not sent, and in no sender's hand.
_WAITS = (Delivery.sent_at.is_(None), Delivery.failed_at.is_(None), Delivery.leased_until.is_(None))


async def save_undecided(db: AsyncConnection, problem_id: int) -> None:
    await db.execute(
        update(Problem)
        .where(Problem.id == problem_id)
        .values(
            status=ProblemStatus.SUBMITTED,
            decided_at=None,
            decided_by=None,
            decline_reason=None,
            decline_words=None,
        )
    )


async def save_untold(
    db: AsyncConnection, problem_id: int, verdict: ProblemStatus, now: datetime
) -> list[int]:
    """Stop what was not sent yet of the verdict; return the people who have heard of it or will.

    What is gathered for an evening holds the words of a report that is nobody's to read again.
    """
    found = await db.execute(select(Problem.step, Problem.author_id).where(Problem.id == problem_id))
    step, author_id = found.one()
    is_concerned = concerned(problem_id, author_id)
    await lock_gathered(db, is_concerned, is_concerned)
    stopped = await db.execute(
        update(Delivery)
        .where(Delivery.notice == f"problem:{problem_id}:{step}", *_WAITS)
        .values(failed_at=now, failure=Failure.STOPPED)
        .returning(Delivery.resident_id)
    )
    people = (await db.execute(select(ResidentRow.id).where(is_concerned))).scalars().all()
    spared = {*stopped.scalars(), *await _take_from_gathered(db, people, problem_id, verdict, now)}
    return [each for each in people if each not in spared]


async def _take_from_gathered(
    db: AsyncConnection, people: Sequence[int], problem_id: int, verdict: ProblemStatus, now: datetime
) -> set[int]:
    """The people in whose evening message the verdict stood; a message that was nothing else goes."""
    chosen = select(Delivery.id, Delivery.resident_id, Delivery.facts)
    gathered = chosen.where(Delivery.resident_id.in_(people), Delivery.kind == WORDS, *_WAITS)
    spared: set[int] = set()
    for row in (await db.execute(gathered)).all():
        told = row.facts.get("items", [])
        left = [each for each in told if (each.get("problem_id"), each.get("word")) != (problem_id, verdict)]
        if len(left) == len(told):
            continue
        ends = {} if left else {"failed_at": now, "failure": Failure.STOPPED}
        await db.execute(update(Delivery).where(Delivery.id == row.id).values(facts={"items": left}, **ends))
        spared.add(row.resident_id)
    return spared
