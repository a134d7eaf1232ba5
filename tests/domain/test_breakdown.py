"""A count taken apart: nothing is lost, and no single vote shows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.breakdown import FEWEST_IN_A_CELL, Part, by_age, by_sex, by_village, without_small_parts
from bot.domain.gathering import People
from tests.sample_counts import Paper, Plain, Voters, count_of

SIZES = st.lists(st.integers(0, 30), max_size=12)


def parts_of(sizes: list[int]) -> list[Part]:
    return [
        Part((place,), size, np.array([size, size]), np.array([size // 2, size]))
        for place, size in enumerate(sizes, 1)
    ]


@given(SIZES)
def test_no_shown_part_is_too_small(sizes: list[int]) -> None:
    assert all(part.voters >= FEWEST_IN_A_CELL for part in without_small_parts(parts_of(sizes)))


@given(SIZES)
def test_parts_together_are_the_whole_or_nothing_is_shown(sizes: list[int]) -> None:
    shown = without_small_parts(parts_of(sizes))
    if shown:
        assert sum(part.voters for part in shown) == sum(sizes)
        votes = np.sum([part.votes for part in shown], axis=0).tolist()
        assert votes == [sum(each // 2 for each in sizes), sum(sizes)]
    else:
        assert len([size for size in sizes if size >= FEWEST_IN_A_CELL]) < 2


@given(SIZES, st.randoms(use_true_random=False))
def test_what_is_put_together_does_not_depend_on_the_order(sizes: list[int], chance: object) -> None:
    parts = parts_of(sizes)
    turned = list(parts)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert [part.keys for part in without_small_parts(parts)] == [
        part.keys for part in without_small_parts(turned)
    ]


def test_one_small_part_takes_the_next_smallest_along() -> None:
    shown = without_small_parts(parts_of([20, 3, 9]))
    assert [(part.keys, part.voters) for part in shown] == [((1,), 20), ((2, 3), 12)]


def test_a_single_part_is_the_total_once_more_and_is_not_shown() -> None:
    assert without_small_parts(parts_of([20, 3])) == []
    assert without_small_parts(parts_of([20])) == []


PLAIN = Plain(
    problems=2,
    voters=[
        Voters(12, [0], village=0, sex=1, age=1),
        Voters(6, [1], village=1, sex=2, age=2),
        Voters(5, [1], village=1),
    ],
    papers=[Paper(20, {0: 15, 1: 4}, village=1, people=People.WOMEN), Paper(8, {1: 8}, village=0)],
    villages=2,
)


def test_paper_counts_in_its_village_and_for_those_it_was_called_for() -> None:
    count = count_of(PLAIN)
    assert told(by_village(count)) == [((0,), 20, [12, 8]), ((1,), 31, [15, 15])]
    assert told(by_sex(count)) == [((1,), 32, [27, 4]), ((2,), 6, [0, 6]), ((0,), 13, [0, 13])]
    assert told(by_age(count)) == [((1,), 12, [12, 0]), ((2,), 6, [0, 6]), ((0,), 33, [15, 17])]


def told(parts: list[Part]) -> list[tuple[tuple[int, ...], int, list[int]]]:
    return [(part.keys, part.voters, part.votes.tolist()) for part in parts]


def test_a_share_is_of_those_who_saw_the_problem_and_is_hidden_when_they_are_few() -> None:
    voters = [Voters(6, [0], shown=[0]), Voters(4, [1], shown=[0, 1]), Voters(9, [1], village=1)]
    here, _there = by_village(count_of(Plain(2, voters, villages=2)))
    assert here.share(0) == pytest.approx(6 / 10)
    assert here.share(1) is None
