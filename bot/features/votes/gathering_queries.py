"""Gatherings that vote on paper, and the population by which votes are weighed."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.db.models import GatheringRow, GatheringVotes, Population, Village
from bot.domain.gathering import Method, People
from bot.domain.places import Name
from bot.domain.voter import AgeGroup, Sex


@dataclass(frozen=True, slots=True)
class Gathering:
    """The tally of a gathering; `votes` by problem, those that nobody chose are left out."""

    id: int
    round_id: int
    batch: str
    village_id: int
    village: Name
    held_on: date
    place: str
    people: People
    method: Method
    women: int
    men: int
    voted: int
    already_voted: int
    first_signatory: str
    second_signatory: str
    photo_file_id: str | None
    entered_at: datetime
    votes: Mapping[int, int]
    taken_back_at: datetime | None
    reason: str | None
    """Why it was taken back."""

    @property
    def present(self) -> int:
        return self.women + self.men

    @property
    def counts(self) -> bool:
        return self.taken_back_at is None


async def list_gatherings(db: AsyncConnection, round_id: int) -> list[Gathering]:
    """All that were entered, in that order; those taken back say so."""
    told = (await db.execute(_VOTES.where(GatheringRow.round_id == round_id))).all()
    # Hundreds of sheets with hundreds of problems: others have their turn meanwhile.
    votes = await asyncio.to_thread(_by_gathering, told)
    rows = await db.execute(_GATHERINGS.where(GatheringRow.round_id == round_id).order_by(GatheringRow.id))
    return [_gathering(row, votes[row.id]) for row in rows]


def _by_gathering(told: Sequence[Any]) -> Mapping[int, Mapping[int, int]]:
    votes: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for gathering_id, problem_id, number in told:
        votes[gathering_id][problem_id] = number
    return votes


async def find_gathering(db: AsyncConnection, gathering_id: int) -> Gathering | None:
    row = (await db.execute(_GATHERINGS.where(GatheringRow.id == gathering_id))).first()
    if row is None:
        return None
    votes = await db.execute(_VOTES.where(GatheringVotes.gathering_id == gathering_id))
    return _gathering(row, {each.problem_id: each.votes for each in votes})


def counted(gatherings: Sequence[Gathering]) -> list[Gathering]:
    return [each for each in gatherings if each.counts]


_VOTES = select(GatheringVotes.gathering_id, GatheringVotes.problem_id, GatheringVotes.votes).join(
    GatheringRow, GatheringRow.id == GatheringVotes.gathering_id
)
_Reversing = aliased(GatheringRow)
_GATHERINGS = (
    select(
        GatheringRow.id,
        GatheringRow.round_id,
        GatheringRow.batch,
        GatheringRow.village_id,
        Village.name_ky,
        Village.name_ru,
        GatheringRow.held_on,
        GatheringRow.place,
        GatheringRow.people,
        GatheringRow.method,
        GatheringRow.women,
        GatheringRow.men,
        GatheringRow.voted,
        GatheringRow.already_voted,
        GatheringRow.first_signatory,
        GatheringRow.second_signatory,
        GatheringRow.photo_file_id,
        GatheringRow.entered_at,
        _Reversing.entered_at.label("taken_back_at"),
        _Reversing.reason.label("reason"),
    )
    .join(Village, Village.id == GatheringRow.village_id)
    .outerjoin(_Reversing, _Reversing.reverses_id == GatheringRow.id)
    .where(GatheringRow.reverses_id.is_(None))
)


def _gathering(row: Any, votes: Mapping[int, int]) -> Gathering:
    return Gathering(
        id=row.id,
        round_id=row.round_id,
        batch=row.batch,
        village_id=row.village_id,
        village=Name(row.name_ky, row.name_ru),
        held_on=row.held_on,
        place=row.place,
        people=People(row.people),
        method=Method(row.method),
        women=row.women,
        men=row.men,
        voted=row.voted,
        already_voted=row.already_voted,
        first_signatory=row.first_signatory,
        second_signatory=row.second_signatory,
        photo_file_id=row.photo_file_id,
        entered_at=row.entered_at,
        votes=votes,
        taken_back_at=row.taken_back_at,
        reason=row.reason,
    )


async def find_population(
    db: AsyncConnection, municipality_id: int
) -> Mapping[tuple[int, Sex, AgeGroup], int]:
    """People by village, sex and age group; empty where nobody has told it."""
    rows = await db.execute(
        select(Population.village_id, Population.sex, Population.age_group, Population.people)
        .join(Village, Village.id == Population.village_id)
        .where(Village.municipality_id == municipality_id)
    )
    return {(row.village_id, Sex(row.sex), AgeGroup(row.age_group)): row.people for row in rows}
