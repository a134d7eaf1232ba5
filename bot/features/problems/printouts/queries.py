"""The problems of a municipality, whatever their state."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Problem
from bot.features.problems.problem_sheet_queries import (
    ProblemRecord,
    list_records,
)


async def list_all(db: AsyncConnection, municipality_id: int) -> list[ProblemRecord]:
    return await list_records(db, Problem.municipality_id == municipality_id)
