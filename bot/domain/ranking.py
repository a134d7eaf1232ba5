"""From picks to a ranking that can be shown: counts, shared places, and cells too small to print."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# A count over fewer people than this could tell how a neighbour voted.
FEWEST_IN_A_CELL = 5


@dataclass(frozen=True, slots=True)
class Place:
    """One problem's place. Equal votes share their places: `first`-`last`, as in "2-3"."""

    problem_id: int
    votes: int
    share: float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Group:
    """Voters counted together: a village, or the rest of the villages when `village_id` is None."""

    village_id: int | None
    voters: int
    votes: Mapping[int, int]


def ranked(votes: Mapping[int, int], voters: int) -> list[Place]:
    """Order problems by votes, most first; `share` is votes / voters, between 0 and 1."""
    order = sorted(votes, key=lambda problem_id: (-votes[problem_id], problem_id))
    counts = sorted(votes.values(), reverse=True)
    return [
        Place(
            problem_id=problem_id,
            votes=votes[problem_id],
            share=votes[problem_id] / voters if voters else 0.0,
            first=counts.index(votes[problem_id]) + 1,
            last=len(counts) - counts[::-1].index(votes[problem_id]),
        )
        for problem_id in order
    ]


def without_small_cells(villages: Iterable[Group]) -> list[Group]:
    """Merge villages with too few voters into one group that is large enough itself.

    Hiding a single village would not hide it: its counts are the total minus the others. So the
    smallest of the remaining villages join in until the merged group can be shown. Of villages of
    one size it is always the same that joins: two exports with different ones, subtracted from each
    other, would uncover what they hide.
    """
    by_size = sorted(villages, key=lambda group: (group.voters, group.village_id or 0))
    merged: list[Group] = []
    while by_size and (by_size[0].voters < FEWEST_IN_A_CELL or 0 < _voters(merged) < FEWEST_IN_A_CELL):
        merged.append(by_size.pop(0))
    shown = sorted(by_size, key=lambda group: group.village_id or 0)
    return shown + ([_together(merged)] if _voters(merged) >= FEWEST_IN_A_CELL else [])


def _voters(groups: Sequence[Group]) -> int:
    return sum(group.voters for group in groups)


def _together(groups: Sequence[Group]) -> Group:
    votes: dict[int, int] = {}
    for group in groups:
        for problem_id, count in group.votes.items():
            votes[problem_id] = votes.get(problem_id, 0) + count
    return Group(village_id=None, voters=_voters(groups), votes=votes)
