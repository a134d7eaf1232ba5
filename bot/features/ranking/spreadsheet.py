"""The ranking as an XLSX workbook: a sheet for each breakdown, with a chart and the method."""

import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from bot.domain.cells import clean
from bot.domain.problem import shortened
from bot.features.ranking import texts
from bot.features.ranking.queries import Tally
from bot.features.ranking.table import Table, total_table, village_table

# Nothing a resident wrote may become a formula, a link or a number.
AS_WRITTEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
A4 = 9
# At this scale the table fits the page even where a wider letter stands in for a font that is missing.
PRINT_SCALE, PRINT_MARGIN = 80, 0.4
NOTE_ROW, HEADER_ROW = 1, 2
# Not every program makes a row as high as its wrapped text, so rows are given their heights.
LINE_POINTS, HIGHEST_ROW_POINTS = 15, 405
# How much of a column's width a line of wrapped letters fills before it breaks at a word.
FILLED = 0.85
METHOD_WIDTH = 80
CHART_LABEL = 42
ROW_PIXELS = 26
LEAST_CHART_PIXELS = 320


def workbook(tally: Tally, counted_at: datetime) -> bytes:
    """The XLSX file as bytes, in the language spoken now."""
    content = BytesIO()
    with Workbook(content, AS_WRITTEN) as book:
        book.set_properties({"title": texts.title(tally)})
        note = _note(tally, counted_at)
        total = _sheet(book, texts.sheet_total(), tally, total_table(tally), note)
        _add_chart(book, total, tally)
        villages = village_table(tally)
        _sheet(book, texts.sheet_villages(), tally, villages, note + _about_villages(villages))
        _method_sheet(book, tally, counted_at)
    return content.getvalue()


def _note(tally: Tally, counted_at: datetime) -> str:
    """What must not be parted from the numbers: a sheet may be printed or shown by itself."""
    voted = texts.voted(tally) if tally.voters else texts.nobody_voted()
    return f"{voted} \u00b7 {texts.counted(counted_at)}\n{texts.who_took_part()} {texts.advice()}"


def _about_villages(villages: Table) -> str:
    """Why the columns are not all the villages, where they are not."""
    if not villages.groups:
        return "\n" + texts.too_few_for_villages()
    return "\n" + texts.why_together() if villages.groups[-1].village_id is None else ""


def _sheet(book: Workbook, name: str, tally: Tally, table: Table, note: str) -> Worksheet:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCEBEF", "border": 1}
    )
    sheet.write_string(0, 0, texts.title(tally), bold)
    _write_note(book, sheet, note, table.widths)
    sheet.set_row(HEADER_ROW, _height(zip(table.header, table.widths, strict=True)))
    for column, (title, width) in enumerate(zip(table.header, table.widths, strict=True)):
        sheet.write_string(HEADER_ROW, column, clean(title), head)
        sheet.set_column(column, column, width)
    _write_rows(book, sheet, table)
    _set_up_print(sheet, texts.title(tally), len(table.header))
    return sheet


def _write_note(book: Workbook, sheet: Worksheet, note: str, widths: Sequence[int]) -> None:
    """Across the whole width of the table."""
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.merge_range(NOTE_ROW, 0, NOTE_ROW, len(widths) - 1, "", wrapped)
    sheet.write_string(NOTE_ROW, 0, clean(note), wrapped)
    sheet.set_row(NOTE_ROW, _height([(note, sum(widths))]))


def _height(cells: Iterable[tuple[Any, int]]) -> int:
    """Points that the cells need, each given with the width of its column in characters."""
    lines = max(_lines(cell, int(width * FILLED)) if isinstance(cell, str) else 1 for cell, width in cells)
    return min(lines * LINE_POINTS, HIGHEST_ROW_POINTS)


def _lines(words: str, width: int) -> int:
    return sum(max(1, len(textwrap.wrap(line, width))) for line in clean(words).splitlines() or [""])


def _write_rows(book: Workbook, sheet: Worksheet, table: Table) -> None:
    words = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    share = book.add_format({"num_format": "0.0%", "valign": "top", "border": 1})
    for row, cells in enumerate(table.rows, HEADER_ROW + 1):
        sheet.set_row(row, _height(zip(cells, table.widths, strict=True)))
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, clean(cell), words)
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


def _add_chart(book: Workbook, total: Worksheet, tally: Tally) -> None:
    """A bar for each problem, the most wanted on top; labels short enough to be read."""
    ranked = total_table(tally).rows
    if not ranked:
        return
    label_column = len(ranked[0])
    for row, cells in enumerate(ranked, HEADER_ROW + 1):
        total.write_string(row, label_column, clean(shortened(f"{cells[1]}. {cells[2]}", CHART_LABEL)))
    total.set_column(label_column, label_column, None, None, {"hidden": True})
    first, last = HEADER_ROW + 1, HEADER_ROW + len(ranked)
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": texts.column_votes(),
            "categories": [total.name, first, label_column, last, label_column],
            "values": [total.name, first, 5, last, 5],
            "data_labels": {"value": True},
            "fill": {"color": "#1F7A8C"},
            "gap": 40,
        }
    )
    chart.set_title({"name": texts.chart_title()})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 760, "height": max(LEAST_CHART_PIXELS, ROW_PIXELS * len(ranked) + 80)})
    # A hidden column would otherwise be left out of the chart.
    chart.show_hidden_data()
    # Below the header row, which is repeated on every page.
    total.insert_chart(HEADER_ROW + 1, label_column + 1, chart, {"x_offset": ROW_PIXELS})
    # On paper the chart gets pages of its own; beside the table it would make both too small to read.
    total.set_print_scale(PRINT_SCALE)
    total.set_margins(left=PRINT_MARGIN, right=PRINT_MARGIN)
    total.set_v_pagebreaks([label_column + 1])


def _method_sheet(book: Workbook, tally: Tally, counted_at: datetime) -> None:
    sheet = book.add_worksheet(texts.sheet_method())
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, texts.title(tally), book.add_format({"bold": True, "font_size": 14}))
    sheet.set_column(0, 0, METHOD_WIDTH)
    for row, line in enumerate(texts.method(tally, counted_at), 2):
        sheet.write_string(row, 0, clean(line), wrapped)
        sheet.set_row(row, _height([(line, METHOD_WIDTH)]))
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
