"""Which stages of a vote are to be cut, and since when one is."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.db.models import DisputeRow, Round
from bot.domain.ballot import Stage


def _is_due(now: datetime, kept: timedelta) -> ColumnElement[bool]:
    """Stages whose result has been public, and undisputed, for so long.

    A screening goes with the vote that followed it, or by itself where none did.
    """
    following, before = aliased(Round), now - kept
    disputed = exists().where(
        DisputeRow.round_id == Round.id, DisputeRow.ended_at.is_(None) | (DisputeRow.ended_at > before)
    )
    is_alone = (Round.stage == Stage.SCREENING) & ~exists().where(following.screening_id == Round.id)
    is_public = (Round.counted_at <= before) & ~disputed
    # The first two are said for the sake of the index.
    return Round.cut_at.is_(None) & (Round.closed_at <= before) & or_(is_public, is_alone)


async def list_due(db: AsyncConnection, now: datetime, kept: timedelta) -> Sequence[int]:
    found = await db.execute(select(Round.id).where(_is_due(now, kept)).order_by(Round.id))
    return found.scalars().all()


async def lock_due(
    db: AsyncConnection, round_id: int, now: datetime, kept: timedelta
) -> tuple[int, list[int]] | None:
    """(municipality, stages to cut together), locked; None when it is not due, or in another's hands."""
    locked = select(Round.id).where(Round.id == round_id).with_for_update(skip_locked=True)
    if (await db.execute(locked)).first() is None:
        return None
    # Asked once it is locked: somebody may have disputed it while the lock was waited for.
    found = await db.execute(
        select(Round.municipality_id, Round.screening_id).where(Round.id == round_id, _is_due(now, kept))
    )
    row = found.first()
    return (row.municipality_id, [each for each in (row.screening_id, round_id) if each]) if row else None


async def save_cut(db: AsyncConnection, round_id: int, now: datetime, frozen: Mapping[str, Any]) -> None:
    await db.execute(update(Round).where(Round.id == round_id).values(cut_at=now, frozen=dict(frozen)))
