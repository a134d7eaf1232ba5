"""Acts on SQLite are committed together, and each stands or falls by itself."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from bot.db.models import InboxUpdate
from bot.db.session import Database
from bot.db.troubles import is_passing
from tests.engines import SQLITE


async def note(database: Database, update_id: int, then: str = "") -> None:
    async with database.act() as db:
        await db.execute(insert(InboxUpdate).values(update_id=update_id, taken_at=datetime.now(UTC)))
        if then:
            await db.exec_driver_sql(then)


async def noted(database: Database) -> list[int]:
    async with database.read() as db:
        return list((await db.execute(select(InboxUpdate.update_id))).scalars())


async def test_an_act_that_fails_takes_no_other_with_it(database: Database) -> None:
    outcomes = await asyncio.gather(
        note(database, 1), note(database, 2, "SELECT nonsense"), note(database, 3), return_exceptions=True
    )

    assert [type(outcome) for outcome in outcomes if outcome] == [type(outcomes[1])]
    assert isinstance(outcomes[1], DBAPIError)
    assert sorted(await noted(database)) == [1, 3]


@pytest.mark.parametrize("database_url", [SQLITE], indirect=True)
async def test_nobody_is_told_of_a_commit_that_sqlite_has_undone_by_itself(database: Database) -> None:
    """As it does when the disk is full, in the middle of a group."""
    outcomes = await asyncio.gather(
        note(database, 1), note(database, 2, "ROLLBACK"), note(database, 3), return_exceptions=True
    )

    first, _full, third = outcomes
    # Whoever did nothing wrong may try again; whoever had not begun is committed with those after them.
    assert isinstance(first, Exception)
    assert is_passing(first)
    assert third is None
    assert await noted(database) == [3]
