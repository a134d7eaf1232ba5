"""However much was sent in years past, claiming and marking what waits reads only what waits."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db import outbox_queries as outbox
from bot.db.delivery_queries import broadcast, save_stopped, settled_in
from bot.db.models import Broadcast, Delivery, Municipality, ResidentRow
from bot.db.session import Database
from bot.domain.notices import Failure, NoticeTopic
from tests.bench.statements import counting

OLD = 100_000
PEOPLE = 500
CLAIMER = "a-process"
LEASE = timedelta(seconds=60)
GAPS = outbox.Gaps(person=timedelta(seconds=1), group=timedelta(seconds=3))
# Both engines' words for reading a table, or a whole index of it, from end to end.
WHOLE = re.compile(r"^SCAN deliveries|Seq Scan on deliveries")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """With its places, which the other tests of this folder are without; and with years of sent messages."""
    opened = Database(database_url)
    await live_for_years(opened)
    yield opened
    await opened.close()


async def live_for_years(database: Database) -> None:
    now = datetime.now(UTC)
    async with database.act() as db:
        municipality_id = await jazy(db)
        settled = {"municipality_id": municipality_id, "village_id": 1, "agreed_at": now, "created_at": now}
        people = [{"telegram_id": 10_000 + n, "language": "ru", **settled} for n in range(PEOPLE)]
        await db.execute(insert(ResidentRow), people)
        first = (await db.execute(select(func.min(ResidentRow.id)))).scalar_one()
        for year in range(OLD // PEOPLE):
            sent = {"sent_at": now - timedelta(days=year + 1), "due_at": now, "kind": "x", "facts": {}}
            rows = [
                {"notice": f"old:{year}", "resident_id": first + n, "language": "ru", **sent}
                for n in range(PEOPLE)
            ]
            await db.execute(insert(Delivery), rows)
    if database.url.startswith("postgresql"):
        async with database.read() as db:
            await db.execute(text("ANALYZE"))


async def jazy(db: AsyncConnection) -> int:
    found = await db.execute(select(Municipality.id).where(Municipality.slug == "jazy"))
    return int(found.scalar_one())


async def send_some(database: Database) -> None:
    """Everything that is asked of the table while a broadcast is queued, sent and stopped."""
    now = datetime.now(UTC)
    async with database.act() as db:
        municipality_id = await jazy(db)
        assert await broadcast(
            db,
            notice="new",
            municipality_id=municipality_id,
            kind="x",
            facts={},
            to=settled_in(municipality_id),
            topic=NoticeTopic.VOTES,
            expires_at=now,
        )
        broadcast_id = (await db.execute(select(Broadcast.id).where(Broadcast.notice == "new"))).scalar_one()
        assert await outbox.find_whether_due(db, now)
        await outbox.save_turn(db, now)
        await outbox.save_repaired(db, now, CLAIMER, LEASE)
        first, second, third, *_more = await outbox.save_claim(db, now, CLAIMER, LEASE, 14, GAPS)
        assert await outbox.find_whether_mine(db, first.id, CLAIMER)
        await outbox.save_sent(db, first.id, "ru", now)
        await outbox.save_released(db, second.id, CLAIMER)
        await outbox.save_postponed(db, second.id, now)
        await outbox.save_failed(db, [third.id], Failure.BLOCKED, now)
        assert await save_stopped(db, broadcast_id, 1) == PEOPLE - 2


async def plan(database: Database, statement: str, parameters: Any) -> list[str]:
    """How the engine goes about it, step by step."""
    if isinstance(parameters, list):
        parameters = parameters[0]
    explain = "EXPLAIN " if database.url.startswith("postgresql") else "EXPLAIN QUERY PLAN "
    async with database.read() as db:
        steps = await db.exec_driver_sql(explain + statement, parameters)
        return [str(step[-1]).strip(" ->") for step in steps]


async def test_nothing_reads_what_was_sent_in_years_past(database: Database) -> None:
    with counting() as count:
        await send_some(database)
    # Planned once more when it is all over: now everything is old, and in the way.
    plans = {
        statement: await plan(database, statement, parameters)
        for statement, parameters in dict(count.asked).items()
        if "deliveries" in statement
    }
    whole = {statement: steps for statement, steps in plans.items() if any(map(WHOLE.search, steps))}
    [claim] = [
        steps
        for statement, steps in plans.items()
        if "ORDER BY deliveries.due_at" in statement and "leased_until" in statement
    ]

    assert len(plans) > 10
    assert whole == {}
    assert any("ix_deliveries_waiting" in step for step in claim)
    # The guard itself sees it when a table is read from end to end.
    assert any(map(WHOLE.search, await plan(database, "SELECT kind FROM deliveries", ())))
