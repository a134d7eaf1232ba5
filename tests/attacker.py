"""Whoever wants to know what somebody chose, with all that is published at hand.

They know who voted in the bot, from which village, of which sex and age; they know every sheet of paper; and
they know the method, so they can tell who is in which stratum. What they do not know is what was chosen.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import range_boundaries

from bot.domain.breakdown import NOT_APART, Part
from bot.domain.count import Count, Sheet
from bot.domain.ranking import tally_of
from bot.domain.secrecy import countable
from bot.domain.strata import REST, Strata, stratified
from bot.features.votes.ranking_files.report import Report

SECRET = 10
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Figure:
    """Votes of one group, M numbers, as they are published; `kind` and `keys` say of whom."""

    kind: str
    keys: tuple[int, ...]
    in_bot: int
    votes: tuple[int, ...]
    is_of_bot: bool = False
    """Whether the paper was taken off already."""


@dataclass(frozen=True)
class Attack:
    """`told`: some combination of figures tells of so many ballots at most, fewer than ten; 0 for none."""

    told: int
    rows: Marks
    """(R, V) whose ballots each figure sums up."""


def attack(figures: Sequence[Figure], of: Count) -> Attack:
    """Take the paper off each figure, and add and subtract what is left.

    Ballots too few in all, and problems that too few saw, stand in no figure: there every number is 0.
    """
    of = countable(of)
    strata = stratified(of)
    rows = np.array([_whose(each, of, strata) for each in figures], np.bool_)
    if not rows.size:
        return Attack(0, np.zeros((0, len(of.ballots.village)), np.bool_))
    rows = np.unique(rows, axis=0)
    columns = [np.ones(len(rows.T), np.bool_)] if of.ballots.shown.all() else list(of.ballots.shown.T)
    found = [told for seen in columns if (told := fewest_told(rows[:, seen]))]
    return Attack(min(found, default=0), rows)


def _whose(figure: Figure, of: Count, strata: Strata) -> Marks:
    """The ballots in a figure: of the ways to read it, the one by which the numbers come out right."""
    for mine, sheets in _readings(figure, of, strata):
        if int(mine.sum()) != figure.in_bot:
            continue
        chosen = of.ballots.picked[mine].sum(axis=0)
        on_paper = np.sum([each.votes for each in sheets], axis=0) if sheets else 0
        if np.array_equal(chosen if figure.is_of_bot else chosen + on_paper, figure.votes):
            return mine
    raise AssertionError(f"nobody can tell whose figures these are: {figure}")


def _readings(figure: Figure, of: Count, strata: Strata) -> Iterator[tuple[Marks, Sequence[Sheet]]]:
    ballots, keys = of.ballots, figure.keys
    if figure.kind == "all":
        yield np.ones(len(ballots.village), np.bool_), of.sheets
    elif figure.kind == "stratum":
        yield _in_strata(np.arange(len(strata.weight)) == keys[0], of, strata)
    elif figure.kind == "village":
        for place in (keys[0], REST):
            yield _in_strata(strata.village == place, of, strata)
    else:
        told, code = (ballots.sex, strata.sex) if figure.kind == "sex" else (ballots.age, strata.age)
        yield np.isin(told, keys), [each for each in of.sheets if getattr(each, figure.kind) in keys]
        yield _in_strata(code == (0 if keys[0] == NOT_APART else keys[0]), of, strata)


def _in_strata(chosen: Marks, of: Count, strata: Strata) -> tuple[Marks, Sequence[Sheet]]:
    sheets = [
        sheet for sheet, stratum in zip(of.sheets, strata.sheet_stratum, strict=True) if chosen[stratum]
    ]
    return chosen[strata.stratum], sheets


def fewest_told(rows: Marks) -> int:
    """The least of the sets, of fewer than ten ballots, of which some combination of the (R, V) sums tells
    and of nobody else; 0 if there is none.

    By linear algebra alone: a combination that vanishes on all ballots but those of a set is there if the
    rows, without these ballots, have a lower rank. Ballots that stand in the same sums count as one unknown.
    """
    if not rows.size:
        return 0
    columns, weights = np.unique(rows, axis=1, return_counts=True)
    unknowns = columns.T.astype(np.float64)
    products = unknowns[:, :, None] * unknowns[:, None, :]
    whole = np.linalg.matrix_rank(products.sum(axis=0), hermitian=True)
    small = _small_sets(weights.tolist())
    found = []
    for begin in range(0, len(small), 2000):
        sets = np.zeros((min(2000, len(small) - begin), len(weights)))
        for place, few in enumerate(small[begin : begin + 2000]):
            sets[place, few] = 1
        without = np.einsum("nu,urq->nrq", 1 - sets, products)
        lower = np.linalg.matrix_rank(without, hermitian=True) < whole
        found += (sets[lower] @ weights).astype(int).tolist()
    return min(found, default=0)


def _small_sets(weights: Sequence[int]) -> list[list[int]]:
    """The sets of unknowns with fewer than ten ballots to which none can be added."""
    small = sorted((weight, place) for place, weight in enumerate(weights) if weight < SECRET)
    found: list[list[int]] = []

    def extend(chosen: list[int], total: int, begin: int, least_left_out: int) -> None:
        """`least_left_out`: the lightest that was passed over on the way."""
        if begin == len(small):
            if chosen and total + least_left_out >= SECRET:
                found.append(chosen)
            return
        weight, place = small[begin]
        if total + weight < SECRET:
            extend([*chosen, place], total + weight, begin + 1, least_left_out)
            # Whoever is passed over must not fit in at the end.
            extend(chosen, total, begin + 1, min(least_left_out, weight))
        elif chosen and total + least_left_out >= SECRET:
            # They ascend: from here on none fits.
            found.append(chosen)

    extend([], 0, 0, SECRET)
    return found


# --- where the figures are read ---


def figures_of(report: Report) -> list[Figure]:
    """All sums that any screen or file is made of."""
    if not report.is_shown:
        return []
    tally = tally_of(report.strata)
    strata = [
        Figure("stratum", (place,), int(tally.voters[place]), _ints(votes), is_of_bot=True)
        for place, votes in enumerate(tally.picked)
    ]
    by_id = sorted(report.ranking.rows, key=lambda row: row.problem_id)
    whole = Figure("all", (), report.ranking.voters, tuple(row.bot + row.paper for row in by_id))
    sides = {"village": report.villages, "sex": report.sexes, "age": report.ages}
    return [
        whole,
        *strata,
        *(_of_part(kind, part) for kind, parts in sides.items() for part in parts),
    ]


def _of_part(kind: str, part: Part) -> Figure:
    return Figure(kind, part.keys, part.in_bot, _ints(part.votes))


def _ints(numbers: NDArray[np.int64]) -> tuple[int, ...]:
    return tuple(numbers.tolist())


_KEYS: Mapping[str, int] = {
    "not told": 0,
    "women": 1,
    "men": 2,
    "under 35": 1,
    "35 and over": 2,
    "not told apart": NOT_APART,
}


def figures_in(xlsx: bytes, data: bytes) -> list[Figure]:
    """From the spreadsheet and the open data alone."""
    problems = sorted(json.loads(data)["problems"], key=lambda each: int(each["number"]))
    if not problems:
        return []
    book = load_workbook(BytesIO(xlsx))
    voters = json.loads(data)["voters_in_bot"]
    whole = [
        Figure("all", (), voters, tuple(each["votes"] for each in problems)),
        Figure("all", (), voters, tuple(each["votes_in_bot"] for each in problems), is_of_bot=True),
    ]
    return [
        *whole,
        *(each for kind in ("village", "sex", "age") for each in _parts_in(problems, kind)),
        *_strata_in(book),
    ]


def _parts_in(problems: Sequence[Any], kind: str) -> list[Figure]:
    return [
        Figure(
            kind,
            tuple(map(_key, part["group"])),
            part["voters_in_bot"],
            tuple(each[f"by_{kind}"][place]["votes"] for each in problems),
        )
        for place, part in enumerate(problems[0][f"by_{kind}"])
    ]


def _key(group: Any) -> int:
    """Villages are named by their place, from 1 on."""
    return _KEYS[group] if isinstance(group, str) else int(group["ru"].split()[-1]) - 1


def _strata_in(book: Workbook) -> list[Figure]:
    numbers = [int(row[1]) for row in cells_of(book, "bap_problems")]
    voters = [int(row[4]) for row in cells_of(book, "bap_strata")]
    votes = np.zeros((len(voters), len(numbers)), np.int64)
    counted = np.zeros(len(voters), np.int64)
    for row in cells_of(book, "bap_ballots"):
        counted[int(row[0]) - 1] += 1
        for number in filter(None, row[1:]):
            votes[int(row[0]) - 1, numbers.index(int(number))] += 1
    for row in cells_of(book, "bap_tallies"):
        votes[int(row[0]) - 1, numbers.index(int(row[1]))] = int(row[3])
    if "bap_ballots" in book.defined_names:
        assert counted.tolist() == voters
    return [
        Figure("stratum", (place,), voters[place], _ints(each), is_of_bot=True)
        for place, each in enumerate(votes)
    ]


def cells_of(book: Workbook, name: str) -> list[list[Any]]:
    """The named cells; none if there is no such name."""
    if name not in book.defined_names:
        return []
    title, place = (book.defined_names[name].attr_text or "").rsplit("!", 1)
    left, top, right, bottom = range_boundaries(place)
    sheet = book[title.strip("'")]
    rows = sheet.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right, values_only=True)
    return [list(row) for row in rows]


# --- what whole numbers between bounds tell besides ---


def pinned(rows: Marks, seen: Marks, picked: Marks) -> list[Marks]:
    """The ballots, by unknown, whose number of picks of one problem can be but one, all figures considered.

    `rows` is (R, V), `seen` and `picked` are (V,). Unlike a combination of sums this also knows that of so
    many voters between none and all have picked. Groups that are plainly unanimous are left out: where a
    figure is 0 or everybody, it says so of each of its ballots, be they ten or a thousand.
    """
    columns, which = np.unique(rows[:, seen], axis=1, return_inverse=True)
    size = np.bincount(which.ravel(), minlength=columns.shape[1])
    truth = np.bincount(which.ravel(), picked[seen], columns.shape[1]).astype(int)
    totals, people = columns @ truth, columns @ size
    plain = columns[(totals == 0) | (totals == people)].any(axis=0)
    found = []
    for unknown in np.flatnonzero(~plain):
        if not _has_another(columns, size, truth, int(unknown)):
            mine = np.zeros(len(seen), np.bool_)
            mine[np.flatnonzero(seen)[which.ravel() == unknown]] = True
            found.append(mine)
    return found


def _has_another(columns: Marks, size: NDArray[np.int64], truth: NDArray[np.int64], unknown: int) -> bool:
    """Whether all sums come out with another number for this unknown, too: an exact search."""
    others = sorted(
        set(range(int(size[unknown]) + 1)) - {int(truth[unknown])}, key=lambda n: abs(n - truth[unknown])
    )
    totals = columns.astype(np.int64) @ truth
    for number in others:
        low, high = np.zeros_like(size), size.copy()
        low[unknown] = high[unknown] = number
        if _can_be(columns.astype(np.int64), totals, low, high, truth):
            return True
    return False


def _can_be(
    columns: NDArray[np.int64],
    totals: NDArray[np.int64],
    low: NDArray[np.int64],
    high: NDArray[np.int64],
    near: NDArray[np.int64],
) -> bool:
    """Narrow the bounds by each sum until nothing changes, then try the numbers of one unknown."""
    while True:
        least, most = columns @ low, columns @ high
        if (low > high).any() or (least > totals).any() or (most < totals).any():
            return False
        # What a sum leaves to one of its unknowns when all others take their least, or their most.
        up = np.where(columns > 0, (totals - least)[:, None] + low, high).min(axis=0)
        down = np.where(columns > 0, (totals - most)[:, None] + high, low).max(axis=0)
        tighter = np.maximum(low, down), np.minimum(high, up)
        if np.array_equal(tighter[0], low) and np.array_equal(tighter[1], high):
            break
        low, high = tighter
    open_ones = np.flatnonzero(low < high)
    if not len(open_ones):
        return True
    place = int(open_ones[np.argmin((high - low)[open_ones])])
    for number in sorted(
        range(int(low[place]), int(high[place]) + 1), key=lambda n: abs(n - int(near[place]))
    ):
        fixed_low, fixed_high = low.copy(), high.copy()
        fixed_low[place] = fixed_high[place] = number
        if _can_be(columns, totals, fixed_low, fixed_high, near):
            return True
    return False
