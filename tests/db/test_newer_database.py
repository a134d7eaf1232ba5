"""An old program on the database of a newer one says so in one line, and changes nothing."""

import asyncio

import pytest
from sqlalchemy import text

from bot import commands
from bot.db.session import Database


async def _pretend_to_be_newer(url: str) -> None:
    database = Database(url)
    async with database.act() as db:
        await db.execute(text("UPDATE alembic_version SET version_num = '0099'"))
    await database.close()


def test_a_newer_database_is_told_in_one_line(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(_pretend_to_be_newer(database_url))
    monkeypatch.setenv("BAP_DATABASE_URL", database_url)
    with pytest.raises(SystemExit) as stopped:
        asyncio.run(commands.migrate())
    said = capsys.readouterr().err.strip()
    assert stopped.value.code == 1
    assert "0099" in said
    assert "\n" not in said
