"""Declined texts do not stay for ever, in no list and in no file."""

from datetime import datetime

from bot.db.session import Database
from bot.features.problems.erasure_queries import save_erased


async def erase_declined_texts(database: Database, days: int, now: datetime) -> int:
    """Erase the texts of problems declined `days` days ago or earlier; return of how many this call did."""
    async with database.act() as db:
        return await save_erased(db, days, now)
