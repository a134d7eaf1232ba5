"""A count taken apart: nothing is lost, and it is made so that no few votes of the bot show."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, strategies as st

from bot.domain.breakdown import NOT_APART, Part, Sides, by_side, by_village
from bot.domain.count import Count
from bot.domain.gathering import People
from bot.domain.secrecy import FEWEST, countable
from bot.domain.strata import stratified
from tests.samples.counts import Paper, Plain, Voters, count_of

WOMEN, MEN, YOUNG, OLD = 1, 2, 1, 2


def villages_of(plain: Plain) -> list[Part]:
    count = countable(count_of(plain))
    return by_village(count, stratified(count))


def sides_of(plain: Plain, *, in_full: bool) -> Sides:
    count = countable(count_of(plain))
    return by_side(count, stratified(count), in_full=in_full)


def told(parts: Sequence[Part]) -> list[tuple[tuple[int, ...], int, list[int]]]:
    return [(part.keys, part.voters, part.votes.tolist()) for part in parts]


PLAIN = Plain(
    problems=2,
    voters=[
        Voters(12, [0], village=0, sex=WOMEN, age=YOUNG),
        Voters(11, [1], village=1, sex=MEN, age=OLD),
        Voters(5, [1], village=1),
    ],
    papers=[Paper(20, {0: 15, 1: 4}, village=1, people=People.WOMEN), Paper(8, {1: 8}, village=0)],
    villages=2,
)


def test_paper_counts_in_its_village() -> None:
    assert told(villages_of(PLAIN)) == [((0,), 20, [12, 8]), ((1,), 36, [15, 20])]


def test_a_village_with_few_phones_stands_with_others_and_its_paper_says_that_it_is_alone() -> None:
    voters = [Voters(20, [0]), Voters(1, [1], 1), Voters(30, [0, 1], 2), Voters(4, [1], 3)]
    found = villages_of(Plain(2, voters, [Paper(12, {0: 10}, 1)], villages=4))
    assert told(found) == [((1,), 12, [10, 0]), ((2,), 30, [30, 30]), ((0, 1, 3), 25, [20, 5])]
    assert [part.is_paper_alone for part in found] == [True, False, False]
    assert [part.in_bot for part in found] == [0, 30, 25]


def test_a_single_part_is_the_total_once_more_and_is_not_shown() -> None:
    assert villages_of(Plain(2, [Voters(20, [0]), Voters(3, [1], 1)], villages=2)) == []
    assert villages_of(Plain(2, [Voters(20, [0])])) == []
    sides = sides_of(Plain(2, [Voters(20, [0]), Voters(3, [1], 0, WOMEN)]), in_full=True)
    assert (sides.sexes, sides.ages) == ([], [])


def test_beside_single_ballots_the_sides_are_made_of_whole_strata() -> None:
    # In village 0 women and men stand apart, in village 1 they do not: six women, twelve men.
    voters = [Voters(20, [0], 0, WOMEN, YOUNG), Voters(15, [1], 0, MEN, YOUNG)]
    voters += [Voters(6, [0], 1, WOMEN, OLD), Voters(12, [1], 1, MEN, OLD)]
    sides = sides_of(Plain(2, voters, villages=2), in_full=False)
    assert told(sides.sexes) == [((WOMEN,), 20, [20, 0]), ((MEN,), 15, [0, 15]), ((NOT_APART,), 18, [6, 12])]
    assert sides.ages == []


def test_full_sums_are_taken_where_they_tell_of_ten_at_least_and_not_where_of_nine() -> None:
    def mixed(women: int) -> Sides:
        apart = [Voters(20, [0], 0, WOMEN, YOUNG), Voters(15, [1], 0, MEN, YOUNG)]
        # Women of two villages, each with too few of them to stand apart.
        more = [Voters(5, [0], 1, WOMEN), Voters(9, [1], 1, MEN), Voters(women, [0], 2, WOMEN)]
        return sides_of(Plain(2, [*apart, *more, Voters(9, [1], 2, MEN)], villages=3), in_full=True)

    assert told(mixed(5).sexes) == [((WOMEN,), 30, [30, 0]), ((MEN,), 33, [0, 33])]
    assert told(mixed(4).sexes) == [
        ((WOMEN,), 20, [20, 0]),
        ((MEN,), 15, [0, 15]),
        ((NOT_APART,), 27, [9, 18]),
    ]


def test_the_few_who_did_not_tell_stand_with_others_in_full_sums() -> None:
    voters = [Voters(20, [0], 0, WOMEN), Voters(15, [1], 0, MEN), Voters(3, [0], 0)]
    sides = sides_of(Plain(2, voters, [Paper(9, {0: 4}, people=People.MEN)]), in_full=True)
    assert told(sides.sexes) == [((WOMEN,), 20, [20, 0]), ((0, MEN), 27, [7, 15])]


def test_a_share_is_of_those_who_saw_the_problem() -> None:
    voters = [Voters(12, [0], shown=[0]), Voters(10, [1], 1, shown=[0, 1])]
    here, there = villages_of(Plain(2, voters, villages=2))
    assert [here.share(0), here.share(1), there.share(1)] == [1, None, 1]


PEOPLE = st.lists(
    st.builds(
        Voters,
        st.integers(1, 25),
        st.lists(st.integers(0, 2), min_size=1, max_size=2, unique=True),
        st.integers(0, 3),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    max_size=10,
)
PAPERS = st.lists(
    st.builds(
        Paper,
        st.integers(5, 30),
        st.just({0: 3}),
        st.integers(0, 3),
        st.just(0),
        st.sampled_from(list(People)),
    ),
    max_size=4,
)


@given(PEOPLE, PAPERS, st.booleans())
def test_parts_together_are_the_whole_and_none_has_few_phones(
    voters: list[Voters], papers: list[Paper], in_full: bool
) -> None:
    count = countable(count_of(Plain(3, voters, papers, villages=4)))
    strata = stratified(count)
    sides = by_side(count, strata, in_full=in_full)
    for parts in (by_village(count, strata), sides.sexes, sides.ages):
        assert len(parts) != 1
        assert all(part.in_bot == 0 or part.in_bot >= FEWEST for part in parts)
        if parts:
            assert sum(part.voters for part in parts) == strata.people
            assert np.sum([part.votes for part in parts], axis=0).tolist() == votes_of(count)


def votes_of(count: Count) -> list[int]:
    on_paper = np.sum([sheet.votes for sheet in count.sheets], axis=0, dtype=np.int64)
    together: list[int] = (count.ballots.picked.sum(axis=0) + on_paper).tolist()
    return together


@given(PEOPLE, st.permutations(range(10)), st.booleans())
def test_what_is_put_together_does_not_depend_on_who_came_first(
    voters: list[Voters], order: list[int], in_full: bool
) -> None:
    turned = [voters[place] for place in order if place < len(voters)]
    one, other = (sides_of(Plain(3, each, villages=4), in_full=in_full) for each in (voters, turned))
    assert told(one.sexes) == told(other.sexes)
    assert told(one.ages) == told(other.ages)


def test_a_share_of_nobody_is_none() -> None:
    nobody = Part((0,), 0, 0, np.zeros(1, np.int64), np.zeros(1, np.int64))
    assert nobody.share(0) is None
    assert Part((0,), 4, 0, np.array([4]), np.array([1])).share(0) == pytest.approx(0.25)
