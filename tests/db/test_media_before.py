"""What was sent before authors were asked: photos stay to be seen, voices are the facilitator's."""

from datetime import UTC, datetime

from alembic import command
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.db.migrate import alembic_config, migrate
from bot.db.models import Attachment, Municipality, Problem, Village
from bot.domain.problem import MediaKind, Purpose

SENT = [
    (MediaKind.PHOTO, Purpose.REPORT, True),
    (MediaKind.VOICE, Purpose.REPORT, False),
    (MediaKind.LOCATION, Purpose.REPORT, True),
    (MediaKind.PHOTO, Purpose.UNSOLVED, False),
    (MediaKind.VOICE, Purpose.ANSWER, False),
]


def _down(connection: Connection) -> None:
    command.downgrade(alembic_config(connection), "0006")


def _put_there(connection: Connection) -> None:
    problem = _published(connection)
    for kind, purpose, is_public in SENT:
        # The other way round than the migration will have it.
        values = {"problem_id": problem, "kind": kind, "purpose": purpose, "is_public": not is_public}
        connection.execute(insert(Attachment).values(values))


def _put_a_voice_for_the_facilitator(connection: Connection) -> None:
    values = {"problem_id": _published(connection), "kind": MediaKind.VOICE, "purpose": Purpose.REPORT}
    connection.execute(insert(Attachment).values(is_public=False, **values))


def _published(connection: Connection) -> int:
    village = connection.execute(select(Village.id, Village.municipality_id)).first()
    assert village is not None
    made = connection.execute(
        insert(Problem)
        .values(
            municipality_id=village.municipality_id,
            number=1,
            village_id=village.id,
            language="ru",
            text="",
            folded="",
            status="published",
            created_at=datetime.now(UTC),
        )
        .returning(Problem.id)
    )
    return int(made.scalar_one())


async def test_voices_of_before_count_as_not_agreed_and_drafts_keep_their_numbers(database_url: str) -> None:
    engine = create_async_engine(database_url)
    async with engine.begin() as db:
        assert (await db.execute(select(Municipality.id).limit(1))).first()
        await db.run_sync(_put_there)
        await db.run_sync(_down)
        columns = (await db.execute(text("SELECT * FROM attachments"))).keys()
        assert "is_public" not in columns
    await migrate(database_url)
    async with engine.begin() as db:
        kept = await db.execute(
            select(Attachment.kind, Attachment.purpose, Attachment.is_public).order_by(Attachment.id)
        )
        assert [tuple(row) for row in kept] == SENT
        if engine.dialect.name == "sqlite":
            made = await db.execute(text("SELECT sql FROM sqlite_master WHERE name = 'drafts'"))
            assert "AUTOINCREMENT" in made.scalar_one()
    await engine.dispose()


async def test_a_voice_for_the_facilitator_alone_is_not_exposed_by_going_back(database_url: str) -> None:
    engine = create_async_engine(database_url)
    async with engine.begin() as db:
        await db.run_sync(_put_a_voice_for_the_facilitator)
        await db.run_sync(_down)
        kept = await db.execute(select(Attachment.kind, Attachment.purpose))
        assert [tuple(row) for row in kept] == [(MediaKind.VOICE, Purpose.ANSWER)]
    await migrate(database_url)
    async with engine.begin() as db:
        assert (await db.execute(select(Attachment.is_public))).scalar_one() is False
    await engine.dispose()
