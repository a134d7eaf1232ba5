"""The dispatch report as an XLSX workbook, a sheet for each table."""

import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.domain.cells import clean
from bot.features.hearings.delivery_report import texts
from bot.features.hearings.delivery_report.queries import Dispatch
from bot.features.hearings.delivery_report.table import Cell, Table, tables

# Nothing a person wrote may become a formula, a link or a number.
AS_WRITTEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
A4 = 9
TITLE_ROW, NOTE_ROW, HEADER_ROW = 0, 1, 2
WORDS_WIDTH, NUMBER_WIDTH = 26, 14
LINE_POINTS = 15
# How much of a column's width a line of wrapped letters fills before it breaks at a word.
FILLED = 0.85


def workbook(found: Dispatch, counted_at: datetime) -> bytes:
    """The XLSX file as bytes, in the language spoken now."""
    content = BytesIO()
    about = " · ".join(value for _label, value in texts.about(found.hearing.announcement))
    note = f"{about}\n{texts.not_reading()} {texts.not_named()}\n{texts.as_of(counted_at)}"
    with Workbook(content, AS_WRITTEN) as book:
        book.set_properties({"title": texts.title()})
        for table in tables(found):
            _sheet(book, table, note)
    return content.getvalue()


def _sheet(book: Workbook, table: Table, note: str) -> None:
    sheet = book.add_worksheet(table.title[:31])
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCEBEF", "border": 1}
    )
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    widths = [WORDS_WIDTH if column < table.words else NUMBER_WIDTH for column in range(len(table.header))]
    sheet.write_string(TITLE_ROW, 0, f"{texts.title()}: {table.title}", bold)
    sheet.merge_range(NOTE_ROW, 0, NOTE_ROW, len(widths) - 1, "", wrapped)
    sheet.write_string(NOTE_ROW, 0, clean(note), wrapped)
    sheet.set_row(NOTE_ROW, _height([(note, sum(widths))]))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    _write(sheet, HEADER_ROW, table.header, head)
    sheet.set_row(HEADER_ROW, _height(zip(table.header, widths, strict=True)))
    for row, cells in enumerate(table.rows, HEADER_ROW + 1):
        _write(sheet, row, cells, cell)
        sheet.set_row(row, _height(zip(cells, widths, strict=True)))
    _set_up_print(sheet, len(widths))


def _write(sheet: Worksheet, row: int, cells: Sequence[Cell], look: Format) -> None:
    for column, value in enumerate(cells):
        if isinstance(value, str):
            sheet.write_string(row, column, clean(value), look)
        else:
            sheet.write_number(row, column, value, look)


def _set_up_print(sheet: Worksheet, columns: int) -> None:
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&R&P / &N")
    if columns > 4:
        sheet.set_landscape()


def _height(cells: Iterable[tuple[Cell, int]]) -> int:
    """Points that the cells need, each given with the width of its column in characters."""
    return LINE_POINTS * max(_lines(str(cell), int(width * FILLED)) for cell, width in cells)


def _lines(words: str, width: int) -> int:
    return sum(max(1, len(textwrap.wrap(line, width))) for line in clean(words).splitlines() or [""])
