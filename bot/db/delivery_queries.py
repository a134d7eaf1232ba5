"""Writing what the bot says of its own accord. Call these in the transaction of the cause.

Everybody concerned gets a row, also whoever cannot or does not want to be reached: so the rows of a
broadcast always add up to its recipients.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, exists, insert, literal, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Broadcast, Chat, Delivery, GrantRow, Muted, ResidentRow
from bot.db.queries import upsert_into
from bot.domain.notices import Failure, NoticeTopic
from bot.domain.roles import Role

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
    due_at: datetime = AT_ONCE,
) -> None:
    """Queue one message. The caller's act happens once, so the notice is new; the table refuses a second.

    `topic` is what a resident may have switched off; None for what everybody must hear.
    """
    await _save(db, notice, None, kind, facts, ResidentRow.id == resident_id, topic, due_at, None)


async def broadcast(
    db: AsyncConnection,
    *,
    notice: str,
    municipality_id: int,
    kind: str,
    facts: Mapping[str, Any],
    to: ColumnElement[bool],
    topic: NoticeTopic | None,
    due_at: datetime = AT_ONCE,
    expires_at: datetime | None = None,
    hearing_id: int | None = None,
    made_by: int | None = None,
    watcher_id: int | None = None,
) -> bool:
    """Tell the same thing to every resident for whom `to` holds; whether this call began it.

    The same notice is never begun twice. `topic` is as for one message; `watcher_id` is the resident who
    sees a progress bar.
    """
    begun = await _begin(db, notice, municipality_id, kind, facts, hearing_id, made_by, watcher_id)
    if begun is not None:
        await _save(db, notice, begun, kind, {}, to, topic, due_at, expires_at)
    return begun is not None


async def broadcast_to_chats(
    db: AsyncConnection,
    *,
    notice: str,
    municipality_id: int,
    kind: str,
    facts: Mapping[str, Any],
    expires_at: datetime | None = None,
    hearing_id: int | None = None,
    made_by: int | None = None,
) -> bool:
    """Post the same thing in the municipality's groups and channels; whether this call began it."""
    begun = await _begin(db, notice, municipality_id, kind, facts, hearing_id, made_by, None)
    if begun is not None:
        await _save_posts(db, notice, begun, kind, municipality_id, expires_at)
    return begun is not None


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


def holders(municipality_id: int, *roles: Role) -> ColumnElement[bool]:
    """The residents who hold one of these roles in a municipality now."""
    held = select(GrantRow.resident_id).where(
        GrantRow.municipality_id == municipality_id,
        GrantRow.role.in_(roles),
        GrantRow.withdrawn_at.is_(None),
    )
    return ResidentRow.id.in_(held)


async def _begin(
    db: AsyncConnection,
    notice: str,
    municipality_id: int,
    kind: str,
    facts: Mapping[str, Any],
    hearing_id: int | None,
    made_by: int | None,
    watcher_id: int | None,
) -> int | None:
    """The broadcast's id; None when this very notice was begun before."""
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


async def _save_posts(
    db: AsyncConnection,
    notice: str,
    broadcast_id: int,
    kind: str,
    municipality_id: int,
    expires_at: datetime | None,
) -> None:
    columns = ["notice", "broadcast_id", "chat_id", "kind", "facts", "due_at", "expires_at"]
    chats = select(
        literal(notice),
        literal(broadcast_id),
        Chat.id,
        literal(kind),
        literal({}, Delivery.facts.type),
        literal(AT_ONCE, Delivery.due_at.type),
        literal(expires_at, Delivery.expires_at.type),
    ).where(Chat.municipality_id == municipality_id, Chat.left_at.is_(None))
    await db.execute(insert(Delivery).from_select(columns, chats))


async def _save(
    db: AsyncConnection,
    notice: str,
    broadcast_id: int | None,
    kind: str,
    facts: Mapping[str, Any],
    who: ColumnElement[bool],
    topic: NoticeTopic | None,
    due_at: datetime,
    expires_at: datetime | None,
) -> None:
    """Queue it to every resident for whom `who` holds, in one statement."""
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
        literal(due_at, Delivery.due_at.type),
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
