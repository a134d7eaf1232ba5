"""The ranking: worked by hand, against simulated votes whose truth is known, and by what must always hold."""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from numpy.typing import NDArray

from bot.domain.count import Ballots, Count, overlap_bounds
from bot.domain.ranking import Ranking, bands_of, estimated, wilson
from bot.domain.strata import stratified
from tests.samples.counts import Paper, Plain, Voters, count_of


def ranking_of(plain: Plain) -> Ranking:
    return estimated(stratified(count_of(plain)))


def shares(ranking: Ranking) -> dict[int, float]:
    return {row.problem_id: row.share for row in ranking.rows}


def test_a_share_of_one_stratum_is_drawn_towards_itself_and_stays_nearly_what_it_is() -> None:
    # 40 voters, 30 of whom pick problem 1. Overall p0 = 31/42 = 0.738095; p = (30 + 4 p0) / 44 = 0.748918.
    found = ranking_of(Plain(2, [Voters(30, [0]), Voters(10, [1])]))
    assert shares(found)[1] == pytest.approx((30 + 4 * 31 / 42) / 44)
    assert shares(found)[1] == pytest.approx(0.748918, abs=1e-6)


def test_the_population_turns_an_order_around() -> None:
    # Village A: 60 voters, all for problem 1. Village B: 20 voters, all for problem 2; but three of four
    # people live in B. p0 of problem 1 = 61/82, of problem 2 = 21/82.
    # A quarter of A's share and three quarters of B's: of 64 and 24 with the four imagined voters each.
    voters = [Voters(60, [0]), Voters(20, [1], village=1)]
    counted = ranking_of(Plain(2, voters, villages=2))
    weighed = ranking_of(Plain(2, voters, villages=2, population=[100, 0, 0, 0, 300, 0, 0, 0]))
    assert [row.problem_id for row in counted.rows] == [1, 2]
    assert [row.problem_id for row in weighed.rows] == [2, 1]
    one, two = 61 / 82, 21 / 82
    assert shares(weighed)[1] == pytest.approx((60 + 4 * one) / 64 / 4 + 3 * (4 * one) / 24 / 4)
    assert shares(weighed)[2] == pytest.approx((4 * two) / 64 / 4 + 3 * (20 + 4 * two) / 24 / 4)
    assert (counted.weighted, weighed.weighted) == (False, True)


def test_wilson_s_interval_is_that_of_the_books() -> None:
    # 10 of 20: 0.5 +- ..., from 0.2993 to 0.7007 (Newcombe 1998, by hand with z = 1.96).
    low, high = wilson(np.array([0.5]), np.array([20.0]))
    assert float(low[0]) == pytest.approx(0.2993, abs=1e-4)
    assert float(high[0]) == pytest.approx(0.7007, abs=1e-4)
    none_low, none_high = wilson(np.array([0.0]), np.array([0.0]))
    assert float(none_low[0]) == 0.0
    assert float(none_high[0]) == pytest.approx(1.0)


def test_unequal_weights_make_the_interval_wider_and_no_voter_weighs_more_than_five() -> None:
    # 90 voters of A stand for 10 %, 10 of B for 90 %: weights 1/9 and 9, trimmed to 5.
    # Kish: (90/9 + 10*5)^2 / (90/81 + 10*25) = 3600 / 251.111 = 14.336 voters.
    voters = [Voters(90, [0]), Voters(10, [0, 1], village=1)]
    found = ranking_of(Plain(2, voters, villages=2, population=[10, 0, 0, 0, 90, 0, 0, 0]))
    row = found.rows[0]
    number = 60**2 / (90 / 81 + 250)
    assert number == pytest.approx(14.336, abs=1e-3)
    low, high = wilson(np.array([row.share]), np.array([number]))
    assert row.low == pytest.approx(float(low[0]))
    assert row.high == pytest.approx(float(high[0]))


def test_below_thirty_voters_there_are_counts_and_equal_counts_share_their_places() -> None:
    found = ranking_of(Plain(4, [Voters(9, [1]), Voters(9, [3]), Voters(5, [0])]))
    assert not found.is_estimated
    assert {row.problem_id: row.band for row in found.rows} == {2: (1, 2), 4: (1, 2), 1: (3, 3), 3: (4, 4)}
    first = found.rows[0]
    assert first.share == first.low == first.high == pytest.approx(9 / 23)


def test_a_sheet_counts_as_so_many_ballots_would() -> None:
    ballots = [Voters(30, [0]), Voters(20, [1]), Voters(10, [0, 1])]
    on_phone = ranking_of(Plain(2, [*ballots, Voters(15, [0]), Voters(25, [1])]))
    on_paper = ranking_of(Plain(2, ballots, [Paper(40, {0: 15, 1: 25})]))
    assert shares(on_paper) == pytest.approx(shares(on_phone))
    assert on_paper.paper_voters == 40
    assert {row.problem_id: (row.bot, row.paper) for row in on_paper.rows} == {1: (40, 15), 2: (30, 25)}


def test_two_shares_are_told_apart_as_a_textbook_tells_paired_shares_apart() -> None:
    # One stratum of 100, nobody picks both: 60 pick the first, 30 the second, the third nobody.
    # Var(p1 - p2) = (p1 + p2 - (p1 - p2)^2) / n; here z = 0.3 / sqrt(0.81 / 100) = 3.33 > 2.24.
    found = ranking_of(Plain(3, [Voters(60, [0]), Voters(30, [1]), Voters(10, [2])]))
    assert 0.3 / sqrt((0.9 - 0.09) / 100) == pytest.approx(3.333, abs=1e-3)
    assert [(row.first, row.last) for row in found.rows] == [(1, 1), (2, 2), (3, 3)]
    # 45 and 40 differ by z = 0.05 / sqrt((0.85 - 0.0025) / 100) = 0.54: not told apart.
    close = ranking_of(Plain(3, [Voters(45, [0]), Voters(40, [1]), Voters(15, [2])]))
    assert [(row.first, row.last, row.band) for row in close.rows] == [
        (1, 2, (1, 2)),
        (1, 2, (1, 2)),
        (3, 3, (3, 3)),
    ]


def test_in_a_screening_a_problem_shown_to_few_is_not_punished() -> None:
    voters = [Voters(30, [0], shown=[0, 1]), Voters(30, [1], shown=[0, 1]), Voters(40, [2], shown=[2, 3])]
    found = ranking_of(Plain(4, voters))
    assert found.rows[0].problem_id == 3
    assert {row.problem_id: row.shown for row in found.rows} == {1: 60, 2: 60, 3: 40, 4: 40}


def test_bounds_of_both_ways_together_hold_whatever_those_who_voted_twice_chose() -> None:
    # 50 ballots, 20 for the problem; a sheet of 40, 30 for it, 10 said they had voted before.
    # Together 50/90; without them 40/80 at least (all ten chose it), 50/80 at most (none of them did).
    count = count_of(
        Plain(2, [Voters(20, [0]), Voters(30, [1])], [Paper(40, {0: 30, 1: 5}, already_voted=10)])
    )
    assert overlap_bounds(count)[0].tolist() == pytest.approx([50 / 90, 40 / 80, 50 / 80])
    assert overlap_bounds(count)[1].tolist() == pytest.approx([35 / 90, 30 / 80, 35 / 80])


def test_equal_shares_are_ordered_by_villages_then_supporters_then_lot() -> None:
    # Both get 20 of 40. Problem 1 leads in one village only, problem 2 in both: with six other problems
    # that take the first five places of village B before problem 1.
    others = list(range(2, 7))
    voters = [Voters(20, [0]), Voters(10, [1]), Voters(10, [1, *others[:1]], village=1)]
    voters += [Voters(10, [each], village=1) for each in others]
    found = ranking_of(Plain(8, voters, villages=2))
    order = [row.problem_id for row in found.rows if row.problem_id in {1, 2}]
    assert order == [2, 1]
    tied = Plain(2, [Voters(20, [0]), Voters(20, [1])], supporters=[3, 5])
    assert [row.problem_id for row in ranking_of(tied).rows] == [2, 1]
    lots = [ranking_of(Plain(2, [Voters(n, [0]), Voters(n, [1])])).rows[0].problem_id for n in range(15, 45)]
    assert set(lots) == {1, 2}


def test_a_band_ends_where_its_leader_is_told_apart() -> None:
    beats = np.zeros((5, 5), np.bool_)
    beats[0, 3:] = beats[1, 4:] = True
    assert bands_of(beats) == [(1, 3), (1, 3), (1, 3), (4, 5), (4, 5)]
    assert bands_of(np.zeros((0, 0), np.bool_)) == []


# --- simulated votes, of which the truth is known ---

LIKING = np.array([0.62, 0.55, 0.47, 0.40, 0.33, 0.27, 0.21, 0.15, 0.10, 0.05])


def simulated(chance: np.random.Generator, voters: int, liking: NDArray[np.float64]) -> Count:
    """Everybody picks each problem by its own chance: the shares are then known exactly."""
    picked = chance.random((voters, len(liking))) < liking
    picked[~picked.any(axis=1), 0] = True
    plain = count_of(Plain(len(liking)))
    nothing = np.zeros(voters, np.int8)
    ballots = Ballots(np.ones_like(picked), picked, np.zeros(voters, np.int32), nothing, nothing)
    return replace(plain, ballots=ballots)


@pytest.mark.parametrize("voters", [100, 400])
def test_ranges_hold_the_true_ranks_as_often_as_they_promise(voters: int) -> None:
    chance = np.random.default_rng(voters)
    votes, missed, width = 300, np.zeros(len(LIKING)), 0
    for _vote in range(votes):
        rows = estimated(stratified(simulated(chance, voters, LIKING))).rows
        width += sum(row.last - row.first for row in rows)
        for row in rows:
            missed[row.problem_id - 1] += not row.first <= row.problem_id <= row.last
    # Each problem's range is to hold its rank in 95 of 100 votes; the tolerance is that of 300 votes.
    assert (missed / votes <= 0.05 + 2 * sqrt(0.05 * 0.95 / votes)).all()
    assert width / votes / len(LIKING) < (3.6 if voters == 100 else 1.7)


def test_one_village_that_votes_four_times_too_often_changes_no_order_once_weighed() -> None:
    chance = np.random.default_rng(4)
    here, there = LIKING[::-1], LIKING
    truth = 0.2 * here + 0.8 * there
    agree = {True: 0, False: 0}
    for _vote in range(20):
        # A fifth of the people live in village 0, and half of the voters come from it.
        parts = [simulated(chance, 400, here), simulated(chance, 400, there)]
        picked = np.vstack([part.ballots.picked for part in parts])
        village = np.repeat([0, 1], 400).astype(np.int32)
        nothing = np.zeros(800, np.int8)
        plain = count_of(Plain(len(LIKING), villages=2, population=[200, 0, 0, 0, 800, 0, 0, 0]))
        count = replace(plain, ballots=Ballots(np.ones_like(picked), picked, village, nothing, nothing))
        for weighed in (True, False):
            given = count if weighed else replace(count, population=None)
            top = {row.problem_id - 1 for row in estimated(stratified(given)).rows[:3]}
            agree[weighed] += top == set(np.argsort(-truth)[:3].tolist())
    assert agree[True] >= 19
    assert agree[False] <= 5


# --- what must always hold ---

VOTERS = st.lists(
    st.builds(
        Voters,
        st.integers(1, 20),
        st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True),
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    max_size=12,
)
PEOPLE = st.none() | st.lists(st.integers(1, 500), min_size=12, max_size=12)


@given(VOTERS, PEOPLE)
def test_places_ranges_and_bands_fit_together(voters: list[Voters], people: list[int] | None) -> None:
    rows = ranking_of(Plain(6, voters, villages=3, population=people)).rows
    assert [row.place for row in rows] == [1, 2, 3, 4, 5, 6]
    for row in rows:
        assert 1 <= row.first <= row.place <= row.last <= 6 or not voters
        assert row.band[0] <= row.place <= row.band[1]
        assert 0 <= row.low <= row.share <= row.high <= 1
    assert [row.share for row in rows] == sorted((row.share for row in rows), reverse=True)
    starts = [row.band for row in rows]
    assert all(starts[first - 1] == (first, last) for first, last in starts)


@given(VOTERS, PEOPLE, st.permutations(range(12)))
def test_it_does_not_matter_who_voted_first(
    voters: list[Voters], people: list[int] | None, order: Sequence[int]
) -> None:
    turned = [voters[place] for place in order if place < len(voters)]
    one = ranking_of(Plain(6, voters, villages=3, population=people))
    other = ranking_of(Plain(6, turned, villages=3, population=people))
    assert_alike(one, other)


def assert_alike(one: Ranking, other: Ranking) -> None:
    assert [row.problem_id for row in one.rows] == [row.problem_id for row in other.rows]
    for mine, theirs in zip(one.rows, other.rows, strict=True):
        assert (mine.first, mine.last, mine.band) == (theirs.first, theirs.last, theirs.band)
        assert (mine.share, mine.low, mine.high) == pytest.approx((theirs.share, theirs.low, theirs.high))


@given(VOTERS, PEOPLE, st.permutations(range(3)))
def test_it_does_not_matter_how_the_villages_are_numbered(
    voters: list[Voters], people: list[int] | None, order: Sequence[int]
) -> None:
    moved = [replace(each, village=order[each.village]) for each in voters]
    turned = None
    if people is not None:
        table = np.array(people).reshape(3, 4)
        turned = table[np.argsort(order)].ravel().tolist()
    one = ranking_of(Plain(6, voters, villages=3, population=people))
    other = ranking_of(Plain(6, moved, villages=3, population=turned))
    # Of several small villages the one that joins is found by its number, so only without them.
    if _no_small_village(voters):
        assert shares(one) == pytest.approx(shares(other))


def _no_small_village(voters: list[Voters]) -> bool:
    numbers = np.bincount([each.village for each in voters], [each.number for each in voters], 3)
    return bool(((numbers >= 10) | (numbers == 0)).all())


@given(VOTERS, st.permutations(range(6)))
def test_it_does_not_matter_how_the_problems_are_numbered(voters: list[Voters], order: Sequence[int]) -> None:
    moved = [replace(each, picks=[order[pick] for pick in each.picks]) for each in voters]
    one, other = ranking_of(Plain(6, voters, villages=3)), ranking_of(Plain(6, moved, villages=3))
    renamed = {order[problem_id - 1] + 1: share for problem_id, share in shares(one).items()}
    assert shares(other) == pytest.approx(renamed)


@given(VOTERS, st.lists(st.integers(1, 500), min_size=12, max_size=12), st.integers(2, 50))
def test_scaling_the_population_changes_nothing(voters: list[Voters], people: list[int], factor: int) -> None:
    one = ranking_of(Plain(6, voters, villages=3, population=people))
    other = ranking_of(Plain(6, voters, villages=3, population=[each * factor for each in people]))
    assert shares(one) == pytest.approx(shares(other), abs=1e-9)


@settings(max_examples=40)
@given(VOTERS, st.integers(1, 30))
def test_voters_who_saw_nothing_change_no_count(voters: list[Voters], number: int) -> None:
    """They weigh in as people of their stratum, but no problem is shown or picked once more."""
    blind = Voters(number, [], shown=[])
    enough = [*voters, Voters(10, [0])]
    one, other = (ranking_of(Plain(6, each, villages=3)) for each in (enough, [*enough, blind]))
    counts = [{row.problem_id: (row.bot, row.shown) for row in each.rows} for each in (one, other)]
    assert counts[0] == counts[1]


def test_in_a_screening_ranges_hold_the_true_ranks_although_each_saw_a_part() -> None:
    chance = np.random.default_rng(9)
    votes, missed = 200, np.zeros(len(LIKING))
    for _vote in range(votes):
        count = simulated(chance, 200, LIKING)
        shown = chance.random(count.ballots.shown.shape) < 0.2
        villages = chance.integers(0, 4, 200).astype(np.int32)
        ballots = replace(count.ballots, shown=shown, picked=count.ballots.picked & shown, village=villages)
        people = np.full((4, 2, 2), 100)
        seen = replace(count, ballots=ballots, village_ids=(1, 2, 3, 4), population=people)
        for row in estimated(stratified(seen)).rows:
            missed[row.problem_id - 1] += not row.first <= row.problem_id <= row.last
    assert (missed / votes <= 0.05 + 2 * sqrt(0.05 * 0.95 / votes)).all()


def test_a_problem_that_nobody_was_shown_may_have_any_place() -> None:
    found = ranking_of(Plain(4, [Voters(20, [0], shown=[0, 1, 2]), Voters(20, [1], shown=[0, 1, 2])]))
    unseen = next(row for row in found.rows if row.shown == 0)
    assert (unseen.first, unseen.last) == (1, 4)
    assert (unseen.place, unseen.share, unseen.low, unseen.high) == (4, 0, 0, 1)
