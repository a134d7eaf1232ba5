"""The files of a ranking, for the chat and for the command line."""

import asyncio
from datetime import UTC, datetime

from bot.db.session import Database
from bot.domain.clock import BISHKEK
from bot.features.ranking.queries import Tally, find_latest_closed, find_tally
from bot.features.ranking.spreadsheet import workbook
from bot.features.ranking.table import comma_separated
from bot.i18n import speaking

Files = dict[str, bytes]


class NothingToExport(Exception):
    """The municipality has no closed vote."""


async def ranking_files(tally: Tally) -> Files:
    """XLSX and CSV by file name, in the language spoken now; made in a thread, for it takes a while."""
    return await asyncio.to_thread(_ranking_files, tally, datetime.now(UTC))


def _ranking_files(tally: Tally, counted_at: datetime) -> Files:
    closed = (tally.closed_at or tally.closes_at).astimezone(BISHKEK)
    stem = f"ranking-{tally.slug}-{closed:%Y-%m-%d}"
    return {f"{stem}.xlsx": workbook(tally, counted_at), f"{stem}.csv": comma_separated(tally)}


async def export_ranking(database: Database, slug: str, language: str) -> Files:
    """The files of the municipality's latest closed vote; raises `NothingToExport` when there is none."""
    async with database.read() as db:
        round_id = await find_latest_closed(db, slug, datetime.now(UTC))
        tally = await find_tally(db, round_id, language) if round_id else None
    if tally is None:
        raise NothingToExport(f"{slug}: no vote of this municipality is closed.")
    with speaking(language):
        return await ranking_files(tally)
