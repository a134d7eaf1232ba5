"""The migrations make exactly the tables of the code, on both engines."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from bot.db.models import Base
from bot.db.session import Database


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Base.metadata))


async def test_migrations_and_models_agree(database: Database) -> None:
    async with database.read() as db:
        assert await db.run_sync(differences) == []
