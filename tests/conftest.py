"""Databases for tests: every test gets a migrated one of its own, on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.commands import ready_database
from bot.db.session import Database
from tests.engines import POSTGRESQL, POSTGRESQL_URL, SQLITE, PostgresTemplate, absent, copy_of
from tests.stage import Stage


async def _prepare(url: str) -> None:
    await (await ready_database(url)).close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "bap.sqlite3"
    asyncio.run(_prepare(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[PostgresTemplate]:
    template = PostgresTemplate(POSTGRESQL_URL)
    try:
        template.create()
    except OSError as error:
        absent(POSTGRESQL, str(error) or type(error).__name__)
    asyncio.run(_prepare(template.url))
    yield template
    template.drop()


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh migrated database with the pilot data, on each engine in turn."""
    if request.param == SQLITE:
        yield copy_of(request.getfixturevalue("sqlite_template"), tmp_path)
    else:
        yield from request.getfixturevalue("postgres_template").copy()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def stage(database: Database) -> Stage:
    """The bot on a fresh database, on each engine in turn."""
    return Stage(database)
