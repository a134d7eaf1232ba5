"""A count taken apart by village, sex and age group; parts that would show single votes are put together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.count import Count

# A count over fewer people than this could tell how a neighbour voted.
FEWEST_IN_A_CELL = 5
# Voters looked at together, so that memory stays small.
_CHUNK = 8192


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Voters counted together, on the telephone and on paper.

    `keys` are places in `Count.village_ids`, or the codes of a sex or an age group (0: not told).
    """

    keys: tuple[int, ...]
    voters: int
    shown: NDArray[np.int64]
    """(M,) how many of them were shown a problem."""
    votes: NDArray[np.int64]
    """(M,) how many of them picked it."""

    def share(self, problem: int) -> float | None:
        """Of those who were shown it; None when they are too few to tell."""
        shown = int(self.shown[problem])
        return float(self.votes[problem]) / shown if shown >= FEWEST_IN_A_CELL else None


def by_village(count: Count) -> list[Part]:
    """The villages in their order; those with few voters together, at the end."""
    sheets = np.array([sheet.village for sheet in count.sheets], np.int64)
    return without_small_parts(_parts(count, count.ballots.village, sheets, len(count.village_ids)))


def by_sex(count: Count) -> list[Part]:
    """Women, men, and those of whom it is not known."""
    sheets = np.array([sheet.sex for sheet in count.sheets], np.int64)
    return _untold_last(without_small_parts(_parts(count, count.ballots.sex, sheets, 3)))


def by_age(count: Count) -> list[Part]:
    """Those under 35, those from 35 on, and those of whom it is not known."""
    sheets = np.array([sheet.age for sheet in count.sheets], np.int64)
    return _untold_last(without_small_parts(_parts(count, count.ballots.age, sheets, 3)))


def _untold_last(parts: Sequence[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: 0 in part.keys)


def without_small_parts(parts: Sequence[Part]) -> list[Part]:
    """Put parts with too few voters together until they can be shown; none when that leaves a single one.

    Hiding a single part would not hide it: its counts are the total minus the others. So the smallest
    of the others joins in. Of parts of one size it is always the same that joins: two exports with
    different ones, subtracted from each other, would uncover what they hide.
    """
    by_size = sorted((part for part in parts if part.voters), key=lambda part: (part.voters, part.keys))
    small: list[Part] = []
    while by_size and (by_size[0].voters < FEWEST_IN_A_CELL or 0 < _voters(small) < FEWEST_IN_A_CELL):
        small.append(by_size.pop(0))
    shown = sorted(by_size, key=lambda part: part.keys)
    found = shown + ([_together(small)] if small else [])
    return found if len(found) > 1 else []


def _voters(parts: Sequence[Part]) -> int:
    return sum(part.voters for part in parts)


def _together(parts: Sequence[Part]) -> Part:
    return Part(
        keys=tuple(sorted(key for part in parts for key in part.keys)),
        voters=_voters(parts),
        shown=np.sum([part.shown for part in parts], axis=0),
        votes=np.sum([part.votes for part in parts], axis=0),
    )


def _parts(
    count: Count, of_ballot: NDArray[np.integer], of_sheet: NDArray[np.int64], parts: int
) -> list[Part]:
    """`of_ballot` (V,) and `of_sheet` (B,) say to which part each belongs."""
    problems = len(count.problem_ids)
    voters = np.bincount(of_ballot, minlength=parts)
    shown, votes = np.zeros((parts, problems), np.int64), np.zeros((parts, problems), np.int64)
    order = np.argsort(of_ballot, kind="stable")
    ends = np.searchsorted(of_ballot[order], np.arange(parts + 1))
    for part in range(parts):
        for begin in range(ends[part], ends[part + 1], _CHUNK):
            chunk = order[begin : min(begin + _CHUNK, ends[part + 1])]
            shown[part] += np.count_nonzero(count.ballots.shown[chunk], axis=0)
            votes[part] += np.count_nonzero(count.ballots.picked[chunk], axis=0)
    for part, sheet in zip(of_sheet, count.sheets, strict=True):
        voters[part] += sheet.voted
        shown[part] += sheet.voted
        votes[part] += np.array(sheet.votes, np.int64)
    return [Part((part,), int(voters[part]), shown[part], votes[part]) for part in range(parts)]
