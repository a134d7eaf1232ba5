"""Imports are tried on a database without places: the pilot data are taken out of it first."""

import pytest
from sqlalchemy import delete

from bot.db.models import Municipality, Topic, Village
from bot.db.session import Database


@pytest.fixture
async def database(database: Database) -> Database:
    async with database.act() as db:
        for table in (Village, Municipality, Topic):
            await db.execute(delete(table))
    return database
