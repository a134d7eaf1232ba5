"""Tables as sheets of an XLSX workbook and as CSV, in which nothing that a person wrote can run."""

import csv
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import StringIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from bot.domain.spreadsheet_safety import (
    clean,
    harmless,
)

# Nothing a resident wrote may become a formula, a link or a number.
AS_WRITTEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
Cell = str | int | float | date
A4 = 9
LONGEST_SHEET_NAME = 31
TITLE_ROW, NOTE_ROW, HEADER_ROW = 0, 1, 2
# Not every program makes a row as high as its wrapped text, so rows are given their heights.
LINE_POINTS, HIGHEST_ROW_POINTS = 15, 405
# How much of a column's width a line of wrapped letters fills before it breaks at a word.
FILLED = 0.85


@dataclass(frozen=True, slots=True)
class Table:
    """A header, the widths of its columns in characters, and the rows below."""

    header: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[Cell]]


def add_table(
    book: Workbook, name: str, title: str, note: str, table: Table, *, filters: bool = False
) -> Worksheet:
    """A sheet: its title, a note across the table, a header that is always in sight, the rows."""
    sheet = book.add_worksheet(name[:LONGEST_SHEET_NAME])
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCEBEF", "border": 1}
    )
    sheet.write_string(TITLE_ROW, 0, clean(title), bold)
    _write_note(book, sheet, note, table.widths)
    sheet.set_row(HEADER_ROW, row_height(zip(table.header, table.widths, strict=True)))
    for column, (words, width) in enumerate(zip(table.header, table.widths, strict=True)):
        sheet.write_string(HEADER_ROW, column, clean(words), head)
        sheet.set_column(column, column, width)
    _write_rows(book, sheet, table)
    if filters:
        sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + len(table.rows), len(table.header) - 1)
    _set_up_print(sheet, title, len(table.header))
    return sheet


def name_range(
    book: Workbook, name: str, sheet: Worksheet, top: int, left: int, bottom: int, right: int
) -> None:
    """Call the cells between these rows and columns by a name, by which a program finds them."""
    quoted = sheet.name.replace("'", "''")
    book.define_name(name, f"='{quoted}'!{xl_range_abs(top, left, bottom, right)}")


def _write_note(book: Workbook, sheet: Worksheet, note: str, widths: Sequence[int]) -> None:
    """Across the whole width of the table."""
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.merge_range(NOTE_ROW, 0, NOTE_ROW, len(widths) - 1, "", wrapped)
    sheet.write_string(NOTE_ROW, 0, clean(note), wrapped)
    sheet.set_row(NOTE_ROW, row_height([(note, sum(widths))]))


def _write_rows(book: Workbook, sheet: Worksheet, table: Table) -> None:
    words = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    share = book.add_format({"num_format": "0.0%", "valign": "top", "border": 1})
    day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "align": "left", "border": 1})
    for row, cells in enumerate(table.rows, HEADER_ROW + 1):
        sheet.set_row(row, row_height(zip(cells, table.widths, strict=True)))
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, clean(cell), words)
            elif isinstance(cell, date):
                sheet.write_datetime(row, column, datetime.combine(cell, time()), day)
            else:
                sheet.write_number(row, column, cell, share if isinstance(cell, float) else words)


def _set_up_print(sheet: Worksheet, title: str, columns: int) -> None:
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L" + clean(title).replace("&", "&&") + "&R&P / &N")
    if columns > 4:
        sheet.set_landscape()


def row_height(cells: Iterable[tuple[Any, int]]) -> int:
    """Points that the cells need, each given with the width of its column in characters."""
    lines = max(_lines(cell, int(width * FILLED)) if isinstance(cell, str) else 1 for cell, width in cells)
    return min(lines * LINE_POINTS, HIGHEST_ROW_POINTS)


def _lines(words: str, width: int) -> int:
    return sum(max(1, len(textwrap.wrap(line, width))) for line in clean(words).splitlines() or [""])


def comma_separated(rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a mark that spreadsheets need, semicolons, no cell that runs."""
    content = StringIO()
    writer = csv.writer(content, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(_plain(cell)) for cell in row] for row in rows)
    return content.getvalue().encode("utf-8-sig")


def _plain(cell: Any) -> str:
    """Spreadsheets of this region write 0,25: where they meet 0.25, they see a text or a date."""
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return f"{cell:.4f}".replace(".", ",") if isinstance(cell, float) else str(cell)
