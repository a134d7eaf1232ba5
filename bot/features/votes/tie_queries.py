"""What a gathering decided about problems that the votes could not tell apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import TieDecision


@dataclass(frozen=True, slots=True)
class Decision:
    """`problem_ids` in the order that was decided, the foremost first."""

    problem_ids: tuple[int, ...]
    decided_by: str
    reason: str
    entered_at: datetime


async def list_decisions(db: AsyncConnection, round_id: int) -> list[Decision]:
    """Of several about the same problems the last one; all of them stay in the table."""
    rows = await db.execute(
        select(TieDecision.problem_ids, TieDecision.decided_by, TieDecision.reason, TieDecision.entered_at)
        .where(TieDecision.round_id == round_id)
        .order_by(TieDecision.id)
    )
    last = {
        frozenset(row.problem_ids): Decision(
            tuple(row.problem_ids), row.decided_by, row.reason, row.entered_at
        )
        for row in rows
    }
    return list(last.values())


async def save_decision(
    db: AsyncConnection,
    round_id: int,
    problem_ids: Sequence[int],
    decided_by: str,
    reason: str,
    by: int,
    now: datetime,
) -> None:
    await db.execute(
        insert(TieDecision).values(
            round_id=round_id,
            problem_ids=list(problem_ids),
            decided_by=decided_by,
            reason=reason,
            entered_by=by,
            entered_at=now,
        )
    )
