"""Votes close at their announced minute, whether or not anybody presses the button."""

from datetime import UTC, datetime

from bot.db.queries import save_journal
from bot.db.session import Database
from bot.features.voting.round_queries import list_due_rounds, save_closed


async def close_due_rounds(database: Database) -> int:
    """Close the votes whose moment has passed; return how many this call closed."""
    now = datetime.now(UTC)
    async with database.read() as db:
        due = await list_due_rounds(db, now)
    closed = 0
    for round_id, municipality_id in due:
        async with database.act() as db:
            if await save_closed(db, round_id, None, now):
                closed += 1
                await save_journal(
                    db,
                    "vote.closed",
                    actor_id=None,
                    municipality_id=municipality_id,
                    subject_id=round_id,
                    details={"by": "clock"},
                )
    return closed
