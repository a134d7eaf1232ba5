"""The count of a vote, made by the database, and the record of the problems it was about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import BallotRow, Municipality, Pick, Problem, Round, RoundProblem, Topic, Village
from bot.db.problem_queries import worded
from bot.db.record_queries import ProblemRecord, list_records
from bot.domain.places import Name
from bot.domain.ranking import Group


@dataclass(frozen=True, slots=True)
class ListedProblem:
    """A problem of the frozen list."""

    id: int
    number: int
    text: str
    village: Name
    topic: Name | None


@dataclass(frozen=True, slots=True)
class Tally:
    """A vote and its counts; a voter is a ballot with at least one pick, counted in `villages`."""

    round_id: int
    municipality_id: int
    slug: str
    municipality: Name
    picks: int
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    problems: Sequence[ListedProblem]
    villages: Sequence[Group]
    village_names: Mapping[int, Name]
    records: Sequence[ProblemRecord] = ()

    @property
    def voters(self) -> int:
        return sum(village.voters for village in self.villages)

    @property
    def votes(self) -> dict[int, int]:
        """Votes by problem, those without any included."""
        return {
            problem.id: sum(village.votes.get(problem.id, 0) for village in self.villages)
            for problem in self.problems
        }

    def is_closed(self, now: datetime) -> bool:
        return self.closed_at is not None or now >= self.closes_at


async def find_tally(db: AsyncConnection, round_id: int, language: str) -> Tally | None:
    """The count, its problems worded for readers of this language."""
    chosen = _LISTED.add_columns(worded(language).label("text")).where(Round.id == round_id)
    listed = (await db.execute(chosen.order_by(Problem.number))).all()
    if not listed:
        return None
    voters = (await db.execute(_VOTERS.where(BallotRow.round_id == round_id))).all()
    votes = (await db.execute(_VOTES.where(BallotRow.round_id == round_id))).all()
    listed_ids = select(RoundProblem.problem_id).where(RoundProblem.round_id == round_id)
    records = await list_records(db, Problem.id.in_(listed_ids))
    return _tally(listed, voters, votes, records)


async def find_latest_closed(db: AsyncConnection, slug: str, now: datetime) -> int | None:
    """The municipality's newest vote that is over."""
    found = await db.execute(
        select(func.max(Round.id))
        .join(Municipality, Municipality.id == Round.municipality_id)
        .where(Municipality.slug == slug, Round.closed_at.is_not(None) | (Round.closes_at <= now))
    )
    return found.scalar_one_or_none()


_LISTED = (
    select(
        Round.id.label("round_id"),
        Round.municipality_id,
        Municipality.slug,
        Municipality.name_ky,
        Municipality.name_ru,
        Round.picks,
        Round.opened_at,
        Round.closes_at,
        Round.closed_at,
        Problem.id,
        Problem.number,
        Village.name_ky.label("village_ky"),
        Village.name_ru.label("village_ru"),
        Topic.short_ky,
        Topic.short_ru,
    )
    .select_from(Round)
    .join(Municipality, Municipality.id == Round.municipality_id)
    .join(RoundProblem, RoundProblem.round_id == Round.id)
    .join(Problem, Problem.id == RoundProblem.problem_id)
    .join(Village, Village.id == Problem.village_id)
    .outerjoin(Topic, Topic.id == Problem.topic_id)
)
_HAS_PICKED = select(Pick.ballot_id).where(Pick.ballot_id == BallotRow.id).exists()
_VOTERS = (
    select(BallotRow.village_id, Village.name_ky, Village.name_ru, func.count().label("voters"))
    .join(Village, Village.id == BallotRow.village_id)
    .where(_HAS_PICKED)
    .group_by(BallotRow.village_id, Village.name_ky, Village.name_ru)
)
_VOTES = (
    select(BallotRow.village_id, Pick.problem_id, func.count().label("votes"))
    .join(Pick, Pick.ballot_id == BallotRow.id)
    .group_by(BallotRow.village_id, Pick.problem_id)
)


def _tally(
    listed: Sequence[Any], voters: Sequence[Any], votes: Sequence[Any], records: Sequence[ProblemRecord]
) -> Tally:
    by_village: dict[int, dict[int, int]] = defaultdict(dict)
    for row in votes:
        by_village[row.village_id][row.problem_id] = row.votes
    first = listed[0]
    return Tally(
        round_id=first.round_id,
        municipality_id=first.municipality_id,
        slug=first.slug,
        municipality=Name(first.name_ky, first.name_ru),
        picks=first.picks,
        opened_at=first.opened_at,
        closes_at=first.closes_at,
        closed_at=first.closed_at,
        problems=[_listed(row) for row in listed],
        villages=[Group(row.village_id, row.voters, by_village[row.village_id]) for row in voters],
        village_names={row.village_id: Name(row.name_ky, row.name_ru) for row in voters},
        records=records,
    )


def _listed(row: Any) -> ListedProblem:
    topic = Name(row.short_ky, row.short_ru) if row.short_ky else None
    return ListedProblem(row.id, row.number, row.text, Name(row.village_ky, row.village_ru), topic)
