"""Whether sums by sex and by age may be published beside those of the strata.

Sums can be added and subtracted. Here it is reckoned of how few ballots any such combination can tell.
"""

from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bot.domain.secrecy import is_safe

Numbers = NDArray[np.int64]


def is_cleared(numbers: Numbers) -> bool:
    """Whether no combination of the sums by stratum, by sex and by age tells of fewer than ten ballots.

    `numbers` is (H, S, A, J): ballots by stratum, published part of the sexes, published part of the age
    groups, and J as in `secrecy.numbers_by`; S or A is 1 where there are no such sums.

    A combination gives each ballot the factor f(h) + g(s) + k(a), and tells of those ballots whose factor is
    not 0. With g and k given, the f that leaves fewest is the one that makes 0 of the largest class of equal
    g(s) + k(a) in each stratum, so it tells of `sum over h of n_h - largest class of h` ballots. Where g + k
    is constant on every stratum this is 0, and the combination says nothing that the strata do not say.

    Which cells are equal is all that counts here. So (g, k) lies on hyperplanes g(s) + k(a) = g(s') + k(a'),
    and the more of them, the larger the classes, the fewer the ballots. With g(0) = k(0) = 0 all of them
    together meet in 0 alone. Hence those through (g, k) cut out a flat that is spanned by the lines in it in
    which hyperplanes meet; of these lines one at least is not constant on every stratum if (g, k) is not;
    and on it no class is smaller. So it is enough to try these lines, of which there are a few dozen.
    """
    return all(is_safe(_told(numbers, classes)) for classes in _classes(*numbers.shape[1:3]))


def _told(numbers: Numbers, classes: NDArray[np.bool_]) -> Numbers:
    """(J,) the fewest ballots that a combination with these (C, S, A) classes of equal factors tells of."""
    sizes = np.einsum("hsaj,csa->chj", numbers, classes.astype(np.int64))
    told: Numbers = (sizes.sum(axis=0) - sizes.max(axis=0)).sum(axis=0)
    return told


@cache
def _classes(sexes: int, ages: int) -> list[NDArray[np.bool_]]:
    """Of each line the (C, S, A) cells of equal g(s) + k(a), class by class."""
    cells = _cells(sexes, ages)
    found: dict[tuple[int, ...], NDArray[np.bool_]] = {}
    for line in _lines(cells):
        values, which = np.unique(cells @ line, return_inverse=True)
        classes = which.reshape(-1) == np.arange(len(values))[:, None]
        first = np.unique(which.reshape(-1), return_index=True)[1]
        # Written by where each class begins, so that lines with the same classes are tried once.
        found[tuple(first[which.reshape(-1)].tolist())] = classes.reshape(-1, sexes, ages)
    return list(found.values())


def _cells(sexes: int, ages: int) -> Numbers:
    """(S A, D) such that the product with (g(1), .., k(1), ..) is g(s) + k(a)."""
    of_sex, of_age = (np.eye(parts, dtype=np.int64)[:, 1:] for parts in (sexes, ages))
    return np.hstack([np.repeat(of_sex, ages, axis=0), np.tile(of_age, (sexes, 1))])


def _lines(cells: Numbers) -> list[Numbers]:
    """(D,) a direction of each line in which hyperplanes of two equal cells meet."""
    dimensions = cells.shape[1]
    normals = {tuple((one - other).tolist()) for one, other in combinations(cells, 2)}
    normals = {max(each, tuple(-part for part in each)) for each in normals if any(each)}
    if dimensions < 2:
        return [np.ones(dimensions, np.int64)] if dimensions else []
    planes = np.array(list(combinations(sorted(normals), dimensions - 1)), np.float64)
    # What is across to D - 1 planes are the signed minors of their normals: whole numbers, and small.
    minors = [
        (-1) ** left_out * np.rint(np.linalg.det(np.delete(planes, left_out, axis=2)))
        for left_out in range(dimensions)
    ]
    directions = np.column_stack(minors).astype(np.int64)
    return list(np.unique(directions[directions.any(axis=1)], axis=0))
