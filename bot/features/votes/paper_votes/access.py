"""Whose gatherings these are: asked anew at every press."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ballot import Stage
from bot.domain.refusals import CountPublished, Gone
from bot.domain.roles import Resident, Role, allowed
from bot.features.votes.gathering_queries import Gathering, find_gathering
from bot.features.votes.paper_votes.queries import Draft, find_draft
from bot.features.votes.vote_queries import Vote, find_vote


async def facilitated_vote(db: AsyncConnection, resident: Resident, round_id: int) -> Vote:
    """A deciding stage of a municipality that this person facilitates; paper votes on no other."""
    vote = allowed(resident, await find_vote(db, round_id, resident.language), Role.FACILITATOR)
    if vote.stage is not Stage.DECIDING:
        raise Gone
    return vote


async def countable_vote(db: AsyncConnection, resident: Resident, round_id: int) -> Vote:
    """The same, as long as its result is not public."""
    vote = await facilitated_vote(db, resident, round_id)
    if vote.counted_at is not None:
        raise CountPublished
    return vote


async def lock_draft(db: AsyncConnection, resident: Resident, draft_id: int) -> tuple[Draft, Vote]:
    """The sheet that this person is entering, and its vote."""
    draft = await find_draft(db, resident.id, draft_id)
    if draft is None:
        raise Gone
    return draft, await countable_vote(db, resident, draft.round_id)


async def facilitated_gathering(
    db: AsyncConnection, resident: Resident, gathering_id: int
) -> tuple[Gathering, Vote]:
    gathering = await find_gathering(db, gathering_id)
    if gathering is None:
        raise Gone
    return gathering, await facilitated_vote(db, resident, gathering.round_id)
