"""A database's trouble that passes is told by its code, whatever language its words are in."""

import asyncio
import sqlite3
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from bot.db import session
from bot.db.models import ResidentRow
from bot.db.session import Database
from bot.db.troubles import is_beyond_numbers, is_passing
from tests.engines import POSTGRESQL, SQLITE


async def trouble(database: Database, *statements: str) -> BaseException:
    """What an act fails with that asks these one after another."""

    async def ask() -> None:
        async with database.act() as db:
            for each in statements:
                await db.execute(text(each))

    with pytest.raises(DBAPIError) as caught:
        await ask()
    return caught.value


@pytest.mark.parametrize(
    ("code", "passes"),
    [
        ("08000", True),
        ("08006", True),
        ("53100", True),
        ("53200", True),
        ("53300", True),
        ("57P01", True),
        ("57P03", True),
        ("40001", True),
        ("40P01", True),
        ("23505", False),
        ("42601", False),
        ("57014", False),
        ("22012", False),
    ],
)
@pytest.mark.parametrize("database_url", [POSTGRESQL], indirect=True)
async def test_postgresql_s_own_codes(database: Database, code: str, passes: bool) -> None:
    raised = f"DO $$ BEGIN RAISE 'по-русски' USING ERRCODE = '{code}'; END $$"
    assert is_passing(await trouble(database, raised)) is passes


@pytest.mark.parametrize("database_url", [POSTGRESQL], indirect=True)
async def test_a_connection_that_is_ended_from_outside_passes(database: Database) -> None:
    assert is_passing(await trouble(database, "SELECT pg_terminate_backend(pg_backend_pid())", "SELECT 1"))


def test_what_postgresql_says_before_it_lets_anybody_in_passes() -> None:
    for error in (asyncpg.CannotConnectNowError, asyncpg.TooManyConnectionsError, asyncpg.AdminShutdownError):
        assert is_passing(error("по-русски"))
    assert not is_passing(asyncpg.InvalidPasswordError("по-русски"))


@pytest.mark.parametrize("database_url", [SQLITE], indirect=True)
async def test_sqlite_that_is_busy_full_or_read_only_passes(database: Database, database_url: str) -> None:
    path = Path(database_url.removeprefix("sqlite+aiosqlite:///"))
    grow = "INSERT INTO inbox (update_id, raw, taken_at) VALUES (1, hex(zeroblob(1000000)), '2026-01-01')"
    full = await trouble(database, "PRAGMA max_page_count = 1", grow)
    async with database.act() as db:
        await db.execute(text("PRAGMA max_page_count = 1000000"))
    read_only = await trouble(database, "PRAGMA query_only = 1", grow)
    async with database.act() as db:
        await db.execute(text("PRAGMA query_only = 0"))
        await db.execute(text("PRAGMA busy_timeout = 1"))
    writer = await asyncio.to_thread(sqlite3.connect, path, isolation_level=None, check_same_thread=False)
    writer.execute("BEGIN IMMEDIATE")
    busy = await trouble(database, grow)
    writer.close()
    assert [is_passing(each) for each in (full, read_only, busy)] == [True] * 3
    assert not is_passing(await trouble(database, "SELECT nonsense"))


async def test_a_number_that_no_row_can_have_is_told_from_other_errors(database: Database) -> None:
    async with database.read() as db:
        with pytest.raises((DBAPIError, OverflowError)) as caught:
            await db.execute(select(ResidentRow.id).where(ResidentRow.id == 2**80))
    assert is_beyond_numbers(caught.value)
    assert not is_passing(caught.value)
    assert not is_beyond_numbers(await trouble(database, "SELECT nonsense"))


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (ConnectionRefusedError(), True),
        (
            OSError(
                "Multiple exceptions: [Errno 111] Connect call failed, [Errno 101] Network is unreachable"
            ),
            True,
        ),
        (OSError(28, "No space left on device"), True),
        (TimeoutError(), True),
        (FileNotFoundError(2, "No such file"), False),
        (ValueError(), False),
    ],
    ids=repr,
)
def test_the_way_to_the_database(error: Exception, passes: bool) -> None:
    assert is_passing(error) is passes


@pytest.mark.parametrize("database_url", [POSTGRESQL], indirect=True)
async def test_an_act_that_was_halted_keeps_its_locks_no_longer_and_may_be_tried_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "IDLE_SECONDS", 0.5)
    halted, other = Database(database_url), Database(database_url)
    lock = text("LOCK TABLE inbox")

    async def stay() -> None:
        async with halted.act() as db:
            await db.execute(lock)
            async with other.act() as beside:
                await beside.execute(lock)
            await db.execute(text("SELECT 1"))

    with pytest.raises((DBAPIError, asyncpg.PostgresError)) as caught:
        await stay()
    assert is_passing(caught.value)
    async with halted.act() as db:
        await db.execute(lock)
    await halted.close()
    await other.close()
