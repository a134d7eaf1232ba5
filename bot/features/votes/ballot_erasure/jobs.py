"""A backup of an old vote tells nobody's choice."""

import asyncio
from datetime import datetime, timedelta

from bot.db.queries import Subject, save_journal
from bot.db.scrubbing import QUIET_HOURS
from bot.db.session import Database
from bot.domain.clock import BISHKEK
from bot.domain.number_hashes import NumberHashes
from bot.features.votes.ballot_erasure.cutting_queries import cut_people_off
from bot.features.votes.ballot_erasure.queries import list_due, lock_due

# Between two votes, for everybody else.
PAUSE_SECONDS = 0.5


# Of a machine that is off at night, the votes are cut so much later.
DAYS_OF_GRACE = 2


async def cut_at_night(database: Database, hashes: NumberHashes, kept_days: int, now: datetime) -> int:
    """Cut when hardly anybody presses: while a big vote is cut on SQLite, other acts wait."""
    is_night = now.astimezone(BISHKEK).hour in QUIET_HOURS
    return await cut_old_ballots(database, hashes, kept_days if is_night else kept_days + DAYS_OF_GRACE, now)


async def cut_old_ballots(database: Database, hashes: NumberHashes, kept_days: int, now: datetime) -> int:
    """Cut the votes whose result has been public and undisputed for so many days; return how many it was.

    Each is one transaction: whatever ends the process, a vote is cut as a whole or not at all.
    """
    kept = timedelta(days=kept_days)
    async with database.read() as db:
        due = await list_due(db, now, kept)
    count = 0
    for round_id in due:
        count += await _cut(database, hashes, round_id, kept, now)
        await asyncio.sleep(PAUSE_SECONDS)
    return count


async def _cut(
    database: Database, hashes: NumberHashes, round_id: int, kept: timedelta, now: datetime
) -> bool:
    async with database.act() as db:
        due = await lock_due(db, round_id, now, kept)
        if due is None:
            return False
        municipality_id, stages = due
        await cut_people_off(db, hashes, stages, now)
        await save_journal(db, "vote.cut", by="clock", of=Subject(municipality_id, round_id))
    return True
