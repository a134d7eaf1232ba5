"""The ranking as plain tables, for the workbook and the CSV alike."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from bot.domain.cells import harmless
from bot.domain.ranking import Group, ranked, without_small_cells
from bot.features.ranking import texts
from bot.features.ranking.queries import Tally
from bot.i18n import named


@dataclass(frozen=True, slots=True)
class Table:
    """A header, the widths of its columns in characters, and the rows below."""

    header: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[Any]]
    groups: Sequence[Group] = ()


def total_table(tally: Tally) -> Table:
    problems = {problem.id: problem for problem in tally.problems}
    rows = []
    for place in ranked(tally.votes, tally.voters):
        problem = problems[place.problem_id]
        topic = named(problem.topic) if problem.topic else ""
        words = (problem.text, named(problem.village), topic)
        rows.append([texts.place(place), problem.number, *words, place.votes, float(place.share)])
    header = [
        texts.column_place(),
        texts.column_number(),
        texts.column_problem(),
        texts.column_village(),
        texts.column_topic(),
        texts.column_votes(),
        texts.column_share(),
    ]
    return Table(header, (8, 6, 60, 18, 22, 9, 12), rows)


def village_table(tally: Tally) -> Table:
    """Votes by village, in the order of the total; villages too small to show are put together."""
    groups = without_small_cells(tally.villages)
    if all(group.village_id is None for group in groups):
        # Everything put together is the total once more.
        groups = []
    problems = {problem.id: problem for problem in tally.problems}
    rows = [
        [
            problems[place.problem_id].number,
            problems[place.problem_id].text,
            *(group.votes.get(place.problem_id, 0) for group in groups),
        ]
        for place in ranked(tally.votes, tally.voters)
    ]
    header = [texts.column_number(), texts.column_problem(), *(_group_name(tally, group) for group in groups)]
    return Table(header, (6, 60, *[16] * len(groups)), rows, groups)


def _group_name(tally: Tally, group: Group) -> str:
    village_id = group.village_id
    name = texts.other_villages() if village_id is None else named(tally.village_names[village_id])
    return texts.village_column(name, group.voters)


def comma_separated(tally: Tally) -> bytes:
    """One row a problem: UTF-8 with a mark that spreadsheets need, semicolons, no cell that runs."""
    total, villages = total_table(tally), village_table(tally)
    content = StringIO()
    writer = csv.writer(content, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(title) for title in (*total.header, *villages.header[2:])])
    for row, by_village in zip(total.rows, villages.rows, strict=True):
        writer.writerow([harmless(_plain(cell)) for cell in (*row, *by_village[2:])])
    return content.getvalue().encode("utf-8-sig")


def _plain(cell: Any) -> str:
    """Spreadsheets of this region write 0,25: where they meet 0.25, they see a text or a date."""
    return f"{cell:.4f}".replace(".", ",") if isinstance(cell, float) else str(cell)
