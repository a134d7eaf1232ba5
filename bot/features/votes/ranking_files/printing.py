"""A ranking as pictures for the chat, and as a report to print."""

from datetime import date
from typing import Any

from bot.domain.text import shortened
from bot.features.votes import ranking_pictures as drawn, ranking_texts as cards
from bot.features.votes.ranking_files import tables, texts
from bot.features.votes.ranking_files.report import Report
from bot.i18n import current_language, percent
from bot.prints.paper import fill, pictures
from bot.prints.spreadsheets import Cell, Table

PROBLEM_WIDTH = 40


def ranking_pages(report: Report) -> list[bytes]:
    """Ten problems on each picture; none where so few voted that nothing is shown."""
    if not report.is_shown:
        return []
    data = drawn.bars_pages(report.material.vote, report.ranking)
    return pictures("ranking", data, drawn.POINTS_PER_INCH)


def village_pages(report: Report) -> list[bytes]:
    """How the villages voted, on the foremost problems; none where they cannot be shown apart."""
    if not report.villages:
        return []
    return pictures("villages", _village_map(report), drawn.POINTS_PER_INCH)


def pdf(report: Report) -> bytes:
    return fill("ranking_report", printed(report))


def printed(report: Report) -> dict[str, Any]:
    """What `ranking_report.typ` shows."""
    vote, ranking = report.material.vote, report.ranking
    notes = [cards.how_to_read(ranking), cards.same_places(), cards.whose_opinion(ranking), cards.advice()]
    notes += cards.left_out(ranking)
    return {
        "language": current_language(),
        "title": cards.title(vote),
        "lines": texts.facts(report),
        "note": notes if report.is_shown else cards.left_out(ranking) or [cards.nobody_voted()],
        "bars": drawn.bars(vote, ranking) if report.is_shown else [],
        "villages_title": cards.by_village_title(),
        "villages_note": " ".join(drawn.village_notes(ranking, report.villages)),
        "groups": _village_map(report)["groups"] if report.villages else [],
        "tables": _tables(report),
        "method_title": texts.sheet_method(),
        "method": texts.method(report),
        "signatures": texts.signatures(),
    }


def _village_map(report: Report) -> dict[str, Any]:
    vote = report.material.vote
    parts = drawn.village_parts(report.count.village_ids, vote, report.villages)
    return drawn.map_pages(vote, report.ranking, report.rows, parts)


def _tables(report: Report) -> list[dict[str, Any]]:
    by_problem = [
        (texts.sheet_ways(), tables.ways_table(report)),
        (texts.sheet_sexes(), tables.sex_table(report)),
        (texts.sheet_ages(), tables.age_table(report)),
    ]
    found = [_drawn(title, _with_short_problems(table), 1) for title, table in by_problem if table.rows]
    gatherings = tables.gathering_table(report)
    return [*found, _drawn(texts.sheet_gatherings(), gatherings, 5)] if gatherings.rows else found


def _with_short_problems(table: Table) -> Table:
    """The number and the words in one column, for on paper there is little room."""
    rows = [[shortened(f"№{row[0]} {row[1]}", drawn.BAR_LETTERS), *row[2:]] for row in table.rows]
    return Table(table.header[1:], (PROBLEM_WIDTH, *table.widths[2:]), rows)


def _drawn(title: str, table: Table, words: int) -> dict[str, Any]:
    """`words` is the number of columns, from the left, that hold no numbers."""
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    return {
        "title": title,
        "header": table.header,
        "widths": table.widths,
        "words": words,
        "rows": rows,
    }


def _cell(cell: Cell) -> str | int:
    if isinstance(cell, float):
        return percent(cell)
    return f"{cell:%d.%m.%Y}" if isinstance(cell, date) else cell
