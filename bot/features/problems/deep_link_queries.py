"""A problem as a link leads to it: from any chat, for a resident of any municipality."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Municipality as MunicipalityRow, Problem
from bot.domain.places import Name
from bot.domain.problem import ProblemStatus
from bot.features.problems.problem_queries import ProblemCard, find_card
from bot.features.problems.seeing_queries import is_public

# A problem is joined to another, that one perhaps to a third; never so far as this.
MOST_STEPS = 8


@dataclass(frozen=True, slots=True)
class SharedProblem:
    """What anybody may read who has the link."""

    card: ProblemCard
    municipality_id: int
    municipality: Name


async def find_shared(db: AsyncConnection, problem_id: int) -> SharedProblem | None:
    """The public problem; for one that was joined to another, the one that speaks for it now."""
    speaker = await _find_speaker(db, problem_id)
    card = await find_card(db, Problem.id == speaker, is_public()) if speaker else None
    if card is None:
        return None
    row = (
        await db.execute(
            select(MunicipalityRow.id, MunicipalityRow.name_ky, MunicipalityRow.name_ru)
            .join(Problem, Problem.municipality_id == MunicipalityRow.id)
            .where(Problem.id == card.id)
        )
    ).one()
    return SharedProblem(card, row.id, Name(row.name_ky, row.name_ru))


async def _find_speaker(db: AsyncConnection, problem_id: int) -> int | None:
    for _step in range(MOST_STEPS):
        row = (
            await db.execute(select(Problem.status, Problem.merged_into_id).where(Problem.id == problem_id))
        ).first()
        if row is None:
            return None
        if row.status != ProblemStatus.MERGED or row.merged_into_id is None:
            return problem_id
        problem_id = row.merged_into_id
    return None
