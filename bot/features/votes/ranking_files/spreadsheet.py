"""The ranking as an XLSX workbook: a sheet for each table, a chart, the ballots for a recount, the method."""

from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from bot.domain.spreadsheet_safety import clean
from bot.domain.text import shortened
from bot.features.problems.public import about_record, line_text, sheet_problems
from bot.features.votes import ranking_texts as cards
from bot.features.votes.ranking_files import ballots, tables, texts
from bot.features.votes.ranking_files.report import Report
from bot.prints.spreadsheets import A4, AS_WRITTEN, HEADER_ROW, Table, add_table, name_range, row_height

# At this scale the table fits the page even where a wider letter stands in for a font that is missing.
PRINT_SCALE, PRINT_MARGIN = 62, 0.4
METHOD_WIDTH = 80
CHART_LABEL = 42
ROW_PIXELS = 26
LEAST_CHART_PIXELS = 320
SHARE_COLUMN, VOTES_COLUMN = 7, 10


def workbook(report: Report) -> bytes:
    """The XLSX file as bytes, in the language spoken now."""
    content = BytesIO()
    title = cards.title(report.material.vote)
    with Workbook(content, AS_WRITTEN) as book:
        book.set_properties({"title": title})
        _add_summary(book, report, title)
        _add_ranking(book, report, title)
        for name, note, table in _parts(report):
            if table.rows:
                add_table(book, name, title, f"{_note(report)}\n{note}", table)
        if report.is_shown:
            add_table(book, texts.sheet_groups(), title, _note(report), tables.group_table(report))
            ballots.add_votes(book, report, title)
        _add_method(book, report, title)
        if report.is_shown:
            ballots.add_recount(book, report, title)
    return content.getvalue()


def _parts(report: Report) -> list[tuple[str, str, Table]]:
    """Sheets that are there only if there is something to show: name, note, table."""
    together = texts.why_together()
    return [
        (texts.sheet_villages(), texts.why_villages_together(report), tables.village_table(report)),
        (texts.sheet_sexes(), together, tables.sex_table(report)),
        (texts.sheet_ages(), together, tables.age_table(report)),
        (texts.sheet_ways(), texts.about_ways(), tables.ways_table(report)),
        (texts.sheet_gatherings(), "", tables.gathering_table(report)),
        (sheet_problems(), about_record(), tables.record_table(report)),
    ]


def _note(report: Report) -> str:
    """What must not be parted from the numbers: a sheet may be printed or shown by itself."""
    lines = [
        f"{cards.voted(report.ranking)} · {texts.counted(report.made_at)}",
        f"{cards.whose_opinion(report.ranking)} {cards.advice()}",
        *cards.left_out(report.ranking),
    ]
    return "\n".join(lines)


def _add_summary(book: Workbook, report: Report, title: str) -> None:
    """Who voted on what, and the foremost problems in words."""
    problems = report.material.vote.problems
    foremost = [
        (f"{texts.column_place()} {row[0]}", f"№{row[3]} {line_text(problems[each.problem_id])}")
        for row, (_column, each) in zip(tables.ranking_table(report).rows, report.rows, strict=False)
    ]
    rows = [*texts.facts(report), *foremost[:10]]
    header = [texts.sheet_summary(), ""]
    sheet = add_table(book, texts.sheet_summary(), title, _note(report), Table(header, (34, 70), rows))
    sheet.activate()


def _add_ranking(book: Workbook, report: Report, title: str) -> None:
    table = tables.ranking_table(report)
    note = _note(report)
    sheet = add_table(book, texts.sheet_ranking(), title, note, table)
    if table.rows:
        name_range(
            book, "bap_ranking", sheet, HEADER_ROW + 1, 0, HEADER_ROW + len(table.rows), len(table.header) - 1
        )
        _add_chart(book, sheet, report, table)


def _add_chart(book: Workbook, sheet: Worksheet, report: Report, table: Table) -> None:
    """A bar for each problem, the foremost on top; labels short enough to be read."""
    label_column = len(table.header)
    for row, cells in enumerate(table.rows, HEADER_ROW + 1):
        label = shortened(f"№{cells[3]} {cells[4]}", CHART_LABEL)
        sheet.write_string(row, label_column, clean(label))
    sheet.set_column(label_column, label_column, None, None, {"hidden": True})
    first, last = HEADER_ROW + 1, HEADER_ROW + len(table.rows)
    value_column = SHARE_COLUMN if report.ranking.is_estimated else VOTES_COLUMN
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": texts.chart_title(report),
            "categories": [sheet.name, first, label_column, last, label_column],
            "values": [sheet.name, first, value_column, last, value_column],
            "data_labels": {"value": True},
            "fill": {"color": "#1F7A8C"},
            "gap": 40,
        }
    )
    chart.set_title({"name": texts.chart_title(report)})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 760, "height": max(LEAST_CHART_PIXELS, ROW_PIXELS * len(table.rows) + 80)})
    # A hidden column would otherwise be left out of the chart.
    chart.show_hidden_data()
    # Below the header row, which is repeated on every page.
    sheet.insert_chart(HEADER_ROW + 1, label_column + 1, chart, {"x_offset": ROW_PIXELS})
    # On paper the chart gets pages of its own; beside the table it would make both too small to read.
    sheet.set_print_scale(PRINT_SCALE)
    sheet.set_margins(left=PRINT_MARGIN, right=PRINT_MARGIN)
    sheet.set_v_pagebreaks([label_column + 1])


def _add_method(book: Workbook, report: Report, title: str) -> None:
    sheet = book.add_worksheet(texts.sheet_method())
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, clean(title), book.add_format({"bold": True, "font_size": 14}))
    sheet.set_column(0, 0, METHOD_WIDTH)
    for row, line in enumerate(texts.method(report), 2):
        sheet.write_string(row, 0, clean(line), wrapped)
        sheet.set_row(row, row_height([(line, METHOD_WIDTH)]))
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
