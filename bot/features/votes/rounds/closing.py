"""A stage is closed: stored, recorded and told in one transaction, by a facilitator or by the clock."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import broadcast, settled_in
from bot.db.queries import save_journal
from bot.domain.notices import NoticeTopic
from bot.features.votes.rounds import queries
from bot.features.votes.rounds.deliveries import CLOSED, closed_facts
from bot.features.votes.rounds.queries import RoundFacts


async def close_round(
    db: AsyncConnection, facts: RoundFacts, by: int | None, counting_days: int, now: datetime
) -> bool:
    """Whether this call closed the stage; whoever comes second finds it closed and tells nobody again.

    The taps at work are waited for, and the moment is never before the last of them: no ballot is changed
    after it, nor seems to be when the clock of another machine is ahead.
    """
    await queries.find_round(db, facts.id, lock=True)
    newest = await queries.find_last_change(db, facts.id)
    closed_at = max(now, newest) if newest else now
    if not await queries.save_closed(db, facts.id, by, closed_at):
        return False
    await save_journal(db, "vote.closed", by=by or "clock", of=facts)
    await _tell_closed(db, facts, by, closed_at + timedelta(days=counting_days))
    return True


async def _tell_closed(db: AsyncConnection, facts: RoundFacts, by: int | None, result_by: datetime) -> None:
    await broadcast(
        db,
        notice=f"round:{facts.id}:closed",
        municipality_id=facts.municipality_id,
        kind=CLOSED,
        facts=closed_facts(facts.stage, result_by),
        to=settled_in(facts.municipality_id, besides=by),
        topic=NoticeTopic.VOTES,
        expires_at=result_by,
        made_by=by,
    )
