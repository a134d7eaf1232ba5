"""Joining problems. Whoever stands behind the joined one is copied to the other, marked with its origin.

The copies make undoing exact: splitting takes back what came with a problem and nothing else. What was
joined to the joined one speaks through the new one from then on, so there are never two steps to follow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, literal, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Problem, Round, RoundProblem, Supporter
from bot.db.queries import upsert_into
from bot.domain.problem import PUBLIC, ProblemStatus
from bot.features.problems.problem_queries import ProblemCard, find_card

# What may be joined, and joined to.
MERGEABLE = PUBLIC | {ProblemStatus.SUBMITTED}


@dataclass(frozen=True, slots=True)
class Mergeable:
    """A problem that is to be joined or split. `spoken_for_by` is the id of the one that speaks for it."""

    card: ProblemCard
    municipality_id: int
    author_id: int | None
    spoken_for_by: int | None

    @property
    def id(self) -> int:
        """The problem's."""
        return self.card.id

    @property
    def may_merge(self) -> bool:
        return self.card.status in MERGEABLE


async def find_mergeable(db: AsyncConnection, problem_id: int, *, lock: bool = False) -> Mergeable | None:
    chosen = select(Problem.municipality_id, Problem.author_id, Problem.merged_into_id).where(
        Problem.id == problem_id
    )
    row = (await db.execute(chosen.with_for_update() if lock else chosen)).first()
    card = await find_card(db, Problem.id == problem_id) if row else None
    return Mergeable(card, row.municipality_id, row.author_id, row.merged_into_id) if row and card else None


async def find_numbered(db: AsyncConnection, municipality_id: int, number: int) -> int | None:
    found = await db.execute(
        select(Problem.id).where(Problem.municipality_id == municipality_id, Problem.number == number)
    )
    return found.scalar_one_or_none()


async def find_whether_voted_on(db: AsyncConnection, problem_ids: Sequence[int]) -> bool:
    """Whether a vote that is not closed lists any of them."""
    listed = (
        select(RoundProblem.round_id)
        .join(Round, Round.id == RoundProblem.round_id)
        .where(RoundProblem.problem_id.in_(problem_ids), Round.closed_at.is_(None))
        .limit(1)
    )
    return (await db.execute(listed)).first() is not None


async def list_merged(db: AsyncConnection, problem_id: int) -> list[ProblemCard]:
    """What this problem speaks for, by number."""
    ids = await _merged_ids(db, problem_id)
    cards = [await find_card(db, Problem.id == each) for each in ids]
    return sorted((card for card in cards if card), key=lambda card: card.number)


async def _merged_ids(db: AsyncConnection, problem_id: int) -> list[int]:
    found = await db.execute(
        select(Problem.id).where(Problem.merged_into_id == problem_id).order_by(Problem.id)
    )
    return list(found.scalars())


async def save_merged(db: AsyncConnection, merged: Mergeable, into: Mergeable, now: datetime) -> list[int]:
    """Let `into` speak for `merged` and for all that it spoke for; return the ids of these, itself first."""
    own, target = merged.card.id, into.card.id
    earlier = await _merged_ids(db, own)
    await db.execute(
        update(Problem)
        .where(Problem.id == own)
        .values(
            status=ProblemStatus.MERGED,
            status_before=merged.card.status,
            merged_into_id=target,
            held_by=None,
            held_until=None,
        )
    )
    await db.execute(update(Problem).where(Problem.merged_into_id == own).values(merged_into_id=target))
    await db.execute(
        delete(Supporter).where(Supporter.problem_id == own, Supporter.came_from_id.is_not(None))
    )
    for each in (own, *earlier):
        await _save_moved_along(db, each, into, now)
    return [own, *earlier]


async def save_split(db: AsyncConnection, merged: Mergeable, into: Mergeable, now: datetime) -> None:
    """Let it stand alone again, as it was; whoever came with it leaves, unless they come with another."""
    own, target = merged.card.id, into.card.id
    await db.execute(
        update(Problem)
        .where(Problem.id == own)
        .values(status=Problem.status_before, status_before=None, merged_into_id=None)
    )
    await db.execute(delete(Supporter).where(Supporter.problem_id == target, Supporter.came_from_id == own))
    for each in await _merged_ids(db, target):
        await _save_moved_along(db, each, into, now)


async def _save_moved_along(db: AsyncConnection, from_id: int, into: Mergeable, now: datetime) -> None:
    """Copy the author and the supporters of a problem; whoever stands behind the other one stays as is."""
    since = literal(now, Supporter.since.type)
    author = select(Problem.author_id.label("resident_id"), since.label("since")).where(
        Problem.id == from_id, Problem.author_id.is_not(None)
    )
    supporters = select(Supporter.resident_id, Supporter.since).where(
        Supporter.problem_id == from_id, Supporter.came_from_id.is_(None)
    )
    people = union_all(author, supporters).subquery()
    # Nobody supports their own problem.
    others = or_(people.c.resident_id.is_(None), people.c.resident_id != (into.author_id or 0))
    moved = select(literal(into.card.id), people.c.resident_id, literal(from_id), people.c.since).where(
        others
    )
    columns = ["problem_id", "resident_id", "came_from_id", "since"]
    await db.execute(upsert_into(db, Supporter).from_select(columns, moved).on_conflict_do_nothing())
