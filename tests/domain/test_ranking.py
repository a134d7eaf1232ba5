"""The ranking: order, shared places, and cells too small to print."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ranking import FEWEST_IN_A_CELL, Group, ranked, without_small_cells

VOTES = st.dictionaries(st.integers(1, 60), st.integers(0, 40), min_size=1, max_size=20)
VILLAGES = st.lists(st.integers(0, 30), max_size=12).map(
    lambda voters: [Group(place, count, {1: count // 2, 2: count}) for place, count in enumerate(voters, 1)]
)


def test_more_votes_come_first() -> None:
    places = ranked({1: 3, 2: 7, 3: 5}, voters=10)

    assert [(place.problem_id, place.first, place.last) for place in places] == [
        (2, 1, 1),
        (3, 2, 2),
        (1, 3, 3),
    ]
    assert [place.share for place in places] == [0.7, 0.5, 0.3]


def test_equal_votes_share_their_places() -> None:
    places = ranked({1: 5, 2: 9, 3: 5, 4: 0}, voters=10)

    assert {place.problem_id: (place.first, place.last) for place in places} == {
        2: (1, 1),
        1: (2, 3),
        3: (2, 3),
        4: (4, 4),
    }


def test_nobody_voting_is_no_division_by_zero() -> None:
    assert [place.share for place in ranked({1: 0, 2: 0}, voters=0)] == [0.0, 0.0]


@given(VOTES)
def test_the_order_does_not_depend_on_who_is_counted_first(votes: dict[int, int]) -> None:
    assert ranked(votes, 50) == ranked(dict(reversed(votes.items())), 50)


@given(VOTES)
def test_a_place_is_one_more_than_the_number_of_better_ones(votes: dict[int, int]) -> None:
    for place in ranked(votes, 50):
        assert place.first == 1 + sum(count > place.votes for count in votes.values())
        assert place.last == sum(count >= place.votes for count in votes.values())


@given(VILLAGES)
def test_no_shown_group_is_too_small(villages: list[Group]) -> None:
    assert all(group.voters >= FEWEST_IN_A_CELL for group in without_small_cells(villages))


@given(VILLAGES)
def test_no_hidden_village_can_be_computed_from_the_others(villages: list[Group]) -> None:
    """Nothing is hidden, or enough voters are hidden together, or nothing is shown at all."""
    shown = without_small_cells(villages)
    hidden = sum(group.voters for group in villages) - sum(
        group.voters for group in shown if group.village_id is not None
    )
    assert hidden == 0 or hidden >= FEWEST_IN_A_CELL or not shown


@given(VILLAGES)
def test_merging_loses_and_doubles_no_vote(villages: list[Group]) -> None:
    shown = without_small_cells(villages)
    if shown:
        assert sum(group.voters for group in shown) == sum(group.voters for group in villages)
        for problem in (1, 2):
            assert sum(group.votes.get(problem, 0) for group in shown) == sum(
                group.votes[problem] for group in villages
            )


def test_one_small_village_takes_the_next_smallest_along() -> None:
    shown = without_small_cells([Group(1, 20, {}), Group(2, 3, {}), Group(3, 9, {})])

    assert [(group.village_id, group.voters) for group in shown] == [(1, 20), (None, 12)]


@given(VILLAGES, st.randoms(use_true_random=False))
def test_which_villages_are_merged_does_not_depend_on_who_is_counted_first(
    villages: list[Group], chance: random.Random
) -> None:
    """Two exports that hid different villages could be subtracted from each other."""
    again = chance.sample(villages, len(villages))

    assert without_small_cells(again) == without_small_cells(villages)


@given(VILLAGES)
def test_other_names_for_the_villages_leave_the_sizes_of_the_groups_as_they_are(
    villages: list[Group],
) -> None:
    renamed = [replace(group, village_id=1000 - (group.village_id or 0)) for group in villages]

    assert sizes(without_small_cells(renamed)) == sizes(without_small_cells(villages))


@given(VILLAGES)
def test_no_village_is_hidden_all_by_itself(villages: list[Group]) -> None:
    shown = without_small_cells(villages)
    apart = {group.village_id for group in shown}
    hidden = [group for group in villages if group.voters and group.village_id not in apart]

    assert len(hidden) != 1 or not shown


def sizes(groups: list[Group]) -> list[int]:
    return sorted(group.voters for group in groups)
