"""The one door to the database: `act` for a change, `read` for a look.

SQLite has one writer at a time. Acts that wait for each other are therefore run one by one, each
in a savepoint of its own, and committed together: one commit and one flush to the disk for all of
them, and nobody is answered before it. PostgreSQL runs a transaction for every act.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, make_url
from sqlalchemy.exc import OperationalError, PendingRollbackError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.db.scrubbing import SECURE_DELETE, is_to_be_written_anew, scrub, write_anew
from bot.db.sqlite_fast_path import connector_of

# More than this in one commit no longer pays, and everyone in the group waits for the last.
MOST_ACTS_A_COMMIT = 64
READERS = 4
BUSY_SECONDS = 10
# With the readers, few of the connections a PostgreSQL server usually grants (100): several processes fit.
POSTGRES_WRITERS = 8
# Whoever is halted in the midst of an act, as when a machine is moved, keeps the locks for no longer.
IDLE_SECONDS = 20


class Database:
    """One database, SQLite or PostgreSQL, behind the same two verbs."""

    def __init__(self, url: str) -> None:
        self.url = url
        if make_url(url).get_backend_name() == "sqlite":
            self._door: _SqliteDoor | _PostgresDoor = _SqliteDoor(url)
        else:
            self._door = _PostgresDoor(url)

    def act(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A transaction that has been committed when the block is left; an exception undoes all of it."""
        return self._door.act()

    def read(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection that only reads."""
        return self._door.read()

    async def scrub(self) -> bool:
        """Leave nothing of what was deleted in the files; False when it has to be tried again later."""
        return await scrub(self.url)

    async def write_anew_at_night(self) -> None:
        """Write SQLite's file anew when it is time for that. Acts wait meanwhile, looks do not."""
        if await asyncio.to_thread(is_to_be_written_anew, self.url, datetime.now(UTC)):
            async with self._door.nobody_acts():
                await write_anew(self.url)

    async def close(self) -> None:
        await self._door.close()


class _PostgresDoor:
    def __init__(self, url: str) -> None:
        patience = {"idle_in_transaction_session_timeout": str(round(IDLE_SECONDS * 1000))}
        self._writer = create_async_engine(
            url,
            pool_size=POSTGRES_WRITERS,
            max_overflow=0,
            hide_parameters=True,
            connect_args={"server_settings": patience},
        )
        # An engine of its own: switching a connection to AUTOCOMMIT and back takes as long as a look does.
        self._reader = create_async_engine(
            url,
            pool_size=READERS,
            max_overflow=0,
            isolation_level="AUTOCOMMIT",
            skip_autocommit_rollback=True,
            hide_parameters=True,
        )

    def act(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return self._writer.begin()

    def read(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return self._reader.connect()

    def nobody_acts(self) -> AbstractAsyncContextManager[None]:
        """Its server takes care of its files by itself."""
        return nullcontext()

    async def close(self) -> None:
        await self._writer.dispose()
        await self._reader.dispose()


class _Turn:
    """One act's place in the line: granted when it may write, finished when it has, committed at the end."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.granted: asyncio.Future[AsyncConnection] = loop.create_future()
        self.finished: asyncio.Future[None] = loop.create_future()
        self.committed: asyncio.Future[None] = loop.create_future()


class _SqliteDoor:
    def __init__(self, url: str) -> None:
        path = make_url(url).database
        if path and path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._writer = _sqlite_engine(url, 1)
        event.listen(self._writer.sync_engine, "begin", _begin_immediately)
        event.listen(self._writer.sync_engine, "commit", _commit_outright)
        # Without a BEGIN every statement sees what is committed by then, as on PostgreSQL, and nothing is
        # left open that would have to be rolled back when the connection is returned.
        self._reader = _sqlite_engine(url, READERS, skip_autocommit_rollback=True)
        self._line: asyncio.Queue[_Turn] = asyncio.Queue()
        self._committer: asyncio.Task[None] | None = None
        self._at_work = asyncio.Lock()

    @asynccontextmanager
    async def act(self) -> AsyncIterator[AsyncConnection]:
        if self._committer is None:
            self._committer = asyncio.create_task(  # kept, and ended by close()
                self._commit_groups(), name="group commit"
            )
        turn = _Turn()
        self._line.put_nowait(turn)
        try:
            connection = await turn.granted
            async with _savepoint(connection):
                yield connection
        finally:
            if not turn.finished.done():
                turn.finished.set_result(None)
        await turn.committed

    def read(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return self._reader.connect()

    def nobody_acts(self) -> AbstractAsyncContextManager[object]:
        """Whoever wants to act waits as for the group before."""
        return self._at_work

    async def close(self) -> None:
        if self._committer is not None:
            self._committer.cancel()
            await asyncio.gather(self._committer, return_exceptions=True)
        await self._writer.dispose()
        await self._reader.dispose()

    async def _commit_groups(self) -> None:
        while True:
            group = [await self._line.get()]
            try:
                async with self._at_work, self._writer.begin() as connection:
                    await self._run(group, connection)
            except Exception as error:  # noqa: BLE001  # whatever it was, every act of the group failed by it
                _fail(group, error)
            else:
                _succeed(group)

    async def _run(self, group: list[_Turn], connection: AsyncConnection) -> None:
        """Let the acts of the group in, one after another, taking along those that queue up meanwhile."""
        driver = (await connection.get_raw_connection()).driver_connection
        for turn in group:
            if not turn.granted.cancelled():
                turn.granted.set_result(connection)
                await turn.finished
                _require_transaction(connection, driver)
            free = len(group) < MOST_ACTS_A_COMMIT and not connection.invalidated
            if turn is group[-1] and free and not self._line.empty():
                group.append(self._line.get_nowait())


@asynccontextmanager
async def _savepoint(connection: AsyncConnection) -> AsyncIterator[None]:
    """What `begin_nested` does, for half its price: acts come one by one, so one name will do."""
    await connection.exec_driver_sql("SAVEPOINT act")
    try:
        yield
    except BaseException:
        # Whoever is cancelled in the midst of a statement loses the connection, and with it the whole group;
        # and on a full disk SQLite has undone everything by itself. What went wrong first is what counts.
        with suppress(PendingRollbackError, OperationalError):
            await connection.exec_driver_sql("ROLLBACK TO act")
            await connection.exec_driver_sql("RELEASE act")
        raise
    await connection.exec_driver_sql("RELEASE act")


def _require_transaction(connection: AsyncConnection, driver: Any) -> None:
    """On some errors, such as a full disk, SQLite undoes the whole transaction by itself.

    Further acts would then be committed each by itself, and yet their group would be told to have failed.
    """
    if not connection.invalidated and not driver.in_transaction:
        raise ConnectionResetError("SQLite has undone the group; its acts may be tried again")


def _succeed(group: list[_Turn]) -> None:
    for turn in group:
        if not turn.committed.done():
            turn.committed.set_result(None)


def _fail(group: list[_Turn], error: Exception) -> None:
    if isinstance(error, PendingRollbackError):
        error = ConnectionResetError("another act of the group was cancelled; this one may be tried again")
    for turn in group:
        for step in (turn.granted, turn.committed):
            if not step.done():
                step.set_exception(error)
        # An act that failed on its own account never asks; without this the loop would complain.
        if not turn.committed.cancelled():
            turn.committed.exception()


def _sqlite_engine(url: str, size: int, **options: Any) -> AsyncEngine:
    engine = create_async_engine(
        url,
        async_creator=connector_of(make_url(url)),
        pool_size=size,
        max_overflow=0,
        # What a failed statement was given stands in no log: it may be what somebody wrote, or who they are.
        hide_parameters=True,
        **options,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # The driver's own transaction control begins too late for savepoints and "IMMEDIATE".
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            # What lies on the disk for the length of a statement would be of no use to anybody but a thief.
            "temp_store = MEMORY",
            f"busy_timeout = {BUSY_SECONDS * 1000}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute(SECURE_DELETE)
        cursor.close()

    return engine


def _begin_immediately(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _commit_outright(connection: Connection) -> None:
    """On a full disk SQLite undoes the whole group by itself; the driver's commit would pass that over."""
    connection.exec_driver_sql("COMMIT")
