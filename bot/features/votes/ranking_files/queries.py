"""All that a ranking's files are made of, read at one look at the database."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Municipality, Problem, Round, RoundProblem
from bot.domain.ballot import Stage
from bot.domain.count import Count
from bot.features.problems.public import ProblemRecord, list_records
from bot.features.votes.count_queries import find_count
from bot.features.votes.gathering_queries import Gathering, list_gatherings
from bot.features.votes.tie_queries import Decision, list_decisions
from bot.features.votes.vote_queries import Vote, find_vote


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """A stage and its count, before anything is reckoned; small enough to be sent to another process."""

    vote: Vote
    count: Count
    gatherings: Sequence[Gathering]
    records: Sequence[ProblemRecord]
    decisions: Sequence[Decision] = ()


async def find_material(db: AsyncConnection, round_id: int, language: str) -> Material | None:
    """The problems are worded for readers of this language."""
    vote = await find_vote(db, round_id, language)
    count = await find_count(db, round_id)
    if vote is None or count is None:
        return None
    listed = select(RoundProblem.problem_id).where(RoundProblem.round_id == round_id)
    return Material(
        vote=vote,
        count=count,
        gatherings=await list_gatherings(db, round_id),
        records=await list_records(db, Problem.id.in_(listed)),
        decisions=await list_decisions(db, round_id),
    )


async def find_latest_counted(db: AsyncConnection, slug: str) -> int | None:
    """The municipality's newest vote to whose count nothing is added any more."""
    is_screened = (Round.stage == Stage.SCREENING) & Round.closed_at.is_not(None)
    found = await db.execute(
        select(func.max(Round.id))
        .join(Municipality, Municipality.id == Round.municipality_id)
        .where(Municipality.slug == slug, Round.counted_at.is_not(None) | is_screened)
    )
    return found.scalar_one_or_none()
