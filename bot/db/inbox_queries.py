"""The inbox: updates that were taken from Telegram and are not handled yet, and who handles them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import InboxUpdate, Process
from bot.db.outbox_queries import find_now
from bot.db.queries import upsert_into

# A process that has not been heard of for so long is dead, and others handle what it held.
ALIVE = timedelta(seconds=20)
# What was taken at most so long after now by the clock of the one who took it: clocks differ. The bound is
# for SQLite, which would not look into the index of those that wait without it.
_ANY_CLOCK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """An update to be kept: its JSON, or none where nobody will look at it.

    `line` is the person's whose updates are handled one after another.
    """

    update_id: int
    line: str
    raw: str | None


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """An update that a process which is dead by now, or this one, was to handle."""

    update_id: int
    raw: str
    taken_at: datetime


async def insert_taken(db: AsyncConnection, rows: Sequence[Kept], holder: str, now: datetime) -> set[int]:
    """Keep updates; return the numbers of those that were not there before."""
    new = upsert_into(db, InboxUpdate).on_conflict_do_nothing(index_elements=["update_id"])
    given = [
        {
            "update_id": row.update_id,
            "raw": row.raw,
            "line": row.line if row.raw else None,
            "holder": holder if row.raw else None,
            "taken_at": now,
        }
        for row in rows
    ]
    return set((await db.execute(new.returning(InboxUpdate.update_id), given)).scalars())


async def list_elsewhere(db: AsyncConnection, lines: Iterable[str], name: str) -> dict[str, set[int]]:
    """What of these persons' updates another process than this one has not handled yet."""
    query = select(InboxUpdate.line, InboxUpdate.update_id).where(
        InboxUpdate.line.in_(lines),
        InboxUpdate.raw.is_not(None),
        or_(InboxUpdate.holder.is_(None), InboxUpdate.holder != name),
    )
    found: dict[str, set[int]] = {}
    for row in await db.execute(query):
        found.setdefault(row.line, set()).add(row.update_id)
    return found


async def list_unhandled(db: AsyncConnection, update_ids: Iterable[int]) -> set[int]:
    """Those of these that nobody has struck off."""
    query = select(InboxUpdate.update_id).where(
        InboxUpdate.update_id.in_(update_ids), InboxUpdate.raw.is_not(None)
    )
    return set((await db.execute(query)).scalars())


_ACTED = (
    update(InboxUpdate)
    .where(InboxUpdate.update_id == bindparam("number"), InboxUpdate.acted_at.is_(None))
    .values(acted_at=bindparam("now"))
)


async def update_acted(db: AsyncConnection, update_id: int) -> bool:
    """Mark that an update is acted upon in this very transaction; False when it was before."""
    done = await db.execute(_ACTED, {"number": update_id, "now": datetime.now(UTC)})
    return done.rowcount == 1


async def find_whether_acted(db: AsyncConnection, update_id: int) -> bool:
    query = select(InboxUpdate.acted_at).where(InboxUpdate.update_id == update_id)
    return (await db.execute(query)).scalar() is not None


async def update_handled(db: AsyncConnection, update_ids: Sequence[int]) -> None:
    """Strike updates off: their content goes, their number stays for a while."""
    await db.execute(
        update(InboxUpdate)
        .where(InboxUpdate.update_id.in_(update_ids))
        .values(raw=None, line=None, holder=None)
    )


async def update_alive(db: AsyncConnection, name: str) -> datetime:
    """Say that a process is alive; return the time by the clock that all processes share."""
    now = await find_now(db) or datetime.now(UTC)
    row = upsert_into(db, Process).values(name=name, alive_until=now + ALIVE)
    newer = {"alive_until": row.excluded.alive_until}
    await db.execute(row.on_conflict_do_update(index_elements=["name"], set_=newer))
    return now


async def update_left_behind(db: AsyncConnection, name: str, now: datetime) -> list[LeftBehind]:
    """Take over what nobody alive holds, the oldest first.

    A process that only seems dead, as one that was halted in the midst of an act, may still lock what it was
    at: that is left for the next time, or everybody would wait for it.
    """
    alive = select(Process.name).where(Process.alive_until > now)
    left = or_(InboxUpdate.holder.is_(None), InboxUpdate.holder.not_in(alive))
    free = (
        select(InboxUpdate.update_id)
        .where(InboxUpdate.raw.is_not(None), InboxUpdate.taken_at <= now + _ANY_CLOCK, left)
        .with_for_update(skip_locked=True)
    )
    taken = await db.execute(
        update(InboxUpdate)
        .where(InboxUpdate.update_id.in_(free))
        .values(holder=name)
        .returning(InboxUpdate.update_id, InboxUpdate.raw, InboxUpdate.taken_at)
    )
    return _in_order(taken.all())


async def list_held(db: AsyncConnection, name: str, now: datetime) -> list[LeftBehind]:
    """What a process is to handle, the oldest first."""
    held = select(InboxUpdate.update_id, InboxUpdate.raw, InboxUpdate.taken_at).where(
        InboxUpdate.raw.is_not(None), InboxUpdate.taken_at <= now + _ANY_CLOCK, InboxUpdate.holder == name
    )
    return _in_order((await db.execute(held)).all())


def _in_order(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[LeftBehind]:
    found = [LeftBehind(row.update_id, row.raw, row.taken_at) for row in rows]
    return sorted(found, key=lambda each: (each.taken_at, each.update_id))


async def find_whether_others(db: AsyncConnection, name: str) -> bool:
    """Whether another process takes updates in, or has lately and may hold some."""
    return (await db.execute(select(Process.name).where(Process.name != name).limit(1))).scalar() is not None


async def delete_dead(db: AsyncConnection, name: str, now: datetime) -> None:
    """Forget the processes that are dead, once what they held is taken over."""
    held = exists().where(
        InboxUpdate.holder == Process.name,
        InboxUpdate.raw.is_not(None),
        InboxUpdate.taken_at <= now + _ANY_CLOCK,
    )
    await db.execute(delete(Process).where(Process.alive_until <= now, Process.name != name, ~held))


async def delete_other_processes(db: AsyncConnection, name: str) -> None:
    """Where one process alone takes updates in, every other is a dead predecessor."""
    await db.execute(delete(Process).where(Process.name != name))


async def update_given_back(db: AsyncConnection, name: str, now: datetime) -> None:
    """What a process that ends has not handled is free for the others at once."""
    mine = InboxUpdate.holder == name
    held = (InboxUpdate.raw.is_not(None), InboxUpdate.taken_at <= now + _ANY_CLOCK, mine)
    await db.execute(update(InboxUpdate).where(*held).values(holder=None))
    await db.execute(delete(Process).where(Process.name == name))


async def delete_handled(db: AsyncConnection, before: datetime) -> None:
    """Forget the numbers of updates that Telegram certainly brings no more."""
    await db.execute(delete(InboxUpdate).where(InboxUpdate.taken_at < before, InboxUpdate.raw.is_(None)))
    await db.execute(delete(Process).where(Process.alive_until < before))


async def find_oldest_waiting(db: AsyncConnection) -> datetime | None:
    """Since when the update that has waited longest waits."""
    oldest = select(func.min(InboxUpdate.taken_at)).where(InboxUpdate.raw.is_not(None))
    return (await db.execute(oldest)).scalar()


async def find_newest(db: AsyncConnection) -> datetime | None:
    """When any update came last."""
    return (await db.execute(select(func.max(InboxUpdate.taken_at)))).scalar()
