"""The ranking as an XLSX workbook: a sheet for each breakdown, with a chart and the method."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from bot.domain.problem import shortened
from bot.features.ranking import texts
from bot.features.ranking.queries import Tally
from bot.features.ranking.table import Table, clean, total_table, village_table

# Nothing a resident wrote may become a formula, a link or a number.
AS_WRITTEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
A4 = 9
HEADER_ROW = 2
CHART_LABEL = 42
ROW_PIXELS = 26
LEAST_CHART_PIXELS = 320


def workbook(tally: Tally, counted_at: datetime) -> bytes:
    """The XLSX file as bytes, in the language spoken now."""
    content = BytesIO()
    with Workbook(content, AS_WRITTEN) as book:
        book.set_properties({"title": texts.title(tally)})
        total = _sheet(book, texts.sheet_total(), tally, total_table(tally))
        _add_chart(book, total, tally)
        villages = village_table(tally)
        sheet = _sheet(book, texts.sheet_villages(), tally, villages)
        if not villages.groups:
            sheet.write_string(1, 0, texts.too_few_for_villages())
        _method_sheet(book, tally, counted_at)
    return content.getvalue()


def _sheet(book: Workbook, name: str, tally: Tally, table: Table) -> Worksheet:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCEBEF", "border": 1}
    )
    sheet.write_string(0, 0, texts.title(tally), bold)
    sheet.write_string(1, 0, texts.voted(tally) if tally.voters else texts.nobody_voted())
    for column, (title, width) in enumerate(zip(table.header, table.widths, strict=True)):
        sheet.write_string(HEADER_ROW, column, clean(title), head)
        sheet.set_column(column, column, width)
    _write_rows(book, sheet, table.rows)
    _set_up_print(sheet, texts.title(tally), len(table.header))
    return sheet


def _write_rows(book: Workbook, sheet: Worksheet, rows: Sequence[Sequence[Any]]) -> None:
    words = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    share = book.add_format({"num_format": "0.0%", "valign": "top", "border": 1})
    for row, cells in enumerate(rows, HEADER_ROW + 1):
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
    label_column = len(ranked[0]) + 1
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
    total.insert_chart(HEADER_ROW, label_column + 1, chart)


def _method_sheet(book: Workbook, tally: Tally, counted_at: datetime) -> None:
    sheet = book.add_worksheet(texts.sheet_method())
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, texts.title(tally), book.add_format({"bold": True, "font_size": 14}))
    sheet.set_column(0, 0, 90)
    for row, line in enumerate(texts.method(tally, counted_at), 2):
        sheet.write_string(row, 0, clean(line), wrapped)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
