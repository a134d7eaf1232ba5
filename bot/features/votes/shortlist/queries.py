"""The shortlist that a facilitator draws up from a closed screening."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Problem, Round, RoundProblem
from bot.domain.problem import OPEN_TO_VOTE, Hidden, ProblemStatus
from bot.domain.refusals import Gone, ProblemIsHidden, ShortlistFull
from bot.features.problems.public import WHY_HIDDEN, hidden_of, worded

# So much of a wording is read to tell one problem from another, in characters.
SHOWN = 90


@dataclass(frozen=True, slots=True)
class Candidate:
    """A problem of the screening that can still be voted on, or could if it were not hidden."""

    id: int
    number: int
    text: str | None
    is_shortlisted: bool
    hidden: Hidden | None = None

    @property
    def is_chosen(self) -> bool:
        """Whether the deciding stage will list it, as things are now."""
        return self.is_shortlisted and self.hidden is None


async def list_candidates(db: AsyncConnection, round_id: int, language: str) -> list[Candidate]:
    rows = await db.execute(
        select(
            Problem.id,
            Problem.number,
            func.substr(worded(language), 1, SHOWN + 1).label("text"),
            func.coalesce(RoundProblem.is_shortlisted, False).label("is_shortlisted"),
            *WHY_HIDDEN,
        )
        .join(Problem, Problem.id == RoundProblem.problem_id)
        .where(RoundProblem.round_id == round_id, or_(_CAN_BE_VOTED_ON, _COULD_BE))
        .order_by(Problem.number)
    )
    return [_candidate(row) for row in rows]


_CAN_BE_VOTED_ON = Problem.status.in_(OPEN_TO_VOTE)
_COULD_BE = (Problem.status == ProblemStatus.HIDDEN) & Problem.hidden_from.in_(OPEN_TO_VOTE)


def _candidate(row: Any) -> Candidate:
    hidden = hidden_of(row)
    return Candidate(row.id, row.number, None if hidden else row.text, bool(row.is_shortlisted), hidden)


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
    """Put a problem on the list or take it off. Call it with the round locked.

    A hidden one keeps its room on the list, for it may be shown again; it is not put there anew.
    """
    candidates = {each.id: each for each in await list_candidates(db, round_id, "")}
    listed = {each.id for each in candidates.values() if each.is_shortlisted}
    if on and problem_id not in listed and problem_id in candidates and candidates[problem_id].hidden:
        raise ProblemIsHidden
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
