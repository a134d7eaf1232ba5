"""What the fast path to SQLite leans on is there: names aiosqlite does not publish, in pinned versions."""

import inspect
import sqlite3
import threading
import tomllib
from importlib.metadata import version
from pathlib import Path

import aiosqlite

from bot.db.sqlite_fast_path import (
    CHUNK,
    OneHopConnection,
)

ROOT = Path(__file__).parents[2]


async def test_the_names_that_aiosqlite_does_not_publish_are_what_they_were() -> None:
    connection = OneHopConnection(lambda: sqlite3.connect(":memory:"))
    assert isinstance(connection._thread, threading.Thread)
    assert connection._thread.daemon
    async with connection:
        assert isinstance(connection._conn, sqlite3.Connection)
        assert list(inspect.signature(connection._execute).parameters) == ["fn", "args", "kwargs"]
        seen = await connection._execute(threading.current_thread)  # type: ignore[no-untyped-call]
        assert seen is connection._thread
    assert connection._iter_chunk_size == CHUNK


def test_the_versions_allowed_are_those_that_were_tried() -> None:
    """0.21 lacks the thread; a version after 0.22 is tried before it is allowed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    allowed = [each for each in project["project"]["dependencies"] if each.startswith("aiosqlite")]
    assert allowed == ["aiosqlite>=0.22,<0.23"]
    assert version("aiosqlite").startswith("0.22.")
    assert aiosqlite.__version__ == version("aiosqlite")
