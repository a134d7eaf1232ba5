"""Problems of a municipality that look like another one."""

import asyncio
from dataclasses import dataclass
from functools import cache

from sqlalchemy import select

from bot.data import glossary
from bot.db.models import Problem
from bot.db.models import Village as VillageRow
from bot.db.session import Database
from bot.domain.likeness import Candidate, Glossary, Looked, alike
from bot.domain.places import Name
from bot.domain.problem import PUBLIC, ProblemStatus

# What a report may be the same as, and a problem be joined to.
_COMPARED = PUBLIC | {ProblemStatus.SUBMITTED}


@dataclass(frozen=True, slots=True)
class Similar:
    """A problem that may be the same; `likeness` lies between 0 and 1."""

    id: int
    number: int
    status: ProblemStatus
    text: str
    village: Name
    likeness: float


@cache
def _glossary() -> Glossary:
    return Glossary(glossary())


async def list_similar(
    database: Database,
    municipality_id: int,
    looked_for: Looked,
    *,
    most: int = 5,
    besides: int | None = None,
) -> list[Similar]:
    """The problems most like what is looked for, the likest first; compared in a thread."""
    async with database.read() as db:
        rows = (
            await db.execute(
                select(
                    Problem.id,
                    Problem.folded,
                    Problem.village_id,
                    Problem.topic_id,
                    Problem.number,
                    Problem.status,
                    Problem.text,
                    VillageRow.name_ky,
                    VillageRow.name_ru,
                )
                .join(VillageRow, VillageRow.id == Problem.village_id)
                .where(Problem.municipality_id == municipality_id, Problem.status.in_(_COMPARED))
            )
        ).all()
    others = [row for row in rows if row.id != besides and row.text]
    candidates = [Candidate(row.id, row.folded, row.village_id, row.topic_id) for row in others]
    found = await asyncio.to_thread(alike, _glossary(), looked_for, candidates, most)
    by_id = {row.id: row for row in others}
    return [
        Similar(
            id=row.id,
            number=row.number,
            status=ProblemStatus(row.status),
            text=row.text,
            village=Name(row.name_ky, row.name_ru),
            likeness=likeness,
        )
        for likeness, row in ((likeness, by_id[id_]) for likeness, id_ in found)
    ]
