"""The files of a ranking, for the chat and for the command line."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.db.session import Database
from bot.domain.clock import BISHKEK
from bot.domain.exported import Files, NothingToExport
from bot.features.votes.ranking_files import printing
from bot.features.votes.ranking_files.callbacks import Form
from bot.features.votes.ranking_files.open_data import as_json
from bot.features.votes.ranking_files.queries import Material, find_latest_counted, find_material
from bot.features.votes.ranking_files.report import Report, report_of
from bot.features.votes.ranking_files.spreadsheet import workbook
from bot.features.votes.ranking_files.tables import comma_separated
from bot.i18n import speaking
from bot.prints.press import apart

# Voters times problems; from here on making a file would be felt by those who tap meanwhile.
_HEAVY = 300_000


async def ranking_files(material: Material, form: Form, language: str, now: datetime) -> Files:
    """The files of one form by name. A big vote is worked on in a process of its own, others in a thread."""
    given = material, form, language, now
    if material.count.ballots.shown.size >= _HEAVY:
        return await apart(make_files, *given)
    return await asyncio.to_thread(make_files, *given)


def make_files(material: Material, form: Form, language: str, made_at: datetime) -> Files:
    """Reckon, word, draw."""
    ended = material.vote.ended_at.astimezone(BISHKEK)
    stem = f"ranking-{material.vote.slug}-{ended:%Y-%m-%d}"
    with speaking(language):
        report = report_of(material, made_at)
        if form is Form.PICTURES:
            return _pictures(stem, report)
        return {f"{stem}.{form}": _MAKE[form](report)}


_MAKE: dict[Form, Callable[[Report], bytes]] = {
    Form.REPORT: printing.pdf,
    Form.SPREADSHEET: workbook,
    Form.CSV: comma_separated,
    Form.JSON: as_json,
}


def _pictures(stem: str, report: Report) -> Files:
    ranking, villages = printing.ranking_pages(report), printing.village_pages(report)
    return {
        **{f"{stem}-{place:02}.png": picture for place, picture in enumerate(ranking, 1)},
        **{f"{stem}-villages-{place:02}.png": picture for place, picture in enumerate(villages, 1)},
    }


async def export_ranking(database: Database, slug: str, language: str, now: datetime) -> Files:
    """All files of the municipality's latest counted vote; raises `NothingToExport` when there is none."""
    async with database.read() as db:
        round_id = await find_latest_counted(db, slug)
        material = await find_material(db, round_id, language) if round_id else None
    if material is None:
        raise NothingToExport(f"{slug}: no vote of this municipality is counted.")
    files: Files = {}
    for form in Form:
        files |= await ranking_files(material, form, language, now)
    return files
