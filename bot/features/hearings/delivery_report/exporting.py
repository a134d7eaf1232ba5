"""The files of a dispatch report, for the chat and for the command line."""

import asyncio
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

from bot.db.session import Database
from bot.domain.exported import Files, NothingToExport
from bot.domain.hearing import HearingStatus
from bot.features.hearings.delivery_report import texts
from bot.features.hearings.delivery_report.callbacks import Form
from bot.features.hearings.delivery_report.queries import Dispatch, find_dispatch
from bot.features.hearings.delivery_report.table import tables
from bot.i18n import current_language, speaking
from bot.prints.paper import fill as printed
from bot.prints.spreadsheets import AS_WRITTEN, add_table


async def dispatch_file(found: Dispatch, form: Form, now: datetime) -> Files:
    """The report by its file name, in the language spoken now; made in a thread, for it takes a while."""
    make = {Form.PDF: pdf, Form.XLSX: workbook}[form]
    content = await asyncio.to_thread(make, found, now)
    return {f"dispatch-{found.hearing.id}.{form}": content}


async def export_dispatch(database: Database, hearing_id: int, language: str, now: datetime) -> Files:
    """Both files; raises `NothingToExport` when there is no such hearing."""
    async with database.read() as db:
        found = await find_dispatch(db, hearing_id)
    if found is None or found.hearing.status is HearingStatus.DRAFT:
        raise NothingToExport(f"{hearing_id}: there is no such hearing.")
    with speaking(language):
        return {**await dispatch_file(found, Form.PDF, now), **await dispatch_file(found, Form.XLSX, now)}


def pdf(found: Dispatch, counted_at: datetime) -> bytes:
    return printed("report", report(found, counted_at))


def report(found: Dispatch, counted_at: datetime) -> dict[str, object]:
    """What `report.typ` shows."""
    hearing = found.hearing.announcement
    return {
        "language": current_language(),
        "title": texts.title(),
        "lines": texts.about(hearing),
        "note": [texts.not_reading(), texts.not_named(), texts.as_of(counted_at)],
        "tables": [
            {"title": each.title, "header": each.table.header, "words": each.words, "rows": each.table.rows}
            for each in tables(found)
        ],
    }


def workbook(found: Dispatch, counted_at: datetime) -> bytes:
    """The XLSX file as bytes, a sheet for each table, in the language spoken now."""
    content = BytesIO()
    about = " · ".join(value for _label, value in texts.about(found.hearing.announcement))
    note = f"{about}\n{texts.not_reading()} {texts.not_named()}\n{texts.as_of(counted_at)}"
    with Workbook(content, AS_WRITTEN) as book:
        book.set_properties({"title": texts.title()})
        for each in tables(found):
            add_table(book, each.title, f"{texts.title()}: {each.title}", note, each.table)
    return content.getvalue()
