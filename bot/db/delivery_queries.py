"""Writing what the bot says of its own accord. Call these in the transaction of the cause.

Everybody concerned gets a row, also whoever cannot or does not want to be reached: so the rows of a
broadcast always add up to its recipients.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, exists, insert, literal, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Broadcast, Chat, Delivery, Muted, ResidentRow
from bot.db.queries import upsert_into
from bot.domain.notices import Failure, NoticeTopic

# Due since ever: what is to be sent at once does not depend on any clock.
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
_COLUMNS = (
    "notice",
    "broadcast_id",
    "resident_id",
    "kind",
    "facts",
    "due_at",
    "expires_at",
    "village_id",
    "failed_at",
    "failure",
)


async def save_delivery(
    db: AsyncConnection,
    *,
    notice: str,
    resident_id: int,
    kind: str,
    facts: Mapping[str, Any],
    topic: NoticeTopic | None = None,
) -> None:
    """Queue one message. The caller's act happens once, so the notice is new; the table refuses a second.

    `topic` is what a resident may have switched off; None for what everybody must hear.
    """
    await _save(db, notice, None, kind, facts, ResidentRow.id == resident_id, topic, None)


async def save_broadcast(
    db: AsyncConnection,
    *,
    notice: str,
    municipality_id: int,
    kind: str,
    facts: Mapping[str, Any],
    hearing_id: int | None = None,
    made_by: int | None = None,
    watcher_id: int | None = None,
) -> int | None:
    """Begin telling many the same thing; None when this very notice was begun before.

    `watcher_id` is the resident who sees a progress bar.
    """
    statement = upsert_into(db, Broadcast).values(
        notice=notice,
        municipality_id=municipality_id,
        hearing_id=hearing_id,
        kind=kind,
        facts=dict(facts),
        made_by=made_by,
        watcher_id=watcher_id,
        created_at=datetime.now(UTC),
    )
    return (await db.execute(statement.on_conflict_do_nothing().returning(Broadcast.id))).scalar()


async def save_recipients(
    db: AsyncConnection,
    broadcast_id: int,
    who: ColumnElement[bool],
    *,
    topic: NoticeTopic | None,
    expires_at: datetime | None = None,
) -> None:
    """Queue a broadcast to every resident for whom `who` holds, in one statement."""
    notice, kind = await _named(db, broadcast_id)
    await _save(db, notice, broadcast_id, kind, {}, who, topic, expires_at)


async def save_posts(db: AsyncConnection, broadcast_id: int, expires_at: datetime | None = None) -> None:
    """Queue a broadcast to the groups and channels of its municipality."""
    notice, kind = await _named(db, broadcast_id)
    columns = ["notice", "broadcast_id", "chat_id", "kind", "facts", "due_at", "expires_at"]
    chats = (
        select(
            literal(notice),
            literal(broadcast_id),
            Chat.id,
            literal(kind),
            literal({}, Delivery.facts.type),
            literal(AT_ONCE, Delivery.due_at.type),
            literal(expires_at, Delivery.expires_at.type),
        )
        .join(Broadcast, Broadcast.municipality_id == Chat.municipality_id)
        .where(Broadcast.id == broadcast_id, Chat.left_at.is_(None))
    )
    await db.execute(insert(Delivery).from_select(columns, chats))


async def save_stopped(db: AsyncConnection, broadcast_id: int, resident_id: int) -> int:
    """Stop a broadcast: what was sent stays sent, the rest will not be; return how many that was."""
    now = datetime.now(UTC)
    await db.execute(
        update(Broadcast)
        .where(Broadcast.id == broadcast_id, Broadcast.stopped_at.is_(None))
        .values(stopped_at=now, stopped_by=resident_id)
    )
    return await save_given_up(db, [broadcast_id], Failure.STOPPED)


async def save_given_up(db: AsyncConnection, broadcast_ids: Sequence[int], why: Failure) -> int:
    """Whatever still waits of these broadcasts will not be sent; return how many that was."""
    done = await db.execute(
        update(Delivery)
        .where(
            Delivery.broadcast_id.in_(broadcast_ids), Delivery.sent_at.is_(None), Delivery.failed_at.is_(None)
        )
        .values(failed_at=datetime.now(UTC), failure=why)
    )
    return done.rowcount


def settled_in(
    municipality_id: int, villages: Sequence[int] = (), *, besides: int | None = None
) -> ColumnElement[bool]:
    """The settled residents of a municipality or of some of its villages, but for one who knows already."""
    settled = (ResidentRow.municipality_id == municipality_id) & ResidentRow.agreed_at.is_not(None)
    if besides is not None:
        settled &= ResidentRow.id != besides
    return settled & (
        ResidentRow.village_id.in_(villages) if villages else ResidentRow.village_id.is_not(None)
    )


async def _named(db: AsyncConnection, broadcast_id: int) -> tuple[str, str]:
    row = (
        await db.execute(select(Broadcast.notice, Broadcast.kind).where(Broadcast.id == broadcast_id))
    ).one()
    return row.notice, row.kind


async def _save(
    db: AsyncConnection,
    notice: str,
    broadcast_id: int | None,
    kind: str,
    facts: Mapping[str, Any],
    who: ColumnElement[bool],
    topic: NoticeTopic | None,
    expires_at: datetime | None,
) -> None:
    now = literal(datetime.now(UTC), Delivery.due_at.type)
    failure = case(
        (ResidentRow.blocked_at.is_not(None), literal(Failure.BLOCKED.value)),
        (_has_muted(topic), literal(Failure.MUTED.value)),
        else_=null(),
    )
    recipients = select(
        literal(notice),
        literal(broadcast_id, Delivery.broadcast_id.type),
        ResidentRow.id,
        literal(kind),
        literal(dict(facts), Delivery.facts.type),
        literal(AT_ONCE, Delivery.due_at.type),
        literal(expires_at, Delivery.expires_at.type),
        ResidentRow.village_id,
        case((failure.is_not(None), now), else_=null()),
        failure,
    ).where(who)
    await db.execute(insert(Delivery).from_select(list(_COLUMNS), recipients))


def _has_muted(topic: NoticeTopic | None) -> ColumnElement[bool]:
    if topic is None:
        return literal(value=False)
    return exists().where(Muted.resident_id == ResidentRow.id, Muted.topic == topic)
