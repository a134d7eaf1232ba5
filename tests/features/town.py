"""Short ways to a municipality with something in it."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Base, Pick, Problem, Round, RoundProblem
from tests.features.people import report
from tests.stage import Stage, Visitor


async def published(stage: Stage, number: int) -> tuple[Visitor, Visitor]:
    """A resident whose problems are published, and the facilitator who did it."""
    resident, facilitator = await stage.resident("ky"), await stage.facilitator()
    for each in range(number):
        await report(resident, f"Көйгөй {each}: жолдор бузулган, көпүрө жок")
        await facilitator.send("/desk")
        await facilitator.tap("queue:")
        await facilitator.tap("pub:")
    return resident, facilitator


async def open_vote(facilitator: Visitor) -> None:
    await facilitator.send("/desk")
    await facilitator.tap("vplan:")
    await facilitator.tap("vday:")
    await facilitator.tap("vopen:")


async def vote_on(stage: Stage, problems: int) -> tuple[Visitor, Visitor]:
    resident, facilitator = await published(stage, problems)
    await open_vote(facilitator)
    return resident, facilitator


async def count(db: AsyncConnection, table: type[Base]) -> int:
    return int((await db.execute(select(func.count()).select_from(table))).scalar_one())


async def picks(stage: Stage) -> int:
    async with stage.database.read() as db:
        return await count(db, Pick)


async def listed(stage: Stage) -> tuple[int, list[int]]:
    """The newest round and the problems on its list."""
    async with stage.database.read() as db:
        round_id = (await db.execute(select(func.max(Round.id)))).scalar_one()
        found = await db.execute(
            select(RoundProblem.problem_id).where(RoundProblem.round_id == round_id).order_by("problem_id")
        )
        return int(round_id), list(found.scalars())


async def problems(stage: Stage) -> list[tuple[int, str, str]]:
    """(number, status, text) of every problem."""
    async with stage.database.read() as db:
        rows = await db.execute(select(Problem.number, Problem.status, Problem.text).order_by(Problem.id))
        return [(row.number, row.status, row.text) for row in rows]
