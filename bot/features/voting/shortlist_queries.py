"""The shortlist that a facilitator draws up from a closed screening."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Problem, Round, RoundProblem
from bot.db.problem_queries import worded
from bot.domain.problem import OPEN_TO_VOTE
from bot.domain.refusals import Gone, ShortlistFull

# So much of a wording is read to tell one problem from another, in characters.
SHOWN = 90


@dataclass(frozen=True, slots=True)
class Candidate:
    """A problem of the screening that can still be voted on."""

    id: int
    number: int
    text: str
    is_shortlisted: bool


async def list_candidates(db: AsyncConnection, round_id: int, language: str) -> list[Candidate]:
    rows = await db.execute(
        select(
            Problem.id,
            Problem.number,
            func.substr(worded(language), 1, SHOWN + 1).label("text"),
            func.coalesce(RoundProblem.is_shortlisted, False).label("is_shortlisted"),
        )
        .join(Problem, Problem.id == RoundProblem.problem_id)
        .where(RoundProblem.round_id == round_id, Problem.status.in_(OPEN_TO_VOTE))
        .order_by(Problem.number)
    )
    return [Candidate(row.id, row.number, row.text, bool(row.is_shortlisted)) for row in rows]


async def find_whether_begun(db: AsyncConnection, round_id: int) -> bool:
    begun = select(RoundProblem.problem_id).where(
        RoundProblem.round_id == round_id, RoundProblem.is_shortlisted.is_not(None)
    )
    return (await db.execute(begun.limit(1))).first() is not None


async def save_begun(db: AsyncConnection, round_id: int, problem_ids: Sequence[int]) -> None:
    """Begin with these problems; what a facilitator has begun already stays as it is."""
    if await find_whether_begun(db, round_id):
        return
    await db.execute(
        update(RoundProblem)
        .where(RoundProblem.round_id == round_id)
        .values(is_shortlisted=RoundProblem.problem_id.in_(problem_ids))
    )


async def save_shortlisted(
    db: AsyncConnection, round_id: int, problem_id: int, limit: int, *, on: bool
) -> None:
    """Put a problem on the list or take it off. Call it with the round locked."""
    listed = {each.id for each in await list_candidates(db, round_id, "") if each.is_shortlisted}
    if on and problem_id not in listed and len(listed) >= limit:
        raise ShortlistFull(limit)
    done = await db.execute(
        update(RoundProblem)
        .where(RoundProblem.round_id == round_id, RoundProblem.problem_id == problem_id)
        .values(is_shortlisted=on)
    )
    if not done.rowcount:
        raise Gone


async def save_reason(db: AsyncConnection, round_id: int, reason: str) -> None:
    """Kept with the screening until the deciding stage opens."""
    await db.execute(update(Round).where(Round.id == round_id).values(left_out_reason=reason))


async def find_reason(db: AsyncConnection, round_id: int) -> str | None:
    return (await db.execute(select(Round.left_out_reason).where(Round.id == round_id))).scalar()
