"""A migrated database of its own for every test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.db.migrate import migrate
from bot.db.session import Database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'bap.sqlite3'}"
    await migrate(url)
    database = Database(url)
    yield database
    await database.close()
