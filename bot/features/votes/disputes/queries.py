"""Disputes of a published result."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import DisputeRow, Round
from bot.db.queries import upsert_into
from bot.domain.dispute import Dispute, DisputeReason


@dataclass(frozen=True, slots=True)
class Disputable:
    """A vote as far as a dispute of its result is concerned; `cut_at` is when the people left its ballots."""

    round_id: int
    municipality_id: int
    counted_at: datetime | None
    cut_at: datetime | None
    dispute: Dispute | None


async def find_disputable(db: AsyncConnection, round_id: int, *, lock: bool = False) -> Disputable | None:
    """`lock` keeps the ballots from being cut until the act is committed."""
    columns = (Round.id, Round.municipality_id, Round.counted_at, Round.cut_at)
    chosen = select(*columns).where(Round.id == round_id)
    row = (await db.execute(chosen.with_for_update() if lock else chosen)).first()
    if row is None:
        return None
    found = await db.execute(
        select(DisputeRow.reason, DisputeRow.begun_at).where(
            DisputeRow.round_id == round_id, DisputeRow.ended_at.is_(None)
        )
    )
    open_one = found.first()
    dispute = Dispute(DisputeReason(open_one.reason), open_one.begun_at) if open_one else None
    return Disputable(row.id, row.municipality_id, row.counted_at, row.cut_at, dispute)


async def save_dispute(
    db: AsyncConnection, round_id: int, reason: DisputeReason, by: int, now: datetime
) -> bool:
    """Whether this call began it; a vote has one dispute at a time."""
    statement = upsert_into(db, DisputeRow).values(
        round_id=round_id, reason=reason, begun_at=now, begun_by=by
    )
    return (await db.execute(statement.on_conflict_do_nothing())).rowcount > 0


async def save_settled(db: AsyncConnection, round_id: int, by: int, now: datetime) -> bool:
    """Whether this call ended the dispute."""
    done = await db.execute(
        update(DisputeRow)
        .where(DisputeRow.round_id == round_id, DisputeRow.ended_at.is_(None))
        .values(ended_at=now, ended_by=by)
    )
    return done.rowcount > 0
