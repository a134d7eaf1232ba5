"""Voters put together with those like them: nobody is left out, none shows few ballots, weights add up."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, strategies as st

from bot.domain.gathering import People
from bot.domain.secrecy import FEWEST
from bot.domain.strata import REST, Strata, stratified
from tests.samples.counts import Paper, Plain, Voters, count_of

WOMEN, MEN, YOUNG, OLD = 1, 2, 1, 2


def strata_of(*voters: Voters, **more: object) -> Strata:
    return stratified(count_of(Plain(2, voters, **more)))  # type: ignore[arg-type]


def told(strata: Strata) -> list[tuple[int, int, int, int]]:
    """(village, sex, age, voters) of each stratum."""
    voters = Counter(strata.stratum.tolist())
    for stratum, voted in zip(strata.sheet_stratum.tolist(), strata.sheet_voted.tolist(), strict=True):
        voters[stratum] += voted
    return [
        (int(village), int(sex), int(age), voters[place])
        for place, (village, sex, age) in enumerate(zip(strata.village, strata.sex, strata.age, strict=True))
    ]


def cell(number: int, sex: int, age: int, village: int = 0) -> Voters:
    return Voters(number, [0], village, sex, age)


def test_groups_with_enough_voters_stand_apart() -> None:
    found = strata_of(cell(10, WOMEN, YOUNG), cell(11, WOMEN, OLD), cell(12, MEN, YOUNG), cell(13, MEN, OLD))
    assert told(found) == [(0, 1, 1, 10), (0, 1, 2, 11), (0, 2, 1, 12), (0, 2, 2, 13)]


def test_first_the_ages_are_put_together_then_the_sexes_then_the_village() -> None:
    ages = strata_of(cell(9, WOMEN, YOUNG), cell(11, WOMEN, OLD), cell(12, MEN, YOUNG), cell(13, MEN, OLD))
    assert told(ages) == [(0, 1, 0, 20), (0, 2, 1, 12), (0, 2, 2, 13)]
    sexes = strata_of(cell(9, WOMEN, YOUNG), cell(12, MEN, YOUNG), cell(13, MEN, OLD))
    assert told(sexes) == [(0, 0, 0, 34)]
    village = strata_of(cell(5, WOMEN, YOUNG), Voters(7, [0]))
    assert told(village) == [(0, 0, 0, 12)]


def test_small_villages_are_put_together_and_the_smallest_large_one_joins_if_need_be() -> None:
    small = strata_of(Voters(20, [0]), Voters(6, [0], 1), Voters(7, [0], 2), villages=3)
    assert told(small) == [(0, 0, 0, 20), (REST, 0, 0, 13)]
    lonely = strata_of(Voters(20, [0]), Voters(3, [0], 1), Voters(30, [0], 2), villages=3)
    assert told(lonely) == [(2, 0, 0, 30), (REST, 0, 0, 23)]


def test_whoever_did_not_tell_stands_apart_or_joins_the_largest_group() -> None:
    apart = strata_of(cell(20, WOMEN, YOUNG), cell(20, MEN, YOUNG), Voters(12, [0]))
    assert told(apart) == [(0, 1, 0, 20), (0, 2, 0, 20), (0, 0, 0, 12)]
    joined = strata_of(cell(20, WOMEN, YOUNG), cell(30, MEN, YOUNG), Voters(4, [0]))
    assert told(joined) == [(0, 1, 0, 20), (0, 2, 0, 34)]


def test_paper_counts_in_its_village_as_such() -> None:
    found = strata_of(cell(20, WOMEN, YOUNG), papers=[Paper(15, {0: 9}, people=People.WOMEN)])
    assert told(found) == [(0, 0, 0, 20), (0, 0, 0, 15)]
    assert found.people == 35


def in_bot_and_on_paper(strata: Strata) -> list[tuple[int, int, int]]:
    """(village, voters in the bot, voters on paper) of each stratum."""
    return list(zip(strata.village.tolist(), strata.voters.tolist(), strata.on_paper.tolist(), strict=True))


def test_a_village_of_one_phone_and_a_gathering_leaves_its_paper_alone() -> None:
    found = strata_of(Voters(20, [0]), Voters(1, [1], 1), papers=[Paper(12, {0: 10}, 1)], villages=2)
    assert in_bot_and_on_paper(found) == [(1, 0, 12), (REST, 21, 0)]


def test_few_phones_and_a_small_gathering_join_the_other_villages_together() -> None:
    found = strata_of(
        Voters(20, [0]), Voters(30, [0], 2), Voters(6, [1], 1), papers=[Paper(7, {0: 5}, 1)], villages=3
    )
    assert in_bot_and_on_paper(found) == [(2, 30, 0), (REST, 26, 7)]


def test_a_village_of_paper_alone_is_not_small_if_its_gathering_was_not() -> None:
    found = strata_of(Voters(20, [0]), papers=[Paper(40, {0: 9}, 1), Paper(6, {0: 2}, 2)], villages=3)
    assert in_bot_and_on_paper(found) == [(1, 0, 40), (REST, 20, 6)]


def test_of_a_village_that_tells_few_untold_join_and_paper_stands_apart() -> None:
    found = strata_of(
        cell(20, WOMEN, YOUNG), cell(30, MEN, YOUNG), Voters(4, [0]), papers=[Paper(15, {0: 9})]
    )
    assert told(found) == [(0, 1, 0, 20), (0, 2, 0, 34), (0, 0, 0, 15)]
    little = strata_of(
        cell(20, WOMEN, YOUNG), cell(30, MEN, YOUNG), Voters(4, [0]), papers=[Paper(8, {0: 7})]
    )
    assert told(little) == [(0, 1, 0, 20), (0, 2, 0, 42)]


def test_where_phone_and_paper_of_a_village_part_its_people_part_as_its_voters_do() -> None:
    # Village 1: 5 phones and 15 on paper of 400 people; so 100 of these stand with village 0's 100.
    voters, papers = [Voters(20, [0]), Voters(5, [1], 1)], [Paper(15, {0: 10}, 1)]
    found = strata_of(*voters, papers=papers, villages=2, population=[25] * 4 + [100] * 4)
    assert in_bot_and_on_paper(found) == [(1, 0, 15), (REST, 25, 0)]
    assert found.weight.tolist() == pytest.approx([300 / 500, 200 / 500])
    assert found.represented == 1


def test_fewer_than_ten_phones_in_all_stand_nowhere_and_it_is_said_how_many() -> None:
    found = strata_of(Voters(9, [0]), papers=[Paper(30, {1: 20})])
    assert in_bot_and_on_paper(found) == [(0, 0, 30)]
    assert found.withheld == 9
    assert strata_of(Voters(10, [0])).withheld == 0


def test_in_a_screening_a_group_is_enough_if_ten_or_none_of_it_saw_each_problem() -> None:
    here = [Voters(12, [0], 0, shown=[0]), Voters(4, [1], 0, shown=[1])]
    there = [Voters(30, [0], 1, shown=[0, 1]), Voters(11, [1], 2, shown=[1])]
    # Four of village 0 alone saw problem 1, so with the smallest of the others it becomes enough.
    assert in_bot_and_on_paper(strata_of(*here, *there, villages=3)) == [(1, 30, 0), (REST, 27, 0)]


def test_of_a_problem_that_fewer_than_ten_saw_in_all_nothing_is_known() -> None:
    voters = [Voters(12, [0], 0, shown=[0]), Voters(9, [1], 1, shown=[0, 1]), Voters(10, [0], 2, shown=[0])]
    found = strata_of(*voters, villages=3)
    assert found.shown.sum(axis=0).tolist() == [31, 0]
    assert found.picked.sum(axis=0).tolist() == [22, 0]
    assert in_bot_and_on_paper(found) == [(0, 12, 0), (REST, 19, 0)]


def test_weights_are_shares_of_the_population_of_the_villages_that_voted() -> None:
    # Village 0 has 100 people, village 1 has 300, and from village 2 with 600 nobody votes.
    people = [25, 25, 25, 25, 75, 75, 75, 75, 150, 150, 150, 150]
    found = strata_of(Voters(30, [0]), Voters(10, [0], 1), villages=3, population=people)
    assert found.is_weighted
    assert found.weight.tolist() == [0.25, 0.75]
    assert found.represented == pytest.approx(0.4)


def test_of_a_village_those_who_told_and_those_who_did_not_share_its_people_by_their_numbers() -> None:
    # 40 women, 20 men, 20 untold of a village of 80 women and 40 men: the untold stand for a quarter.
    found = strata_of(
        cell(40, WOMEN, YOUNG), cell(20, MEN, YOUNG), Voters(20, [0]), population=[40, 40, 20, 20]
    )
    assert found.weight.tolist() == pytest.approx([0.5, 0.25, 0.25])


def test_without_a_population_of_every_stratum_the_voters_weigh_as_many_as_they_are() -> None:
    unknown = strata_of(Voters(30, [0]), Voters(10, [0], 1), villages=2)
    assert not unknown.is_weighted
    assert unknown.weight.tolist() == [0.75, 0.25]
    assert unknown.represented == 1
    empty = strata_of(Voters(30, [0]), Voters(10, [0], 1), villages=2, population=[1, 1, 1, 1, 0, 0, 0, 0])
    assert not empty.is_weighted
    assert empty.weight.tolist() == [0.75, 0.25]


PEOPLE = st.lists(
    st.builds(
        Voters,
        st.integers(1, 25),
        st.just([0]),
        st.integers(0, 3),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    max_size=14,
)
POPULATION = st.none() | st.lists(st.integers(0, 500), min_size=16, max_size=16)


@given(
    PEOPLE,
    POPULATION,
    st.lists(st.builds(Paper, st.integers(5, 30), st.just({0: 3}), st.integers(0, 3)), max_size=4),
)
def test_nobody_is_left_out_and_no_stratum_shows_few_ballots(
    voters: list[Voters], population: list[int] | None, papers: list[Paper]
) -> None:
    found = stratified(count_of(Plain(2, voters, papers, villages=4, population=population)))
    numbers = [number for *_who, number in told(found)]
    everybody = sum(each.number for each in voters) + sum(paper.voted for paper in papers)
    assert sum(numbers) == found.people == everybody - found.withheld
    assert all(number >= min(FEWEST, found.people) for number in numbers)
    assert all(number == 0 or number >= FEWEST for number in found.voters.tolist())
    assert found.withheld < FEWEST
    if found.people:
        assert found.weight.sum() == pytest.approx(1)
        assert (found.weight > 0).all()
    assert 0 < found.represented <= 1


@given(PEOPLE, st.lists(st.integers(1, 500), min_size=16, max_size=16), st.integers(2, 1000))
def test_scaling_the_population_changes_no_weight(
    voters: list[Voters], population: list[int], factor: int
) -> None:
    one = stratified(count_of(Plain(2, voters, villages=4, population=population)))
    scaled = [each * factor for each in population]
    other = stratified(count_of(Plain(2, voters, villages=4, population=scaled)))
    assert np.allclose(one.weight, other.weight)
    assert one.represented == pytest.approx(other.represented)
