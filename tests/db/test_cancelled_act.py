"""An act that is cancelled half way, as when the bot is told to stop, undoes itself and harms nobody."""

import asyncio
from datetime import UTC, datetime

from sqlalchemy import insert, select, text

from bot.db.models import InboxUpdate
from bot.db.session import Database
from bot.telegram.errors import passes

SLOW = {
    "sqlite": """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT max(i) FROM n
    """,
    "postgresql": "SELECT pg_sleep(1)",
}


async def note(database: Database, update_id: int, *, slowly: bool = False) -> None:
    async with database.act() as db:
        await db.execute(insert(InboxUpdate).values(update_id=update_id, taken_at=datetime.now(UTC)))
        if slowly:
            await db.execute(text(SLOW[db.dialect.name]))


async def test_a_cancelled_act_ends_and_the_others_succeed_or_may_be_tried_again(database: Database) -> None:
    acts = [asyncio.create_task(note(database, number, slowly=number == 2)) for number in (1, 2, 3)]
    await asyncio.sleep(0.1)
    acts[1].cancel()
    first, cancelled, last = await asyncio.gather(*acts, return_exceptions=True)

    assert isinstance(cancelled, asyncio.CancelledError)
    assert last is None
    if first is not None:
        assert passes(first)
        await note(database, 1)
    async with database.read() as db:
        assert sorted(await db.scalars(select(InboxUpdate.update_id))) == [1, 3]


async def test_acts_cancelled_together_leave_the_door_open(database: Database) -> None:
    """One of them waits for its commit already, and the other takes the connection along with it."""
    acts = [asyncio.create_task(note(database, number, slowly=number == 2)) for number in (1, 2)]
    await asyncio.sleep(0.1)
    for act in acts:
        act.cancel()
    await asyncio.gather(*acts, return_exceptions=True)

    async with asyncio.timeout(10):
        await note(database, 3)
