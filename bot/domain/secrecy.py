"""When votes of the bot may be told: of nobody, or of ten at least.

Paper is read aloud at its gathering, so whoever knows a sheet takes it off any figure in which it stands.
What is left of the figure are the votes of the bot, and these alone are counted here.
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.domain.count import Ballots, Count

FEWEST = 10
# Voters looked at together, so that memory stays small.
_CHUNK = 8192


def countable(count: Count) -> Count:
    """The count without what would be told of fewer than ten phone ballots, even by all figures at once.

    If there are fewer in all they are left out; `withheld` of it says how many. If fewer were shown a problem
    of a screening, it is as if nobody was: whoever showed their screen to somebody would have a receipt.
    """
    few = len(count.ballots.village)
    if 0 < few < FEWEST:
        return replace(count, ballots=_none_of(count.ballots), withheld=few)
    seen = count.ballots.shown.sum(axis=0, dtype=np.int64)
    if is_safe(seen):
        return count
    enough = seen >= FEWEST
    shown, picked = count.ballots.shown & enough, count.ballots.picked & enough
    return replace(count, ballots=replace(count.ballots, shown=shown, picked=picked))


def _none_of(ballots: Ballots) -> Ballots:
    nobody = slice(0, 0)
    return Ballots(
        ballots.shown[nobody],
        ballots.picked[nobody],
        ballots.village[nobody],
        ballots.sex[nobody],
        ballots.age[nobody],
    )


def numbers_by(ballots: Ballots, key: NDArray[np.integer], number: int) -> NDArray[np.int64]:
    """(number, J) ballots of each key, and behind it how many of them were shown each problem.

    Where everybody was shown everything, the number of ballots says it all, and J is 1.
    """
    ballots_of = np.bincount(key, minlength=number).astype(np.int64)[:, None]
    if ballots.shown.all():
        return ballots_of
    return np.hstack([ballots_of, summed(ballots.shown, key, number)])


def summed(marks: NDArray[np.bool_], key: NDArray[np.integer], number: int) -> NDArray[np.int64]:
    """(number, M) how many of the voters of each key have a mark; `marks` is (V, M), `key` (V,)."""
    sums = np.zeros((number, marks.shape[1]), np.int64)
    order = np.argsort(key, kind="stable")
    ends = np.searchsorted(key[order], np.arange(number + 1))
    for place, (begin, end) in enumerate(pairwise(ends.tolist())):
        for first in range(begin, end, _CHUNK):
            sums[place] += np.count_nonzero(marks[order[first : min(first + _CHUNK, end)]], axis=0)
    return sums


def is_safe(numbers: NDArray[np.int64]) -> bool:
    """Whether each is none, or enough; of any shape."""
    return bool(((numbers == 0) | (numbers >= FEWEST)).all())
