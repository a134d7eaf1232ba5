"""The list of problems for planning, as XLSX and CSV."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from sqlalchemy.ext.asyncio import AsyncConnection
from xlsxwriter import Workbook

from bot.db.queries import Subject, list_municipalities, save_journal
from bot.db.session import Database
from bot.domain.clock import BISHKEK
from bot.domain.exported import Files, NothingToExport
from bot.domain.places import Municipality
from bot.domain.problem import PUBLIC, ProblemStatus
from bot.features.problems import problem_sheet_texts as records
from bot.features.problems.printouts import texts
from bot.features.problems.printouts.queries import list_all
from bot.features.problems.problem_sheet_queries import ProblemRecord
from bot.i18n import speaking
from bot.prints.spreadsheets import AS_WRITTEN, Table, add_table, comma_separated

MERGED, SUBMITTED, DECLINED = ProblemStatus.MERGED, ProblemStatus.SUBMITTED, ProblemStatus.DECLINED


@dataclass(frozen=True, slots=True)
class ProblemList:
    """All problems of a municipality at one moment."""

    municipality: Municipality
    problems: Sequence[ProblemRecord]
    made_at: datetime


async def save_exported(db: AsyncConnection, municipality_id: int, actor_id: int | None, count: int) -> None:
    """Who took the list away, and how long it was."""
    await save_journal(db, "problems.exported", by=actor_id, of=Subject(municipality_id), problems=count)


async def export_problems(database: Database, slug: str, language: str, now: datetime) -> Files:
    """The files for the command line; raises `NothingToExport` when there is no such municipality."""
    async with database.act() as db:
        place = next((each for each in await list_municipalities(db) if each.slug == slug), None)
        if place is None:
            raise NothingToExport(f"{slug}: there is no such municipality.")
        found = ProblemList(place, await list_all(db, place.id), now)
        await save_exported(db, place.id, None, len(found.problems))
    with speaking(language):
        return await list_files(found)


async def list_files(found: ProblemList) -> Files:
    """By file name, in the language spoken now; made in a thread, for it takes a while."""
    stem = f"problems-{found.municipality.slug}-{found.made_at.astimezone(BISHKEK):%Y-%m-%d}"
    sheets, rows = await asyncio.gather(
        asyncio.to_thread(workbook, found), asyncio.to_thread(one_table, found)
    )
    return {f"{stem}.xlsx": sheets, f"{stem}.csv": rows}


def workbook(found: ProblemList) -> bytes:
    """A sheet for what is public, what waits, what was declined, and what others speak for."""
    content = BytesIO()
    title = texts.title(found.municipality.name)
    note = f"{texts.as_of(found.made_at)} {texts.no_names()}\n{records.about_record()}"
    with Workbook(content, AS_WRITTEN) as book:
        book.set_properties({"title": title, "author": "", "comments": ""})
        for name, statuses in _sheets():
            of_them = [each for each in found.problems if each.status in statuses]
            about = f"{note}\n{texts.about_outside()}" if statuses is PUBLIC else note
            add_table(book, name, title, about, _table(of_them), filters=True)
    return content.getvalue()


def _sheets() -> list[tuple[str, frozenset[ProblemStatus]]]:
    return [
        (texts.sheet_public(), PUBLIC),
        (texts.sheet_waiting(), frozenset({SUBMITTED})),
        (texts.sheet_declined(), frozenset({DECLINED})),
        (texts.sheet_merged(), frozenset({MERGED})),
        (texts.sheet_hidden(), frozenset({ProblemStatus.HIDDEN})),
    ]


def _table(problems: Sequence[ProblemRecord]) -> Table:
    columns = records.FOR_PLANNING
    rows = [records.row(columns, each) for each in problems]
    return Table(records.header(columns), [column.width for column in columns], rows)


def one_table(found: ProblemList) -> bytes:
    """All of them as CSV, by number; their state stands in a column."""
    table = _table(found.problems)
    return comma_separated([table.header, *table.rows])
