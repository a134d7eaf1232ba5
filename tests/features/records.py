"""What the database holds, and putting there what would take long to play."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Executable, Row, insert, select, update

from bot.db.models import (
    BallotRow,
    Base,
    Broadcast,
    Delivery,
    GrantRow,
    InboxUpdate,
    JournalEntry,
    Municipality,
    Pick,
    Problem,
    ResidentRow,
    Village,
)
from bot.domain.problem import ProblemStatus
from bot.domain.text_folding import fold
from tests.stage import Stage, Visitor

Record = Row[*tuple[Any, ...]]


async def rows(stage: Stage, statement: Executable) -> Sequence[Record]:
    async with stage.database.read() as db:
        return (await db.execute(statement)).all()


async def change(stage: Stage, statement: Executable) -> None:
    async with stage.database.act() as db:
        await db.execute(statement)


async def resident_of(stage: Stage, visitor: Visitor) -> Record:
    return (await rows(stage, select(ResidentRow.__table__).where(ResidentRow.telegram_id == visitor.id)))[0]


async def municipality_id(stage: Stage, slug: str) -> int:
    return int((await rows(stage, select(Municipality.id).where(Municipality.slug == slug)))[0].id)


async def village_ids(stage: Stage, slug: str) -> list[int]:
    found = await rows(
        stage,
        select(Village.id)
        .join(Municipality, Municipality.id == Village.municipality_id)
        .where(Municipality.slug == slug)
        .order_by(Village.id),
    )
    return [row.id for row in found]


async def id_of_broadcast(stage: Stage, notice: str) -> int:
    return int((await rows(stage, select(Broadcast.id).where(Broadcast.notice == notice)))[0].id)


async def problems(stage: Stage) -> Sequence[Record]:
    return await rows(stage, select(Problem.__table__).order_by(Problem.id))


async def picks_of(stage: Stage, visitor: Visitor) -> set[int]:
    found = await rows(
        stage,
        select(Pick.problem_id)
        .join(BallotRow, BallotRow.id == Pick.ballot_id)
        .join(ResidentRow, ResidentRow.id == BallotRow.resident_id)
        .where(ResidentRow.telegram_id == visitor.id),
    )
    return {row.problem_id for row in found}


async def journal(stage: Stage, act: str) -> Sequence[Record]:
    return await rows(stage, select(JournalEntry.__table__).where(JournalEntry.act == act))


async def deliveries(stage: Stage) -> Sequence[Record]:
    return await rows(stage, select(Delivery.__table__).order_by(Delivery.id))


async def grants(stage: Stage) -> Sequence[Record]:
    return await rows(stage, select(GrantRow.__table__).order_by(GrantRow.id))


async def everything(stage: Stage) -> dict[str, Any]:
    """All that is stored, but for the list of messages seen and the moments of the last look."""
    tables = [table for table in Base.metadata.sorted_tables if table is not InboxUpdate.__table__]
    held = {}
    for table in tables:
        columns = [column for column in table.columns if column.name != "changed_at"]
        held[table.name] = await rows(stage, select(*columns).order_by(*table.primary_key.columns))
    return held


async def publish(stage: Stage, *texts: str, slug: str = "jazy") -> list[int]:
    """Problems that are on the list already."""
    place, now = await municipality_id(stage, slug), datetime.now(UTC)
    village = (await village_ids(stage, slug))[0]
    async with stage.database.act() as db:
        counted = await db.execute(
            update(Municipality)
            .where(Municipality.id == place)
            .values(last_problem_number=Municipality.last_problem_number + len(texts))
            .returning(Municipality.last_problem_number)
        )
        number = counted.scalar_one() - len(texts)
        listed = [
            {
                "municipality_id": place,
                "number": number + position,
                "village_id": village,
                "language": "ru",
                "text": text,
                "folded": fold(text),
                "status": ProblemStatus.PUBLISHED,
                "created_at": now,
            }
            for position, text in enumerate(texts, 1)
        ]
        await db.execute(insert(Problem), listed)
        found = await db.execute(
            select(Problem.id)
            .where(Problem.municipality_id == place, Problem.number > number)
            .order_by(Problem.number)
        )
        return list(found.scalars())


async def publish_many(stage: Stage, count: int) -> list[int]:
    return await publish(stage, *(f"Беда номер {number}, и с нею трудно жить" for number in range(count)))
