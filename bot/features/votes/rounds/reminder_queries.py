"""Who has not finished, and in which votes it is time to say so."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import settled_in
from bot.db.models import BallotRow, Pick, ResidentRow, Round
from bot.domain.ballot import REMINDED_BEFORE, reminder_moment


@dataclass(frozen=True, slots=True)
class EndingRound:
    id: int
    municipality_id: int
    closes_at: datetime


async def list_ending_rounds(db: AsyncConnection, now: datetime) -> list[EndingRound]:
    """The open votes that end soon and of which nobody was reminded yet."""
    rows = await db.execute(
        select(Round.id, Round.municipality_id, Round.opened_at, Round.closes_at).where(
            Round.closed_at.is_(None),
            Round.reminded_at.is_(None),
            Round.closes_at > now,
            Round.closes_at <= now + REMINDED_BEFORE,
        )
    )
    return [
        EndingRound(row.id, row.municipality_id, row.closes_at)
        for row in rows
        if reminder_moment(row.opened_at, row.closes_at) <= now
    ]


async def list_rounds_open_since(db: AsyncConnection, until: datetime, now: datetime) -> list[EndingRound]:
    """The votes that were opened before a moment and are open still."""
    rows = await db.execute(
        select(Round.id, Round.municipality_id, Round.closes_at).where(
            Round.closed_at.is_(None), Round.opened_at < until, Round.closes_at > now
        )
    )
    return [EndingRound(row.id, row.municipality_id, row.closes_at) for row in rows]


async def save_reminded(db: AsyncConnection, round_id: int, now: datetime) -> bool:
    """Whether this call is the one that reminds."""
    done = await db.execute(
        update(Round)
        .where(Round.id == round_id, Round.reminded_at.is_(None), Round.closed_at.is_(None))
        .values(reminded_at=now)
    )
    return done.rowcount > 0


def not_finished(round_id: int, municipality_id: int) -> ColumnElement[bool]:
    """The residents who have not said that they are done, or have chosen nothing."""
    picked = exists().where(Pick.ballot_id == BallotRow.id)
    done = exists().where(
        BallotRow.round_id == round_id,
        BallotRow.resident_id == ResidentRow.id,
        BallotRow.finished_at.is_not(None),
        picked,
    )
    return settled_in(municipality_id) & ~done


def begun(round_id: int) -> ColumnElement[bool]:
    """The residents who have opened their ballot and have not said that they are done."""
    return exists().where(
        BallotRow.round_id == round_id,
        BallotRow.resident_id == ResidentRow.id,
        BallotRow.finished_at.is_(None),
    )
