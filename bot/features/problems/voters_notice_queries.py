"""What voters hear once every problem of their vote has its answer.

Nobody is told that what *they* chose is in the plan: such a message would be a receipt that shows how
somebody voted. All who took part hear the same list.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import broadcast, settled_in
from bot.db.models import BallotRow, Pick, Problem, ResidentRow, Round, RoundProblem
from bot.domain.ballot import Stage
from bot.domain.notices import NoticeTopic
from bot.domain.plan import PlanNotice
from bot.domain.problem import ProblemStatus
from bot.features.problems.seeing_queries import is_public
from bot.features.problems.status_notice_queries import unworded

# Of these a message tells; a vote on more problems points at the list.
MOST_TOLD = 12
_UNANSWERED = frozenset({ProblemStatus.PUBLISHED, ProblemStatus.SHORTLISTED, ProblemStatus.REOPENED})


async def tell_voters(db: AsyncConnection, problem_id: int) -> None:
    """Tell the voters of the last counted vote on this problem, if it was the last without an answer."""
    counted = await _find_round(db, problem_id)
    rows = await _list_problems(db, counted.id) if counted else []
    if counted is None or not rows or any(ProblemStatus(row.status) in _UNANSWERED for row in rows):
        return
    items = [{"number": row.number, "status": row.status, "wording": _wording(row)} for row in rows]
    await broadcast(
        db,
        notice=f"round:{counted.id}:answered",
        municipality_id=rows[0].municipality_id,
        kind=PlanNotice.ANSWERED,
        facts={"items": items[:MOST_TOLD], "count": len(items)},
        to=_voters(counted.id) if counted.cut_at is None else settled_in(rows[0].municipality_id),
        topic=NoticeTopic.VOTES,
    )


def _voters(round_id: int) -> ColumnElement[bool]:
    """Known until the people are cut off the ballots; after that everybody hears what came of the vote."""
    voters = (
        select(BallotRow.resident_id)
        .join(Pick, Pick.ballot_id == BallotRow.id)
        .where(BallotRow.round_id == round_id)
    )
    return ResidentRow.id.in_(voters)


def _wording(row: Any) -> list[str | None]:
    """A hidden problem has its line and its state, and no words; nobody waits for its answer meanwhile."""
    whole = [row.text, row.language, row.translation]
    return unworded(whole) if row.status == ProblemStatus.HIDDEN else whole


async def _find_round(db: AsyncConnection, problem_id: int) -> Row[*tuple[Any, ...]] | None:
    """The last counted deciding stage that was about this problem."""
    return (
        await db.execute(
            select(Round.id, Round.cut_at)
            .join(RoundProblem, RoundProblem.round_id == Round.id)
            .where(
                RoundProblem.problem_id == problem_id,
                Round.stage == Stage.DECIDING,
                Round.counted_at.is_not(None),
            )
            .order_by(Round.id.desc())
            .limit(1)
        )
    ).first()


async def _list_problems(db: AsyncConnection, round_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    rows = await db.execute(
        select(
            Problem.number,
            Problem.status,
            Problem.text,
            Problem.language,
            Problem.translation,
            Problem.municipality_id,
        )
        .join(RoundProblem, RoundProblem.problem_id == Problem.id)
        .where(RoundProblem.round_id == round_id, is_public())
        .order_by(Problem.number)
    )
    return rows.all()
