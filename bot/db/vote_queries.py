"""A stage of a vote and the problems on its list, worded for a reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Municipality, Problem, Round, RoundProblem, Topic, Village
from bot.db.problem_queries import worded
from bot.domain.ballot import Stage
from bot.domain.places import Name


@dataclass(frozen=True, slots=True)
class ListedProblem:
    """A problem of the frozen list."""

    id: int
    number: int
    text: str
    village: Name
    topic: Name | None


@dataclass(frozen=True, slots=True)
class Vote:
    """A stage; `problems` by their ids, in the order of their numbers, `villages` of the municipality."""

    round_id: int
    municipality_id: int
    slug: str
    municipality: Name
    stage: Stage
    picks: int
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    counted_at: datetime | None
    problems: Mapping[int, ListedProblem]
    villages: Mapping[int, Name]

    @property
    def ended_at(self) -> datetime:
        return self.closed_at or self.closes_at

    @property
    def is_final(self) -> bool:
        """Whether nothing is added to the count any more: no paper belongs to a screening."""
        return self.counted_at is not None or (self.stage is Stage.SCREENING and self.closed_at is not None)

    def is_closed(self, now: datetime) -> bool:
        return self.closed_at is not None or now >= self.closes_at


async def find_vote(db: AsyncConnection, round_id: int, language: str) -> Vote | None:
    row = (await db.execute(_VOTE.where(Round.id == round_id))).first()
    if row is None:
        return None
    listed = _LISTED.add_columns(worded(language).label("text")).where(RoundProblem.round_id == round_id)
    villages = await db.execute(
        select(Village.id, Village.name_ky, Village.name_ru)
        .where(Village.municipality_id == row.municipality_id)
        .order_by(Village.name_ky)
    )
    return Vote(
        round_id=round_id,
        municipality_id=row.municipality_id,
        slug=row.slug,
        municipality=Name(row.name_ky, row.name_ru),
        stage=Stage(row.stage),
        picks=row.picks,
        opened_at=row.opened_at,
        closes_at=row.closes_at,
        closed_at=row.closed_at,
        counted_at=row.counted_at,
        problems={each.id: _listed(each) for each in await db.execute(listed.order_by(Problem.number))},
        villages={each.id: Name(each.name_ky, each.name_ru) for each in villages},
    )


_VOTE = select(
    Round.municipality_id,
    Round.stage,
    Round.picks,
    Round.opened_at,
    Round.closes_at,
    Round.closed_at,
    Round.counted_at,
    Municipality.slug,
    Municipality.name_ky,
    Municipality.name_ru,
).join(Municipality, Municipality.id == Round.municipality_id)
_LISTED = (
    select(
        Problem.id,
        Problem.number,
        Village.name_ky.label("village_ky"),
        Village.name_ru.label("village_ru"),
        Topic.short_ky,
        Topic.short_ru,
    )
    .select_from(RoundProblem)
    .join(Problem, Problem.id == RoundProblem.problem_id)
    .join(Village, Village.id == Problem.village_id)
    .outerjoin(Topic, Topic.id == Problem.topic_id)
)


def _listed(row: Any) -> ListedProblem:
    topic = Name(row.short_ky, row.short_ru) if row.short_ky else None
    return ListedProblem(row.id, row.number, row.text, Name(row.village_ky, row.village_ru), topic)
