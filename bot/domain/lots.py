"""Dealing by lot what a ballot knows besides its picks, so that no ballot tells whose it is."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bot.domain.strata import Strata


def dealt(strata: Strata, ballots: int, chance: np.random.Generator) -> NDArray[np.int64]:
    """(V,) the ballot whose village, sex and age each ballot is given: one of its own stratum.

    Whatever is published is made of whole strata, so every figure stays as it is, and so does every number
    of voters. `ballots` is V; where they are withheld they stand in no stratum and are one group.
    """
    given = np.arange(ballots, dtype=np.int64)
    for group in _groups(strata, ballots):
        given[group] = chance.permutation(group)
    return given


def dealt_sight(
    strata: Strata, shown: NDArray[np.bool_], picked: NDArray[np.bool_], chance: np.random.Generator
) -> NDArray[np.bool_]:
    """(V, M) what each voter was shown, besides what they picked: anew, by lot.

    How many of a stratum were shown a problem stays. A set of problems somebody was shown is a signature by
    which the ballot would be found.
    """
    seen = picked.copy()
    for group in _groups(strata, len(picked)):
        others = (shown & ~picked)[group]
        for problem, number in enumerate(others.sum(axis=0).tolist()):
            free = group[~picked[group, problem]]
            seen[chance.permutation(free)[:number], problem] = True
    return seen


def _groups(strata: Strata, ballots: int) -> Iterator[NDArray[np.int64]]:
    if strata.withheld:
        yield np.arange(ballots, dtype=np.int64)
        return
    for stratum in range(len(strata.weight)):
        yield np.flatnonzero(strata.stratum == stratum)
