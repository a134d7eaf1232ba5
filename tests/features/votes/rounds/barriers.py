"""Holding several processes up at one and the same place, until all of them are there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import asyncpg
from sqlalchemy import make_url

from bot.db.session import Database
from tests.features.people import beside
from tests.stage import Stage

# A process has so many connections to write with; whoever comes after them waits for one.
MOST_AT_ONCE = 8
# They are there within a moment; a test that waits for them in vain fails.
PATIENCE_SECONDS = 90
_WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


class Gate:
    """Shut with a lock of PostgreSQL. On SQLite, where acts are let in one by one, it stands open."""

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record] | None") -> None:
        self._connection = connection

    @property
    def is_real(self) -> bool:
        return self._connection is not None

    async def wait_for(self, number: int) -> None:
        """Until so many acts stand before it, or before each other."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self._connection and await self._waiting(self._connection) < number:
                await asyncio.sleep(0.02)

    async def _waiting(self, connection: "asyncpg.Connection[asyncpg.Record]") -> int:
        # Within a transaction the server would show for ever what it has shown once.
        await connection.execute("SELECT pg_stat_clear_snapshot()")
        return int(await connection.fetchval(_WAITING))

    async def open(self) -> None:
        if self._connection:
            await self._connection.execute("ROLLBACK")


@asynccontextmanager
async def gate(stage: Stage, lock: str) -> AsyncIterator[Gate]:
    """`lock` is the statement that shuts it."""
    url = make_url(stage.database.url)
    if url.get_backend_name() == "sqlite":
        yield Gate(None)
        return
    connection = await asyncpg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        await connection.execute("BEGIN")
        await connection.execute(lock)
        yield Gate(connection)
    finally:
        with suppress(OSError, asyncpg.PostgresError):
            await connection.close()


@asynccontextmanager
async def another_process(stage: Stage) -> AsyncIterator[Stage]:
    """With connections of its own."""
    database = Database(stage.database.url)
    try:
        yield beside(stage, database)
    finally:
        await database.close()
