"""Votes close at their announced minute, whether or not anybody presses the button, and end with a result."""

from datetime import datetime, timedelta

from bot.db.delivery_queries import broadcast
from bot.db.session import Database
from bot.domain.notices import NoticeTopic
from bot.features.votes.rounds import closing
from bot.features.votes.rounds.deliveries import UNFINISHED, unfinished_facts
from bot.features.votes.rounds.publishing import publish
from bot.features.votes.rounds.queries import (
    find_round,
    list_due_rounds,
    list_overdue,
)
from bot.features.votes.rounds.reminder_queries import list_ending_rounds, not_finished, save_reminded


async def close_due_rounds(database: Database, counting_days: int, now: datetime) -> int:
    """Close the votes whose moment has passed; return how many this call closed."""
    async with database.read() as db:
        due = await list_due_rounds(db, now)
    count = 0
    for round_id in due:
        async with database.act() as db:
            facts = await find_round(db, round_id)
            count += facts is not None and await closing.close_round(db, facts, None, counting_days, now)
    return count


async def remind_unfinished(database: Database, now: datetime) -> int:
    """Remind, once a vote, those who have not finished; return of how many votes this call did."""
    async with database.read() as db:
        ending = await list_ending_rounds(db, now)
    count = 0
    for each in ending:
        async with database.act() as db:
            if not await save_reminded(db, each.id, now):
                continue
            await broadcast(
                db,
                notice=f"round:{each.id}:unfinished",
                municipality_id=each.municipality_id,
                kind=UNFINISHED,
                facts=unfinished_facts(each.id, each.closes_at),
                to=not_finished(each.id, each.municipality_id),
                topic=NoticeTopic.REMINDERS,
                expires_at=each.closes_at,
            )
            count += 1
    return count


async def publish_overdue_results(
    database: Database, counting_days: int, most_a_day: int, now: datetime
) -> int:
    """No result is kept back for ever: publish those that nobody has; return how many this call did."""
    closed_before = now - timedelta(days=counting_days)
    async with database.read() as db:
        overdue = await list_overdue(db, closed_before)
    return sum([await publish(database, each, None, most_a_day, now) for each in overdue])
