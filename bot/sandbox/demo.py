"""Something to see at a rehearsal: problems, a vote that is over, and the desk's two people in their roles.

All of it is the same every time, only the dates move along with today.
"""

import csv
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Base, Municipality, Problem, Topic, Village
from bot.db.session import Database
from bot.domain.problem import ProblemStatus
from bot.domain.roles import Role
from bot.domain.text_folding import fold
from bot.sandbox.demo_people import Cast, Person, Stage, save_grants, save_people
from bot.sandbox.demo_vote import save_round, save_votes

__all__ = ["Cast", "lay_out", "wipe"]

MUNICIPALITY = "jazy"
SEED = 2019
# What a rehearsal starts from, and so keeps.
_KEPT = (Municipality, Village, Topic)


async def lay_out(database: Database, cast: Cast) -> None:
    """Fill the rehearsal municipality, unless it has problems already or its villages are not there."""
    problems = _demo_problems()
    async with database.act() as connection:
        stage = await _empty_stage(connection)
        if stage is None or not {row["village"] for row in problems} <= stage.villages.keys():
            return
        facilitator, officer, *residents = await save_people(stage, cast)
        await save_grants(stage, {Role.FACILITATOR: facilitator, Role.OFFICER: officer})
        await _save_problems(stage, problems, residents, facilitator)
        round_id = await save_round(stage, facilitator)
        appeals = {number: float(row["appeal"]) for number, row in enumerate(problems, start=1)}
        await save_votes(stage, round_id, appeals, residents)


async def wipe(database: Database) -> None:
    """Forget everything but the places and the topics."""
    kept = {table.__tablename__ for table in _KEPT}
    async with database.act() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name not in kept:
                await connection.execute(delete(table))
        await connection.execute(update(Municipality).values(last_problem_number=0))


def _demo_problems() -> list[dict[str, str]]:
    content = files("bot.sandbox").joinpath("demo.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(content.splitlines()))


async def _empty_stage(connection: AsyncConnection) -> Stage | None:
    has_problems = exists().where(Problem.municipality_id == Municipality.id)
    municipality_id = await connection.scalar(
        select(Municipality.id).where(Municipality.slug == MUNICIPALITY, ~has_problems)
    )
    if municipality_id is None:
        return None
    rows = await connection.execute(
        select(Village.name_ky, Village.id).where(Village.municipality_id == municipality_id)
    )
    return Stage(
        connection,
        municipality_id,
        {row.name_ky: row.id for row in rows},
        frozenset(await connection.scalars(select(Topic.id))),
        datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0),
        random.Random(SEED),  # noqa: S311  # no secret, only variety
    )


async def _save_problems(
    stage: Stage, problems: Sequence[Mapping[str, str]], residents: Sequence[Person], facilitator: Person
) -> None:
    rows = [
        _problem(stage, number, row, residents, facilitator) for number, row in enumerate(problems, start=1)
    ]
    await stage.connection.execute(insert(Problem), rows)
    await stage.connection.execute(
        update(Municipality)
        .where(Municipality.id == stage.municipality_id)
        .values(last_problem_number=len(rows))
    )


def _problem(
    stage: Stage, number: int, row: Mapping[str, str], residents: Sequence[Person], facilitator: Person
) -> dict[str, Any]:
    village_id = stage.villages[row["village"]]
    authors = [
        each.id for each in residents if (each.village_id, each.language) == (village_id, row["language"])
    ]
    topic_id = int(row["topic"] or 0)
    published = row["published_days_ago"]
    return {
        "municipality_id": stage.municipality_id,
        "number": number,
        "author_id": stage.chance.choice(authors),
        "village_id": village_id,
        "topic_id": topic_id if topic_id in stage.topics else None,
        "language": row["language"],
        "text": row["text"],
        "folded": fold(row["text"]),
        "who": row["who"] or None,
        "status": ProblemStatus.PUBLISHED if published else ProblemStatus.SUBMITTED,
        "created_at": stage.ago(int(row["reported_days_ago"])),
        "decided_at": stage.ago(int(published), hour=10) if published else None,
        "decided_by": facilitator.id if published else None,
    }
