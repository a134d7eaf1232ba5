"""Whoever was being asked something when the bot was brought up to date is still being asked that."""

from datetime import UTC, datetime

from alembic import command
from sqlalchemy import Connection, insert, select
from sqlalchemy.ext.asyncio import create_async_engine

from bot.db.migrate import alembic_config, migrate
from bot.db.models import ResidentRow
from bot.domain.hearing import Decision
from bot.domain.plan import Part
from bot.features.hearings.questions.states import answer_awaited
from bot.features.plan.drafting.states import PARTS, SCAN

WAITS = [
    *(f"{PARTS}{part}" for part in Part),
    *(answer_awaited(decision, anew=anew) for decision in (None, *Decision) for anew in (False, True)),
    SCAN,
]


def _down(connection: Connection) -> None:
    command.downgrade(alembic_config(connection), "0006")


async def test_questions_that_got_another_name_are_still_asked(database_url: str) -> None:
    engine = create_async_engine(database_url)
    people = [
        {"telegram_id": number, "language": "ky", "awaiting": wait, "created_at": datetime.now(UTC)}
        for number, wait in enumerate(WAITS, 1)
    ]
    async with engine.begin() as db:
        await db.execute(insert(ResidentRow), people)
        await db.run_sync(_down)
        before = (await db.execute(select(ResidentRow.awaiting).order_by(ResidentRow.id))).scalars().all()
        assert before[len(Part)] == "question:answer:none"
        assert [each for each in before if each not in WAITS] == before[:-1]
    await migrate(database_url)
    async with engine.begin() as db:
        now = await db.execute(select(ResidentRow.awaiting).order_by(ResidentRow.id))
        assert now.scalars().all() == WAITS
    await engine.dispose()
