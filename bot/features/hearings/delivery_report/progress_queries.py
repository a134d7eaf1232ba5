"""The progress bars: which are due to be shown, and whose turn it is to show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Broadcast, Delivery, ResidentRow
from bot.domain.dispatch import Counts, counted, total

# How often a bar moves.
EVERY = timedelta(seconds=2)
# A first message may take this long; nobody else sends it meanwhile.
FIRST = timedelta(seconds=30)
# The speed of sending is that of the last minute.
LATELY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Watched:
    """A broadcast with a bar. `shown_at` is the last time, None when it is the first."""

    broadcast_id: int
    kind: str
    facts: Mapping[str, Any]
    hearing_id: int | None
    stopped_at: datetime | None
    telegram_id: int
    language: str
    message_id: int | None
    shown_at: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """`moved_at` is the last moment at which anything was sent or given up; `a_second` the speed lately."""

    counts: Counts
    moved_at: datetime | None
    a_second: float


async def list_watched(db: AsyncConnection, now: datetime) -> list[Watched]:
    """The bars that are due, the one that has waited longest first."""
    rows = await db.execute(
        select(
            Broadcast.id,
            Broadcast.kind,
            Broadcast.facts,
            Broadcast.hearing_id,
            Broadcast.stopped_at,
            ResidentRow.telegram_id,
            ResidentRow.language,
            Broadcast.progress_message_id,
            Broadcast.progress_shown_at,
        )
        .join(ResidentRow, ResidentRow.id == Broadcast.watcher_id)
        .where(_is_due(now))
        .order_by(Broadcast.progress_shown_at, Broadcast.id)
    )
    return [Watched(*row) for row in rows]


async def save_shown(db: AsyncConnection, broadcast_id: int, now: datetime) -> bool:
    """Take the turn to show a bar; of several processes only one gets it."""
    taken = await db.execute(
        update(Broadcast).where(Broadcast.id == broadcast_id, _is_due(now)).values(progress_shown_at=now)
    )
    return taken.rowcount > 0


async def find_progress(db: AsyncConnection, broadcast_id: int, now: datetime) -> Progress:
    is_sent = Delivery.sent_at.is_not(None)
    rows = (
        await db.execute(
            select(
                is_sent.label("is_sent"),
                Delivery.failure,
                func.count().label("number"),
                func.count().filter(Delivery.sent_at > now - LATELY).label("lately"),
                func.min(Delivery.sent_at).label("first"),
                func.max(Delivery.sent_at).label("last"),
                func.max(Delivery.failed_at).label("failed"),
            )
            .where(Delivery.broadcast_id == broadcast_id)
            .group_by(is_sent, Delivery.failure)
        )
    ).all()
    moments = [moment for row in rows for moment in (row.last, row.failed) if moment]
    begun = min((row.first for row in rows if row.first), default=now)
    seconds = max(min(now - begun, LATELY).total_seconds(), 1.0)
    lately = sum(row.lately for row in rows)
    counts = total(counted(row.number, row.failure, is_sent=bool(row.is_sent)) for row in rows)
    return Progress(counts, max(moments, default=None), lately / seconds)


async def save_progress_message(db: AsyncConnection, broadcast_id: int, message_id: int) -> None:
    await db.execute(
        update(Broadcast).where(Broadcast.id == broadcast_id).values(progress_message_id=message_id)
    )


async def save_progress_ended(db: AsyncConnection, broadcast_id: int, now: datetime) -> None:
    await db.execute(update(Broadcast).where(Broadcast.id == broadcast_id).values(progress_ended_at=now))


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Also when the last time lies in the future: then a clock has been put back."""
    shown = Broadcast.progress_shown_at
    return and_(
        Broadcast.watcher_id.is_not(None),
        Broadcast.progress_ended_at.is_(None),
        or_(
            shown.is_(None),
            shown > now + EVERY,
            shown < now - FIRST,
            and_(Broadcast.progress_message_id.is_not(None), shown < now - EVERY),
        ),
    )
