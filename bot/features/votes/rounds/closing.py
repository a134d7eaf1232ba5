"""A stage is closed: stored, recorded and told in one transaction, by a facilitator or by the clock."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import broadcast, settled_in
from bot.db.queries import save_journal
from bot.domain.notices import NoticeTopic
from bot.features.votes.rounds import round_queries as queries
from bot.features.votes.rounds.deliveries import CLOSED, closed_facts
from bot.features.votes.rounds.round_queries import RoundFacts


async def closed(db: AsyncConnection, facts: RoundFacts, by: int | None, counting_days: int) -> bool:
    """Whether this call closed the stage; whoever comes second finds it closed and tells nobody again.

    The moment is taken when the taps at work are done: no ballot is changed after it, nor seems to be when
    the clock of another machine is ahead.
    """
    await queries.find_round(db, facts.id, lock=True)
    newest = await queries.find_last_change(db, facts.id)
    now = max(datetime.now(UTC), newest) if newest else datetime.now(UTC)
    if not await queries.save_closed(db, facts.id, by, now):
        return False
    await save_journal(db, "vote.closed", by=by or "clock", of=facts)
    await _tell_closed(db, facts, by, now + timedelta(days=counting_days))
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
