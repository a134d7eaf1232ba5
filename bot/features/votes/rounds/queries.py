"""Opening a stage of a vote, its turnout, closing it, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.db.models import BallotRow, Pick, Problem, Round, RoundProblem, Village as VillageRow
from bot.domain.ballot import FEWEST_PROBLEMS, Stage
from bot.domain.places import Name
from bot.domain.problem import OPEN_TO_VOTE
from bot.domain.refusals import NothingToVoteOn


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A stage of a vote as its facilitator sees it; no count of any problem is part of it.

    `next_id` is the deciding stage that followed a screening.
    """

    id: int
    municipality_id: int
    stage: Stage
    picks: int
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    counted_at: datetime | None
    problems: int
    next_id: int | None = None

    def is_closed(self, now: datetime) -> bool:
        return self.closed_at is not None or now >= self.closes_at

    @property
    def is_final(self) -> bool:
        """Whether nothing is added to the count any more: no paper belongs to a screening."""
        return self.counted_at is not None or (self.stage is Stage.SCREENING and self.closed_at is not None)

    @property
    def awaits_shortlist(self) -> bool:
        return self.stage is Stage.SCREENING and self.closed_at is not None and self.next_id is None

    @property
    def awaits_result(self) -> bool:
        return self.stage is Stage.DECIDING and self.closed_at is not None and self.counted_at is None


@dataclass(frozen=True, slots=True)
class VillageTurnout:
    """How many people of a village have chosen at least one problem."""

    village: Name
    voters: int


async def find_round(db: AsyncConnection, round_id: int, *, lock: bool = False) -> RoundFacts | None:
    problems = select(func.count()).where(RoundProblem.round_id == Round.id)
    following = aliased(Round)
    next_id = select(func.max(following.id)).where(following.screening_id == Round.id)
    chosen = select(
        Round.id,
        Round.municipality_id,
        Round.stage,
        Round.picks,
        Round.opened_at,
        Round.closes_at,
        Round.closed_at,
        Round.counted_at,
        problems.correlate(Round).scalar_subquery(),
        next_id.correlate(Round).scalar_subquery(),
    ).where(Round.id == round_id)
    row = (await db.execute(chosen.with_for_update(of=Round) if lock else chosen)).first()
    if row is None:
        return None
    return RoundFacts(row[0], row[1], Stage(row.stage), *row[3:])


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


@dataclass(frozen=True, slots=True)
class NewRound:
    """A stage about to be opened: over `only` these problems, or over all that can be voted on now."""

    stage: Stage
    picks: int
    closes_at: datetime
    only: Sequence[int] | None = None
    screening_id: int | None = None
    left_out_reason: str | None = None


async def save_round(
    db: AsyncConnection, municipality_id: int, new: NewRound, *, opened_by: int, now: datetime
) -> int:
    """Open a stage; return its id."""
    inserted = await db.execute(
        insert(Round)
        .values(
            municipality_id=municipality_id,
            stage=new.stage,
            screening_id=new.screening_id,
            picks=new.picks,
            opened_at=now,
            opened_by=opened_by,
            closes_at=new.closes_at,
            left_out_reason=new.left_out_reason,
        )
        .returning(Round.id)
    )
    round_id = inserted.scalar_one()
    listed = select(Round.id, Problem.id).where(
        Round.id == round_id,
        Problem.municipality_id == Round.municipality_id,
        Problem.status.in_(OPEN_TO_VOTE),
        *([] if new.only is None else [Problem.id.in_(new.only)]),
    )
    done = await db.execute(insert(RoundProblem).from_select(["round_id", "problem_id"], listed))
    if done.rowcount < FEWEST_PROBLEMS:
        raise NothingToVoteOn
    return round_id


async def find_last_change(db: AsyncConnection, round_id: int) -> datetime | None:
    """When a ballot of this stage was changed last, by the clock of the process that did it."""
    return (
        await db.execute(select(func.max(BallotRow.changed_at)).where(BallotRow.round_id == round_id))
    ).scalar()


async def save_closed(db: AsyncConnection, round_id: int, closed_by: int | None, now: datetime) -> bool:
    """Whether this call closed the vote; one that is closed stays as it was."""
    done = await db.execute(
        update(Round)
        .where(Round.id == round_id, Round.closed_at.is_(None))
        .values(closed_at=now, closed_by=closed_by)
    )
    return done.rowcount > 0


async def save_counted(
    db: AsyncConnection, round_id: int, counted_by: int | None, now: datetime, frozen: Mapping[str, Any]
) -> None:
    """The result is public from now on; `frozen` is the count that it came from."""
    await db.execute(
        update(Round)
        .where(Round.id == round_id)
        .values(counted_at=now, counted_by=counted_by, frozen=dict(frozen))
    )


async def find_last_result(db: AsyncConnection, municipality_id: int) -> int | None:
    """The newest vote whose result everybody may see."""
    found = await db.execute(
        select(func.max(Round.id)).where(
            Round.municipality_id == municipality_id,
            Round.stage == Stage.DECIDING,
            Round.counted_at.is_not(None),
        )
    )
    return found.scalar_one_or_none()


async def list_due_rounds(db: AsyncConnection, now: datetime) -> Sequence[int]:
    """The votes whose announced moment has passed and that nobody has closed."""
    rows = await db.execute(select(Round.id).where(Round.closed_at.is_(None), Round.closes_at <= now))
    return rows.scalars().all()


async def list_overdue(db: AsyncConnection, closed_before: datetime) -> Sequence[int]:
    """The votes that were closed before this moment and whose result nobody has published."""
    rows = await db.execute(
        select(Round.id).where(
            Round.stage == Stage.DECIDING, Round.counted_at.is_(None), Round.closed_at <= closed_before
        )
    )
    return rows.scalars().all()


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
