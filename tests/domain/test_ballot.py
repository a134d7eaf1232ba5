"""A ballot sets and takes back; it never toggles and never holds more than its limit."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from bot.domain.ballot import Ballot, own_order, require_open
from bot.domain.refusals import NoPicksLeft, VoteClosed

NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)


def test_a_pick_set_twice_is_one_pick() -> None:
    ballot = Ballot(3).with_pick(7, on=True).with_pick(7, on=True)

    assert ballot.picks == {7}
    assert ballot.left == 2


def test_a_full_ballot_takes_no_other_problem_but_keeps_its_own() -> None:
    full = Ballot(2, frozenset({1, 2}))

    assert full.with_pick(2, on=True) == full
    with pytest.raises(NoPicksLeft) as refusal:
        full.with_pick(3, on=True)
    assert refusal.value.limit == 2


def test_taking_back_makes_room_and_may_be_repeated() -> None:
    ballot = Ballot(2, frozenset({1, 2})).with_pick(1, on=False).with_pick(1, on=False)

    assert ballot.with_pick(3, on=True).picks == {2, 3}


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans()), max_size=40))
def test_no_sequence_of_taps_exceeds_the_limit(taps: list[tuple[int, bool]]) -> None:
    ballot = Ballot(3)
    for problem, on in taps:
        try:
            ballot = ballot.with_pick(problem, on=on)
        except NoPicksLeft:
            assert ballot.left == 0
    assert len(ballot.picks) <= 3


def test_a_vote_ends_at_its_announced_moment_even_if_nobody_closed_it() -> None:
    require_open(None, NOW + timedelta(seconds=1), NOW)
    with pytest.raises(VoteClosed):
        require_open(None, NOW, NOW)
    with pytest.raises(VoteClosed):
        require_open(NOW - timedelta(hours=1), NOW + timedelta(days=1), NOW)


def test_the_own_order_holds_every_problem_and_survives_a_restart() -> None:
    assert sorted(own_order(range(1, 61), seed=5)) == list(range(1, 61))
    assert own_order(range(1, 61), seed=5) == own_order(list(range(60, 0, -1)), seed=5)
    assert own_order(range(1, 61), seed=5) != own_order(range(1, 61), seed=6)


def test_every_place_of_the_list_falls_to_every_problem_alike() -> None:
    firsts = [own_order([1, 2, 3, 4], seed)[0] for seed in range(4000)]

    assert all(900 < firsts.count(problem) < 1100 for problem in (1, 2, 3, 4))
