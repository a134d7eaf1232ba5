"""The audit of sums by sex and age: against every combination with small numbers, tried one by one."""

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.domain.audit import is_cleared
from bot.domain.secrecy import FEWEST

Numbers = NDArray[np.int64]


def fewest_told(numbers: Numbers, reach: int) -> int:
    """Of (H, S, A) ballots, by trying all factors up to `reach`; 0 where no sum adds anything."""
    _groups, sexes, ages = numbers.shape
    found = []
    for factors in product(range(-reach, reach + 1), repeat=sexes + ages - 2):
        g, k = (0, *factors[: sexes - 1]), (0, *factors[sexes - 1 :])
        of_cell = np.array([[one + other for other in k] for one in g])
        told = 0
        for cells in numbers:
            sizes = [int(cells[of_cell == value].sum()) for value in np.unique(of_cell)]
            told += sum(sizes) - max(sizes)
        found.append(told)
    return min((each for each in found if each), default=0)


@pytest.mark.parametrize("seed", range(60))
def test_it_agrees_with_trying_every_combination(seed: int) -> None:
    chance = np.random.default_rng(seed)
    shape = (int(chance.integers(1, 5)), int(chance.integers(1, 4)), int(chance.integers(1, 4)))
    numbers = chance.integers(0, int(chance.integers(2, 40)), shape) * (chance.random(shape) < 0.6)
    fewest = fewest_told(numbers, 3)
    assert is_cleared(numbers[..., None]) == (fewest == 0 or fewest >= FEWEST)


def test_both_answers_occur_among_what_was_tried() -> None:
    crowd, few = np.full((2, 3, 3, 1), 30), np.full((2, 3, 3, 1), 1)
    assert is_cleared(crowd)
    assert not is_cleared(few)
    assert is_cleared(few[:, :1, :1])


def test_two_ways_of_differing_are_seen_together() -> None:
    # By sex alone twelve ballots would be told of, by age alone twelve; women and young alike, only nine:
    # a combination of both sums cancels all others.
    numbers = np.zeros((2, 2, 2, 1), np.int64)
    numbers[0, 0, 1] = numbers[0, 1, 0] = 12
    numbers[1, 0, 0], numbers[1, 0, 1] = 20, 9
    assert is_cleared(numbers.sum(axis=2, keepdims=True))
    assert not is_cleared(numbers)


def test_of_a_screening_each_problem_is_audited() -> None:
    numbers = np.full((1, 2, 1, 3), 20)
    assert is_cleared(numbers)
    numbers[0, 1, 0, 2] = 3
    assert not is_cleared(numbers)
    numbers[0, 1, 0, 2] = 0
    assert is_cleared(numbers)


def test_a_large_vote_is_audited_at_once() -> None:
    assert is_cleared(np.full((160, 3, 3, 201), 20))
