"""A count taken apart by village, sex and age group, never so that few votes of the bot would show.

The parts are made of whole strata and so tell nothing that the strata do not tell. Where no ballots are
handed out line by line, in a screening, full sums by sex and by age are taken instead if the audit clears
them. With the ballots of each stratum at hand adding and subtracting is not all: which ballots of a mixed
stratum make up what is left of the women's sum would be found by trying, and mostly there is one answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.domain.audit import is_cleared
from bot.domain.count import Count
from bot.domain.secrecy import is_safe, numbers_by, summed
from bot.domain.strata import REST, Strata

# The key of voters whose strata hold both sexes, or all ages.
NOT_APART = -1


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Voters counted together, on the telephone and on paper.

    `keys` are places in `Count.village_ids`, or the codes of a sex or an age group (0: not told).
    """

    keys: tuple[int, ...]
    voters: int
    in_bot: int
    """How many of the voters used the telephone: none, or at least ten."""
    shown: NDArray[np.int64]
    """(M,) how many of them were shown a problem."""
    votes: NDArray[np.int64]
    """(M,) how many of them picked it."""
    is_paper_alone: bool = False
    """Whether the phone ballots of the same village stand in another part, for they are few."""

    def share(self, problem: int) -> float | None:
        """Of those who were shown it; None when nobody was."""
        shown = int(self.shown[problem])
        return float(self.votes[problem]) / shown if shown else None


def by_village(count: Count, strata: Strata) -> list[Part]:
    """The villages in their order; the small ones together, at the end. None when that is a single part."""
    places = sorted(set(strata.village.tolist()), key=lambda village: (village == REST, village))
    living = {village: {village} for village in places if village != REST}
    if REST in places:
        living[REST] = _living_in_rest(count, strata)
    parts = _of_strata(strata, {place: (strata.village == place) for place in places})
    named = [
        replace(
            part,
            keys=tuple(sorted(living[place])),
            is_paper_alone=place != REST and place in living.get(REST, ()),
        )
        for place, part in zip(places, parts, strict=True)
    ]
    return named if len(named) > 1 else []


def _living_in_rest(count: Count, strata: Strata) -> set[int]:
    sheets = [
        sheet.village
        for sheet, stratum in zip(count.sheets, strata.sheet_stratum, strict=True)
        if strata.village[stratum] == REST
    ]
    return {*np.unique(count.ballots.village[strata.village[strata.stratum] == REST]).tolist(), *sheets}


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """The same votes by sex and by age group; either is empty where it would be a single part."""

    sexes: Sequence[Part]
    ages: Sequence[Part]


def by_side(count: Count, strata: Strata, *, in_full: bool) -> Sides:
    """`in_full`: whether sums across strata may be taken where they are safe; not beside single ballots."""
    ballots = count.ballots
    sexes, ages = _Margin.of(count, ballots.sex, "sex"), _Margin.of(count, ballots.age, "age")
    nobody = np.zeros(len(ballots.sex), np.int64)
    by_sex = in_full and _may_be_told(count, strata, sexes.part, nobody)
    by_age = in_full and _may_be_told(count, strata, sexes.part if by_sex else nobody, ages.part)
    return Sides(
        _several(sexes.parts if by_sex else _of_strata_by(strata, strata.sex)),
        _several(ages.parts if by_age else _of_strata_by(strata, strata.age)),
    )


def _several(parts: Sequence[Part]) -> Sequence[Part]:
    return parts if len(parts) > 1 else []


def _may_be_told(count: Count, strata: Strata, sex: NDArray[np.int64], age: NDArray[np.int64]) -> bool:
    """`sex` and `age` are (V,) the published parts to which each phone voter belongs."""
    shape = len(strata.weight), int(sex.max(initial=0)) + 1, int(age.max(initial=0)) + 1
    if not len(sex):
        return True
    cell = np.ravel_multi_index((strata.stratum, sex, age), shape)
    return is_cleared(numbers_by(count.ballots, cell, int(np.prod(shape))).reshape(*shape, -1))


def _of_strata_by(strata: Strata, code: NDArray[np.int8]) -> list[Part]:
    """Whole strata put together by their own sex or age group, those that hold several at the end."""
    found = {key: code == key for key in (1, 2, 0) if (code == key).any()}
    parts = _of_strata(strata, found)
    return [replace(part, keys=(key or NOT_APART,)) for key, part in zip(found, parts, strict=True)]


def _of_strata(strata: Strata, held: Mapping[int, NDArray[np.bool_]]) -> list[Part]:
    """A part of each key; `held` says of each which of the (H,) strata it holds."""
    part_of = np.zeros(len(strata.weight), np.int64)
    for place, mine in enumerate(held.values()):
        part_of[mine] = place
    return _parts(
        _Marks(strata.shown, strata.picked, part_of[strata.stratum]),
        _Sheets(strata.sheet_voted, strata.sheet_votes, part_of[strata.sheet_stratum]),
        list(held),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Marks:
    """(V, M) shown and picked of phone voters, and (V,) to which part each belongs."""

    shown: NDArray[np.bool_]
    picked: NDArray[np.bool_]
    part: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Sheets:
    """(B,) voters and (B, M) votes of sheets, and (B,) to which part each belongs."""

    voted: NDArray[np.int64]
    votes: NDArray[np.int64]
    part: NDArray[np.int64]


def _parts(marks: _Marks, sheets: _Sheets, keys: Sequence[int]) -> list[Part]:
    in_bot = np.bincount(marks.part, minlength=len(keys))
    shown, votes = (summed(of, marks.part, len(keys)) for of in (marks.shown, marks.picked))
    voters = in_bot.astype(np.int64)
    np.add.at(voters, sheets.part, sheets.voted)
    np.add.at(shown, sheets.part, sheets.voted[:, None])
    np.add.at(votes, sheets.part, sheets.votes)
    return [
        Part((key,), int(voters[place]), int(in_bot[place]), shown[place], votes[place])
        for place, key in enumerate(keys)
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Margin:
    """Parts by what voters told of themselves, and (V,) the part to which each phone voter belongs.

    Here the phone voters of the first part are numbered 0, and so on; a part of paper alone has none.
    """

    parts: Sequence[Part]
    part: NDArray[np.int64]

    @staticmethod
    def of(count: Count, code: NDArray[np.int8], side: str) -> "_Margin":
        told = code.astype(np.int64)
        sheets = count.sheets
        voted = np.array([sheet.voted for sheet in sheets], np.int64)
        votes = np.array([sheet.votes for sheet in sheets], np.int64).reshape(-1, len(count.problem_ids))
        of_sheet = np.array([getattr(sheet, side) for sheet in sheets], np.int64)
        numbers = numbers_by(count.ballots, told, 3)
        groups = _without_few(numbers)
        place = np.zeros(3, np.int64)
        for group, keys in enumerate(groups):
            place[list(keys)] = group
        found = _parts(
            _Marks(count.ballots.shown, count.ballots.picked, place[told]),
            _Sheets(voted, votes, place[of_sheet]),
            range(len(groups)),
        )
        named = [replace(part, keys=keys) for part, keys in zip(found, groups, strict=True)]
        return _Margin([part for part in named if part.voters], place[told])


def _without_few(numbers: NDArray[np.int64]) -> list[tuple[int, ...]]:
    """The codes 1, 2 and 0 as they may be published: parts that are not enough are put together.

    `numbers` is (3, J). Of parts of one size it is always the same that joins: two exports with different
    ones, subtracted from each other, would uncover what they hide.
    """
    by_size = sorted(range(3), key=lambda code: (int(numbers[code, 0]), code))
    few = [code for code in by_size if not is_safe(numbers[code])]
    others = [code for code in by_size if code not in few and numbers[code, 0]]
    while few and not is_safe(numbers[few].sum(axis=0)) and others:
        few.append(others.pop(0))
    apart = [(code,) for code in (1, 2, 0) if code not in few]
    return sorted([*apart, *([tuple(sorted(few))] if few else [])], key=lambda keys: (0 in keys, keys))
