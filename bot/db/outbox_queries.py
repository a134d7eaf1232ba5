"""The outbox as its senders see it: what is due, who has claimed it, and the pace they share.

The pace is a generic cell rate algorithm (GCRA, ITU-T I.371) in one row: `free_at` is the first moment
not given away, and whoever claims n messages moves it on by n slots in the same transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.db.delivery_queries import AT_ONCE
from bot.db.models import Broadcast, Chat, Delivery, Pace, ResidentRow
from bot.db.queries import upsert_into
from bot.domain.notices import Failure

# Slots are never given away farther ahead: a moment beyond it was written by a clock that has been put back.
FARTHEST_SLOT = timedelta(seconds=60)
# However many answers go out, the next deliveries have their slots by then.
LONGEST_PUT_OFF = timedelta(seconds=3)
# A pause found at the start is cut to this: if it must be longer, Telegram asks again.
LONGEST_OLD_PAUSE = timedelta(minutes=5)
LONGEST_BACKOFF = timedelta(minutes=10)
# What is written to be sent later is sent within a day or two.
FARTHEST_AHEAD = timedelta(hours=49)
_ONLY = 1


@dataclass(frozen=True, slots=True)
class Gaps:
    """The least time between two messages to the same person, and to the same group."""

    person: timedelta
    group: timedelta


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that one sender has for as long as its lease lasts."""

    id: int
    kind: str
    facts: Mapping[str, Any]
    attempts: int
    expires_at: datetime | None
    resident_id: int | None
    chat_id: int | None
    telegram_id: int
    language: str
    is_left_alone: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """Until when Telegram has asked to wait: all deliveries, and everything that is sent."""

    deliveries: datetime | None = None
    everything: datetime | None = None


async def find_now(db: AsyncConnection) -> datetime | None:
    """The time by the database's clock, which many machines share; None on SQLite, which has the host's."""
    if db.dialect.name == "sqlite":
        return None
    return (await db.execute(select(func.clock_timestamp()))).scalar_one().astimezone(UTC)  # type: ignore[no-any-return]


async def find_pause(db: AsyncConnection) -> Pause:
    """What all processes are to obey."""
    found = await db.execute(select(Pace.paused_until, Pace.stopped_until).where(Pace.id == _ONLY))
    row = found.one_or_none()
    return Pause(row.paused_until, row.stopped_until) if row else Pause()


async def find_whether_due(db: AsyncConnection, now: datetime) -> bool:
    due = select(Delivery.id).where(_waits(Delivery), Delivery.due_at <= now, _is_free(now, "")).limit(1)
    return (await db.execute(due)).first() is not None


async def find_oldest_due(db: AsyncConnection, now: datetime) -> int | None:
    """The delivery that is to be sent before all others, claimed or not."""
    due = select(Delivery.id).where(_waits(Delivery), Delivery.due_at <= now)
    return (await db.execute(due.order_by(Delivery.due_at, Delivery.id).limit(1))).scalar()


async def save_claim(
    db: AsyncConnection, now: datetime, claimer: str, lease: timedelta, most: int, gaps: Gaps
) -> list[Claimed]:
    """Lease what is due to `claimer`, the oldest first, one message a recipient."""
    due = (
        select(Delivery.id)
        .where(
            _waits(Delivery),
            Delivery.due_at <= now,
            _is_free(now, claimer),
            _has_its_turn(Delivery.resident_id, now, gaps.person),
            _has_its_turn(Delivery.chat_id, now, gaps.group),
        )
        .order_by(Delivery.due_at, Delivery.id)
        .limit(most)
        .with_for_update(skip_locked=True, of=Delivery)
    )
    ids = (await db.execute(due)).scalars().all()
    if not ids:
        return []
    await db.execute(
        update(Delivery).where(Delivery.id.in_(ids)).values(leased_until=now + lease, leased_by=claimer)
    )
    return await _claimed(db, ids)


async def save_slots(
    db: AsyncConnection, now: datetime, seconds: float, seconds_of_answers: float = 0.0
) -> datetime:
    """Give away the next `seconds` of the common pace; return the moment at which they begin.

    What answers have used up comes on top, but puts off the next slot no farther than so far from now.
    """
    free_at = (await db.execute(select(Pace.free_at).where(Pace.id == _ONLY))).scalar_one()
    begin: datetime = max(min(free_at, now + FARTHEST_SLOT), now)
    end = begin + timedelta(seconds=seconds)
    put_off = min(end + timedelta(seconds=seconds_of_answers), now + LONGEST_PUT_OFF)
    await db.execute(update(Pace).where(Pace.id == _ONLY).values(free_at=max(end, put_off)))
    return begin


async def save_turn(db: AsyncConnection, now: datetime) -> None:
    """Take the pace row, making it when it is the first time: claims come one after another."""
    statement = upsert_into(db, Pace).values(id=_ONLY, free_at=now)
    await db.execute(
        statement.on_conflict_do_update(index_elements=[Pace.id], set_={"free_at": Pace.free_at})
    )


async def save_pause(db: AsyncConnection, pause: Pause) -> None:
    """Ask all processes to wait; a longer pause that is on already stays."""
    for column, until in ((Pace.paused_until, pause.deliveries), (Pace.stopped_until, pause.everything)):
        if until:
            shorter = or_(column.is_(None), column < until)
            await db.execute(update(Pace).where(Pace.id == _ONLY, shorter).values({column: until}))


async def save_repaired(db: AsyncConnection, now: datetime, claimer: str, lease: timedelta) -> None:
    """Put right what a clock that was changed has left behind: moments too far ahead to be meant.

    What `claimer` has in hand stays leased to it, counted from `now`.
    """
    # The bound holds for all; it lets the index of what waits be used.
    waits = and_(_waits(Delivery), Delivery.due_at >= AT_ONCE)
    mine = Delivery.leased_by == claimer
    await db.execute(
        update(Delivery)
        .where(waits, Delivery.leased_until.is_not(None), mine)
        .values(leased_until=now + lease)
    )
    beyond = Delivery.leased_until > now + lease + timedelta(seconds=1)
    await db.execute(update(Delivery).where(waits, beyond, ~mine).values(leased_until=None, leased_by=None))
    farthest = case(
        (Delivery.attempts > 0, literal(now + LONGEST_BACKOFF, Delivery.due_at.type)),
        else_=literal(now + FARTHEST_AHEAD, Delivery.due_at.type),
    )
    await db.execute(update(Delivery).where(waits, Delivery.due_at > farthest).values(due_at=AT_ONCE))
    await db.execute(update(Pace).where(Pace.free_at > now + FARTHEST_SLOT).values(free_at=now))
    for column in (Pace.paused_until, Pace.stopped_until):
        longest = now + LONGEST_OLD_PAUSE
        await db.execute(update(Pace).where(column > longest).values({column: longest}))


async def find_whether_mine(db: AsyncConnection, delivery_id: int, claimer: str) -> bool:
    """Whether a claimed message is still to be sent by `claimer`: not stopped, not claimed by another."""
    held = select(Delivery.id).where(
        Delivery.id == delivery_id, _waits(Delivery), Delivery.leased_by == claimer
    )
    return (await db.execute(held)).first() is not None


async def save_sent(db: AsyncConnection, delivery_id: int, language: str, now: datetime) -> None:
    """What was sent counts as sent, even when it was stopped in that very moment."""
    await db.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id)
        .values(sent_at=now, language=language, failed_at=None, failure=None, leased_until=None)
    )


async def save_released(db: AsyncConnection, delivery_id: int, claimer: str) -> None:
    """Give a claimed message back unsent."""
    await db.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.leased_by == claimer)
        .values(leased_until=None, leased_by=None)
    )


async def save_held_back(db: AsyncConnection, claimed: Claimed, until: datetime) -> None:
    """Give a claimed message back; it and what else waits for the same recipient is due `until`."""
    mine = Delivery.id == claimed.id
    same = (
        Delivery.chat_id == claimed.chat_id
        if claimed.resident_id is None
        else Delivery.resident_id == claimed.resident_id
    )
    waits = and_(_waits(Delivery), same, or_(mine, Delivery.leased_until.is_(None)))
    await db.execute(update(Delivery).where(waits, Delivery.due_at < until).values(due_at=until))
    await db.execute(update(Delivery).where(mine).values(leased_until=None, leased_by=None))


async def save_all_released(db: AsyncConnection, claimer: str) -> None:
    """Give back everything that `claimer` has not sent: it leaves."""
    mine = and_(_waits(Delivery), Delivery.leased_by == claimer)
    await db.execute(update(Delivery).where(mine).values(leased_until=None, leased_by=None))


async def save_postponed(db: AsyncConnection, delivery_id: int, due_at: datetime) -> None:
    """After a try that failed: the next one is made from `due_at` on."""
    await db.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id)
        .values(due_at=due_at, attempts=Delivery.attempts + 1, leased_until=None, leased_by=None)
    )


async def save_failed(
    db: AsyncConnection, delivery_ids: Sequence[int], failure: Failure, now: datetime
) -> None:
    await db.execute(
        update(Delivery)
        .where(Delivery.id.in_(delivery_ids), _waits(Delivery))
        .values(failed_at=now, failure=failure, leased_until=None)
    )


async def save_unreachable(db: AsyncConnection, claimed: Claimed, now: datetime) -> None:
    """Leave alone whoever has blocked the bot, until they write again; and a group that sent it away."""
    if claimed.resident_id is not None:
        await db.execute(
            update(ResidentRow)
            # The person may have been forgotten meanwhile, and the id be somebody else's.
            .where(ResidentRow.id == claimed.resident_id, ResidentRow.telegram_id == claimed.telegram_id)
            .values(blocked_at=now)
        )
    else:
        await db.execute(update(Chat).where(Chat.id == claimed.chat_id).values(left_at=now))


async def save_moved_chat(db: AsyncConnection, chat_id: int, telegram_id: int) -> None:
    """A group that became a supergroup has another number."""
    await db.execute(update(Chat).where(Chat.id == chat_id).values(telegram_id=telegram_id))


def _waits(rows: Any) -> ColumnElement[bool]:
    return and_(rows.sent_at.is_(None), rows.failed_at.is_(None))


def _is_free(now: datetime, claimer: str) -> ColumnElement[bool]:
    """Whether no living sender has it. One's own is in hand, whatever the clock says of its lease."""
    return or_(
        Delivery.leased_until.is_(None),
        and_(Delivery.leased_until < now, Delivery.leased_by.is_distinct_from(claimer)),
    )


def _has_its_turn(recipient: Any, now: datetime, gap: timedelta) -> ColumnElement[bool]:
    """Whether nothing older waits for the same recipient, and nothing has just been sent to them."""
    other = aliased(Delivery)
    older = and_(_waits(other), other.id < Delivery.id, other.due_at <= now)
    # Bounded above, for a clock may have been put back since.
    recent = other.sent_at.between(now - gap, now + gap)
    return ~exists().where(
        getattr(other, recipient.key) == recipient, other.id != Delivery.id, or_(older, recent)
    )


async def _claimed(db: AsyncConnection, ids: Sequence[int]) -> list[Claimed]:
    rows = await db.execute(
        select(
            Delivery.id,
            Delivery.kind,
            Delivery.facts,
            Broadcast.facts.label("told"),
            Delivery.attempts,
            Delivery.expires_at,
            Delivery.resident_id,
            Delivery.chat_id,
            func.coalesce(ResidentRow.telegram_id, Chat.telegram_id).label("telegram_id"),
            func.coalesce(ResidentRow.language, "ky").label("language"),
            func.coalesce(ResidentRow.blocked_at, Chat.left_at).is_not(None).label("is_left_alone"),
        )
        .outerjoin(Broadcast, Broadcast.id == Delivery.broadcast_id)
        .outerjoin(ResidentRow, ResidentRow.id == Delivery.resident_id)
        .outerjoin(Chat, Chat.id == Delivery.chat_id)
        .where(Delivery.id.in_(ids))
        .order_by(Delivery.due_at, Delivery.id)
    )
    return [
        Claimed(
            id=row.id,
            kind=row.kind,
            facts={**(row.told or {}), **row.facts},
            attempts=row.attempts,
            expires_at=row.expires_at,
            resident_id=row.resident_id,
            chat_id=row.chat_id,
            telegram_id=row.telegram_id,
            language=row.language,
            is_left_alone=bool(row.is_left_alone),
        )
        for row in rows
    ]
