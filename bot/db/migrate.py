"""Brings a database to the shape of this version of the bot."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.db.scrubbing import SECURE_DELETE, write_anew

MIGRATIONS = Path(__file__).parents[2] / "migrations"
# Any number will do; processes that start together take turns by it.
_TURNS = 7_204_118


async def migrate(url: str) -> None:
    """Run all migrations that are still missing. Safe to call from several processes at once."""
    if await _is_changed(url):
        await write_anew(url)


async def _is_changed(url: str) -> bool:
    """Whether there was an older database, which is now of this version."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _delete_securely)
    try:
        async with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                await connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _TURNS})
            return await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


def _delete_securely(connection: Any, _record: object) -> None:
    connection.cursor().execute(SECURE_DELETE)


class DatabaseIsNewer(Exception):
    """A newer version of the bot has changed the database; this one would not know what it does there."""


def _upgrade(connection: Connection) -> bool:
    config = alembic_config(connection)
    known = {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()}
    before = MigrationContext.configure(connection).get_current_heads()
    unknown = set(before) - known
    if unknown:
        raise DatabaseIsNewer(", ".join(sorted(unknown)))
    command.upgrade(config, "head")
    return before not in ((), MigrationContext.configure(connection).get_current_heads())


def alembic_config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
