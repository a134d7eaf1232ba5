"""Opening a vote, its turnout, and closing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import BallotRow, Pick, Problem, Round, RoundProblem
from bot.db.models import Village as VillageRow
from bot.domain.ballot import FEWEST_PROBLEMS
from bot.domain.places import Name
from bot.domain.problem import OPEN_TO_VOTE
from bot.domain.refusals import NothingToVoteOn


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A vote as its facilitator sees it; no count of any problem is part of it."""

    id: int
    municipality_id: int
    picks: int
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    problems: int

    def is_closed(self, now: datetime) -> bool:
        return self.closed_at is not None or now >= self.closes_at


@dataclass(frozen=True, slots=True)
class VillageTurnout:
    """How many people of a village have chosen at least one problem."""

    village: Name
    voters: int


async def find_round(db: AsyncConnection, round_id: int) -> RoundFacts | None:
    problems = select(func.count()).where(RoundProblem.round_id == Round.id)
    row = (
        await db.execute(
            select(
                Round.id,
                Round.municipality_id,
                Round.picks,
                Round.opened_at,
                Round.closes_at,
                Round.closed_at,
                problems.correlate(Round).scalar_subquery(),
            ).where(Round.id == round_id)
        )
    ).first()
    return RoundFacts(*row) if row else None


async def find_unclosed_round(db: AsyncConnection, municipality_id: int) -> RoundFacts | None:
    """The vote that nobody has closed yet, even if its announced moment has passed."""
    found = await db.execute(
        select(Round.id).where(Round.municipality_id == municipality_id, Round.closed_at.is_(None))
    )
    round_id = found.scalar_one_or_none()
    return await find_round(db, round_id) if round_id else None


async def count_published(db: AsyncConnection, municipality_id: int) -> int:
    return (
        await db.execute(
            select(func.count()).where(
                Problem.municipality_id == municipality_id, Problem.status.in_(OPEN_TO_VOTE)
            )
        )
    ).scalar_one()


async def save_round(
    db: AsyncConnection,
    municipality_id: int,
    *,
    picks: int,
    opened_by: int,
    now: datetime,
    closes_at: datetime,
) -> int:
    """Open a vote over all problems published now; return its id."""
    inserted = await db.execute(
        insert(Round)
        .values(
            municipality_id=municipality_id,
            picks=picks,
            opened_at=now,
            opened_by=opened_by,
            closes_at=closes_at,
        )
        .returning(Round.id)
    )
    round_id = inserted.scalar_one()
    published = select(Round.id, Problem.id).where(
        Round.id == round_id,
        Problem.municipality_id == Round.municipality_id,
        Problem.status.in_(OPEN_TO_VOTE),
    )
    listed = await db.execute(insert(RoundProblem).from_select(["round_id", "problem_id"], published))
    if listed.rowcount < FEWEST_PROBLEMS:
        raise NothingToVoteOn
    return round_id


async def save_closed(db: AsyncConnection, round_id: int, closed_by: int | None, now: datetime) -> bool:
    """Whether this call closed the vote; one that is closed stays as it was."""
    done = await db.execute(
        update(Round)
        .where(Round.id == round_id, Round.closed_at.is_(None))
        .values(closed_at=now, closed_by=closed_by)
    )
    return done.rowcount > 0


async def list_due_rounds(db: AsyncConnection, now: datetime) -> list[tuple[int, int]]:
    """(round, municipality) of the votes whose announced moment has passed and that nobody has closed."""
    rows = await db.execute(
        select(Round.id, Round.municipality_id).where(Round.closed_at.is_(None), Round.closes_at <= now)
    )
    return [(row.id, row.municipality_id) for row in rows]


async def list_turnout(db: AsyncConnection, facts: RoundFacts) -> Sequence[VillageTurnout]:
    """Voters by the village they vote for; every village of the municipality is listed."""
    voters = (
        select(BallotRow.village_id, func.count().label("voters"))
        .where(
            BallotRow.round_id == facts.id,
            select(Pick.ballot_id).where(Pick.ballot_id == BallotRow.id).exists(),
        )
        .group_by(BallotRow.village_id)
        .subquery()
    )
    rows = await db.execute(
        select(VillageRow.name_ky, VillageRow.name_ru, func.coalesce(voters.c.voters, 0).label("voters"))
        .outerjoin(voters, voters.c.village_id == VillageRow.id)
        .where(VillageRow.municipality_id == facts.municipality_id)
        .order_by(VillageRow.name_ky)
    )
    return [VillageTurnout(Name(row.name_ky, row.name_ru), row.voters) for row in rows]
