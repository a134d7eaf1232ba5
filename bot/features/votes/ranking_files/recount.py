"""Reckoning a ranking anew from an exported workbook alone, and comparing it with the one it shows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from bot.domain import bands
from bot.domain.ranking import Ranked, Ranking, Tally, estimated, without_ranges
from bot.domain.strata import Strata
from bot.features.votes.ranking_files.ballots import FIRST_FORMAT, FORMAT

# Shares in the file are rounded to the digits that a spreadsheet keeps.
NEAR = 1e-9
Cells = list[list[Any]]


class NotAnExport(Exception):
    """The file is no workbook that `bap export ranking` has written, or somebody has broken it."""


@dataclass(frozen=True, slots=True)
class Recount:
    """What was reckoned, and in words every difference from what the file shows; none when it matches.

    `has_ranges` is False for a screening whose shares are estimated: its file holds sums, and these do not
    tell which choices came from the same voters.
    """

    problems: int
    ballots: int
    sheets: int
    has_ranges: bool
    differences: Sequence[str]


def recount(file: Path) -> Recount:
    """Read, reckon, compare; raises `NotAnExport`."""
    tables = _read(file)
    strata = _strata(tables)
    numbers = {int(row[0]): int(row[1]) for row in tables["bap_problems"]}
    tallied = tables.get("bap_tallies")
    if tallied is None:
        _require_voters(tables["bap_strata"], strata)
        ranking = estimated(strata)
    else:
        ranking = without_ranges(strata, _tally(tables, strata))
    has_ranges = tallied is None or not ranking.is_estimated
    return Recount(
        problems=len(strata.problem_ids),
        ballots=ranking.voters,
        sheets=len(strata.sheet_voted),
        has_ranges=has_ranges,
        differences=_differences(ranking, numbers, tables["bap_ranking"], has_ranges=has_ranges),
    )


_NEEDED = ("bap_meta", "bap_problems", "bap_strata", "bap_ranking")
_OPTIONAL = ("bap_ballots", "bap_tallies", "bap_sheets")


def _read(file: Path) -> dict[str, Cells]:
    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise NotAnExport(f"{file.name} cannot be read as an XLSX workbook.") from error
    missing = [name for name in _NEEDED if name not in book.defined_names]
    if missing:
        raise NotAnExport(
            f"{file.name} holds no count ({', '.join(missing)} not found). "
            "Give the XLSX file that the bot has sent; a vote of which nothing is shown has no count in it."
        )
    names = [*_NEEDED, *(name for name in _OPTIONAL if name in book.defined_names)]
    return {name: _cells(book, name) for name in names}


# Some programs save the title of a sheet without its quotes.
_PLACE = re.compile(r"(?:'(?P<quoted>.+)'|(?P<plain>[^'!]+))!(?P<cells>[$A-Z0-9:]+)")


def _cells(book: Workbook, name: str) -> Cells:
    found = _PLACE.fullmatch(book.defined_names[name].attr_text or "")
    title = (found["plain"] or found["quoted"].replace("''", "'")) if found else ""
    if found is None or title not in book.sheetnames:
        raise NotAnExport(f"{name} points at nothing.")
    left, top, right, bottom = range_boundaries(found["cells"])
    rows = book[title].iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right, values_only=True)
    cells = [list(row) for row in rows]
    if len(cells) != (bottom or 0) - (top or 0) + 1:
        raise NotAnExport(f"{name}: rows of the sheet “{title}” are missing.")
    return cells


def _strata(tables: dict[str, Cells]) -> Strata:
    """All that the ranking is reckoned from."""
    try:
        meta = {str(row[0]): row[1] for row in tables["bap_meta"]}
        if int(meta["format"]) not in (FIRST_FORMAT, FORMAT):
            raise NotAnExport("The file was written by another version of the bot.")
        listed, groups = tables["bap_problems"], tables["bap_strata"]
        numbers = [int(row[1]) for row in listed]
        stratum, picked = _ballots(tables.get("bap_ballots", []), numbers, int(meta["picks"]))
        sheets = np.array(tables.get("bap_sheets", []), np.int64).reshape(-1, 2 + len(listed))
        strata = Strata(
            round_id=int(meta["round"]),
            picks=int(meta["picks"]),
            problem_ids=tuple(int(row[0]) for row in listed),
            supporters=tuple(int(row[2]) for row in listed),
            shown=np.ones_like(picked),
            picked=picked,
            stratum=stratum,
            sheet_stratum=(sheets[:, 0] - 1).astype(np.int32),
            sheet_voted=sheets[:, 1],
            sheet_votes=sheets[:, 2:],
            village=np.array([int(row[0]) for row in groups], np.int32),
            sex=np.array([int(row[1]) for row in groups], np.int8),
            age=np.array([int(row[2]) for row in groups], np.int8),
            weight=np.array([float(row[3]) for row in groups], np.float64),
            is_weighted=bool(int(meta["weighted"])),
            represented=float(meta["represented"]),
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise NotAnExport(f"The count in the file is broken: {error}") from error
    _require_sound(strata)
    return strata


def _ballots(rows: Cells, numbers: Sequence[int], picks: int) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """(V,) strata, (V, M) picked."""
    if rows and len(rows[0]) > picks + 1:
        raise NotAnExport("The file is of a first vote and was written by an older version of the bot.")
    column = {number: place for place, number in enumerate(numbers)}
    stratum = np.array([int(row[0]) - 1 for row in rows], np.int32)
    picked = np.zeros((len(rows), len(numbers)), np.bool_)
    for voter, row in enumerate(rows):
        for number in row[1 : picks + 1]:
            if number is not None:
                picked[voter, column[int(number)]] = True
    return stratum, picked


def _tally(tables: Mapping[str, Cells], strata: Strata) -> Tally:
    """The sums of a screening, a line for each stratum and problem."""
    column = {int(row[1]): place for place, row in enumerate(tables["bap_problems"])}
    shown, picked = np.zeros((2, len(strata.weight), len(column)), np.int64)
    try:
        voters = np.array([int(row[4]) for row in tables["bap_strata"]], np.int64)
        for row in tables["bap_tallies"]:
            cell = _group(row[0]), column[int(row[1])]
            shown[cell], picked[cell] = int(row[2]), int(row[3])
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise NotAnExport(f"The count in the file is broken: {error}") from error
    if (picked > shown).any() or (shown > voters[:, None]).any():
        raise NotAnExport("More voters of a group chose a problem than saw it, or saw it than there are.")
    return Tally(voters, shown, picked)


def _group(number: Any) -> int:
    """The place of a group, which are numbered from 1 on."""
    if int(number) < 1:
        raise IndexError(f"there is no group {number}")
    return int(number) - 1


def _require_voters(groups: Cells, strata: Strata) -> None:
    """As many ballots as each group says it has; files of the first format do not say."""
    told = [row[4] for row in groups if len(row) > 4]
    if told and told != strata.voters.tolist():
        raise NotAnExport("A group has more or fewer ballots in the file than it says it has.")


def _require_sound(strata: Strata) -> None:
    """What no count of ours can hold: a group that is not there, shares of more or less than all."""
    groups = len(strata.weight)
    for places in (strata.stratum, strata.sheet_stratum):
        if len(places) and not (places.min() >= 0 and places.max() < groups):
            raise NotAnExport("A ballot or a gathering belongs to a group that is not in the file.")
    if abs(strata.weight.sum() - 1) > NEAR:
        raise NotAnExport("The shares of the groups do not add up to one.")


def _differences(
    ranking: Ranking, numbers: Mapping[int, int], shown: Cells, *, has_ranges: bool
) -> list[str]:
    if len(shown) != len(ranking.rows):
        return [f"The file ranks {len(shown)} problems, the recount {len(ranking.rows)}."]
    found = []
    for line, (row, ranked) in enumerate(zip(shown, ranking.rows, strict=True), 1):
        expected = _line(ranked, numbers[ranked.problem_id], is_estimated=ranking.is_estimated)
        given = [row[0], row[1], row[2], row[3], *row[7:14]]
        found += [
            f"Line {line}, {name}: the file says {was}, the recount {now}."
            for name, was, now in zip(_COLUMNS, given, expected, strict=True)
            if (has_ranges or name not in _RANGES) and not _is_same(was, now)
        ]
    return found


_COLUMNS = (
    "place",
    "place from",
    "place to",
    "problem",
    "share",
    "at least",
    "at most",
    "votes",
    "votes in the bot",
    "votes on paper",
    "voters who saw it",
)
_RANGES = _COLUMNS[:3]


def _line(ranked: Ranked, number: int, *, is_estimated: bool) -> list[str | int | float | None]:
    shares = (ranked.share, ranked.low, ranked.high) if is_estimated else (None, None, None)
    votes = (ranked.bot + ranked.paper, ranked.bot, ranked.paper)
    band = bands.places(ranked.band)
    return [band, ranked.first, ranked.last, number, *shares, *votes, ranked.shown]


def _is_same(was: Any, now: str | float | None) -> bool:
    if now is None:
        return was in (None, "")
    if isinstance(now, str):
        return str(was) == now
    return isinstance(was, int | float) and abs(was - now) <= NEAR
