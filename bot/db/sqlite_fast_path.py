"""SQLite asked with one hop to its thread for a statement.

aiosqlite hops to the connection's thread and back for each step of a statement: open a cursor, execute,
fetch, close. A hop costs several times what SQLite itself needs for a row, so all steps are taken at once.
"""

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from functools import partial
from typing import Any, NamedTuple

import aiosqlite
from sqlalchemy import URL

# Rows that aiosqlite fetches at a time when it iterates, which nobody here does.
CHUNK = 64


class Outcome(NamedTuple):
    """What is left of a cursor once all its rows are fetched."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    rows: list[Any] = []  # noqa: RUF012  # never changed


class OneHopConnection(aiosqlite.Connection):
    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, CHUNK)
        # A connection that nobody closed must not keep the process from ending.
        self._thread.daemon = True

    def cursor(self) -> Any:
        return OneHopCursor(self)

    async def take(self, steps: Callable[..., Outcome], *given: Any) -> Outcome:
        """Take all steps on the connection's own thread."""
        return await self._execute(steps, self._conn, *given)  # type: ignore[no-any-return, no-untyped-call]  # aiosqlite says nothing


class OneHopCursor:
    """As much of a cursor as SQLAlchemy uses."""

    def __init__(self, connection: OneHopConnection) -> None:
        self._connection = connection
        self._outcome = Outcome()

    async def __aenter__(self) -> "OneHopCursor":
        return self

    async def execute(self, sql: str, parameters: Any = ()) -> None:
        self._outcome = await self._connection.take(_execute, sql, parameters)

    async def executemany(self, sql: str, parameters: Any) -> None:
        self._outcome = await self._connection.take(_executemany, sql, parameters)

    async def fetchall(self) -> list[Any]:
        return self._outcome.rows

    async def close(self) -> None:
        """Closed on the thread already."""

    @property
    def description(self) -> Any:
        return self._outcome.description

    @property
    def rowcount(self) -> int:
        return self._outcome.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._outcome.lastrowid


def _execute(connection: sqlite3.Connection, sql: str, parameters: Any) -> Outcome:
    with closing(connection.cursor()) as cursor:
        cursor.execute(sql, parameters)
        rows = cursor.fetchall()
        return Outcome(cursor.description, cursor.rowcount, cursor.lastrowid, rows)


def _executemany(connection: sqlite3.Connection, sql: str, parameters: Any) -> Outcome:
    with closing(connection.cursor()) as cursor:
        cursor.executemany(sql, parameters)
        return Outcome(cursor.description, cursor.rowcount, cursor.lastrowid)


def connector_of(url: URL) -> Callable[[], Awaitable[aiosqlite.Connection]]:
    """What `create_async_engine` takes as its `async_creator`; the address is read as it would be without."""
    path, options = url.get_dialect()().create_connect_args(url)

    async def connect() -> aiosqlite.Connection:
        return await OneHopConnection(partial(sqlite3.connect, *path, **options))

    return connect
