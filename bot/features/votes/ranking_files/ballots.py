"""The count without names, so that anybody who holds the file can reckon the ranking anew.

What a program reads stands under names that are the same in every language: `bap_meta`, `bap_problems`,
`bap_strata`, `bap_sheets` and `bap_ballots`, and `bap_ranking` for the result to compare with. Of a screening
there are the sums of each stratum, `bap_tallies`, in place of ballots: in it each voter saw problems that
nobody else was shown together, so a line would be known by them.
"""

from collections.abc import Sequence

import numpy as np
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from bot.domain.ranking import tally_of
from bot.domain.spreadsheet_safety import clean
from bot.domain.strata import Strata
from bot.features.votes.ranking_files import texts
from bot.features.votes.ranking_files.report import Report
from bot.prints.spreadsheets import name_range

# In the first one a stratum had no number of voters, and a screening had ballots.
FORMAT, FIRST_FORMAT = 2, 1
_HEADER = 2


def add_votes(book: Workbook, report: Report, title: str) -> None:
    """The votes of the bot as they were counted; nothing where there are none."""
    if report.ranking.voters:
        (_add_tallies if report.is_screening else _add_ballots)(book, report, title)


def _add_ballots(book: Workbook, report: Report, title: str) -> None:
    """A line for each ballot from the bot: the voter's group and the picks."""
    picks = report.count.picks
    header = [texts.column_group(), *(texts.column_choice(place + 1) for place in range(picks))]
    sheet = _headed(book, texts.sheet_ballots(), title, texts.about_ballots(), header)
    numbers = np.array([report.material.vote.problems[each].number for each in report.count.problem_ids])
    strata = report.strata
    for row, voter in enumerate(_shuffled(strata), _HEADER + 1):
        sheet.write_number(row, 0, int(strata.stratum[voter]) + 1)
        for column, number in enumerate(numbers[strata.picked[voter]].tolist(), 1):
            sheet.write_number(row, column, number)
    name_range(book, "bap_ballots", sheet, _HEADER + 1, 0, _HEADER + len(strata.stratum), len(header) - 1)


def _add_tallies(book: Workbook, report: Report, title: str) -> None:
    """A line for each group and problem: how many of the bot's voters saw it, and how many chose it."""
    header = [texts.column_group(), texts.column_number(), texts.column_shown(), texts.column_votes()]
    sheet = _headed(book, texts.sheet_tallies(), title, texts.about_tallies(), header)
    tally, problems = tally_of(report.strata), report.material.vote.problems
    rows = [
        [stratum + 1, problems[problem_id].number, int(shown[column]), int(picked[column])]
        for stratum, (shown, picked) in enumerate(zip(tally.shown, tally.picked, strict=True))
        for column, problem_id in enumerate(report.count.problem_ids)
    ]
    _write(sheet, _HEADER + 1, rows)
    name_range(book, "bap_tallies", sheet, _HEADER + 1, 0, _HEADER + len(rows), len(header) - 1)


def _headed(book: Workbook, name: str, title: str, note: str, header: Sequence[str]) -> Worksheet:
    sheet = book.add_worksheet(name)
    _head(book, sheet, title, note)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for column, words in enumerate(header):
        sheet.write_string(_HEADER, column, words, bold)
    sheet.set_column(0, len(header) - 1, 11)
    sheet.freeze_panes(_HEADER + 1, 0)
    return sheet


def _shuffled(strata: Strata) -> list[int]:
    """By chance that nobody can repeat: the order in which people came would say who is who."""
    order: list[int] = np.random.default_rng().permutation(len(strata.stratum)).tolist()
    return order


def add_recount(book: Workbook, report: Report, title: str) -> None:
    """Everything else that the ranking was reckoned from."""
    sheet = book.add_worksheet(texts.sheet_recount())
    _head(book, sheet, title, texts.about_recount())
    row = _HEADER
    for name, rows in _machine_tables(report):
        row += 1
        if rows:
            _write(sheet, row, rows)
            name_range(book, name, sheet, row, 0, row + len(rows) - 1, max(map(len, rows)) - 1)
            row += len(rows)


def _machine_tables(report: Report) -> list[tuple[str, Sequence[Sequence[str | int]]]]:
    strata, problems = report.strata, report.material.vote.problems
    meta: list[list[str | int]] = [
        ["format", FORMAT],
        ["round", strata.round_id],
        ["picks", strata.picks],
        ["weighted", int(strata.is_weighted)],
        ["represented", repr(strata.represented)],
    ]
    listed = [
        [problem_id, problems[problem_id].number, supporters]
        for problem_id, supporters in zip(strata.problem_ids, strata.supporters, strict=True)
    ]
    # Shares are written as text: a spreadsheet keeps one digit less than they have.
    groups: list[list[str | int]] = [
        [int(village), int(sex), int(age), repr(float(weight)), int(voters)]
        for village, sex, age, weight, voters in zip(
            strata.village, strata.sex, strata.age, strata.weight, strata.voters, strict=True
        )
    ]
    sheets = [
        [int(stratum) + 1, int(voted), *map(int, votes)]
        for stratum, voted, votes in zip(
            strata.sheet_stratum, strata.sheet_voted, strata.sheet_votes, strict=True
        )
    ]
    return [("bap_meta", meta), ("bap_problems", listed), ("bap_strata", groups), ("bap_sheets", sheets)]


def _write(sheet: Worksheet, first: int, rows: Sequence[Sequence[str | int]]) -> None:
    for row, cells in enumerate(rows, first):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            else:
                sheet.write_number(row, column, cell)


def _head(book: Workbook, sheet: Worksheet, title: str, note: str) -> None:
    sheet.write_string(0, 0, clean(title), book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, clean(note))
