"""The ranking as an XLSX workbook: a sheet for each breakdown, with a chart and the method."""

from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from bot.cards import record_texts as records
from bot.domain.cells import clean
from bot.domain.problem import shortened
from bot.features.ranking import texts
from bot.features.ranking.queries import Tally
from bot.features.ranking.table import VillageTable, record_table, total_table, village_table
from bot.prints.spreadsheets import A4, AS_WRITTEN, HEADER_ROW, add_table, row_height

# At this scale the table fits the page even where a wider letter stands in for a font that is missing.
PRINT_SCALE, PRINT_MARGIN = 80, 0.4
METHOD_WIDTH = 80
CHART_LABEL = 42
ROW_PIXELS = 26
LEAST_CHART_PIXELS = 320


def workbook(tally: Tally, counted_at: datetime) -> bytes:
    """The XLSX file as bytes, in the language spoken now."""
    content = BytesIO()
    title = texts.title(tally)
    with Workbook(content, AS_WRITTEN) as book:
        book.set_properties({"title": title})
        note = _note(tally, counted_at)
        total = add_table(book, texts.sheet_total(), title, note, total_table(tally))
        _add_chart(book, total, tally)
        villages = village_table(tally)
        add_table(book, texts.sheet_villages(), title, note + _about_villages(villages), villages)
        if tally.records:
            add_table(book, records.sheet_problems(), title, records.about_record(), record_table(tally))
        _method_sheet(book, tally, counted_at)
    return content.getvalue()


def _note(tally: Tally, counted_at: datetime) -> str:
    """What must not be parted from the numbers: a sheet may be printed or shown by itself."""
    voted = texts.voted(tally) if tally.voters else texts.nobody_voted()
    return f"{voted} \u00b7 {texts.counted(counted_at)}\n{texts.who_took_part()} {texts.advice()}"


def _about_villages(villages: VillageTable) -> str:
    """Why the columns are not all the villages, where they are not."""
    if not villages.groups:
        return "\n" + texts.too_few_for_villages()
    return "\n" + texts.why_together() if villages.groups[-1].village_id is None else ""


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
        sheet.set_row(row, row_height([(line, METHOD_WIDTH)]))
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
