"""What is remembered of those who were forgotten goes by itself."""

from datetime import datetime

from bot.db.forgotten_queries import delete_memories
from bot.db.session import Database
from bot.db.silence_queries import delete_keys_of_silences


async def forget_memories(database: Database, now: datetime) -> None:
    """Delete what has been remembered for 30 days, and by what a silence that is over would be known."""
    async with database.act() as db:
        await delete_memories(db, now)
        await delete_keys_of_silences(db, now)
