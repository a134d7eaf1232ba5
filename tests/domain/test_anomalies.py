"""Figures to look at: bursts beyond chance, villages with more voters than people."""

from datetime import UTC, datetime, timedelta

import numpy as np

from bot.domain.anomalies import Burst, FullVillage, anomalies, bursts, full_villages
from tests.samples.counts import Paper, Plain, Voters, count_of

START = datetime(2026, 11, 20, 9, tzinfo=UTC)


def spread(number: int, minutes: float = 5.0) -> list[datetime]:
    return [START + timedelta(minutes=minutes * place) for place in range(number)]


def picked(*sets: tuple[int, ...]) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    found = np.zeros((len(sets), 10), np.bool_)
    for voter, chosen in enumerate(sets):
        found[voter, list(chosen)] = True
    return found


def test_many_identical_ballots_within_minutes_are_a_burst() -> None:
    ordinary = [(place % 10, (place * 3 + 1) % 10) for place in range(60)]
    burst = [START + timedelta(hours=2, seconds=20 * place) for place in range(12)]
    found = bursts(picked(*ordinary, *[(0, 4, 8)] * 12), [*spread(60), *burst])
    hour = START + timedelta(hours=2), START + timedelta(hours=3)
    assert [(each.ballots, each.first, each.last) for each in found] == [(12, *hour)]
    assert found[0].usual == 0


def test_whoever_saw_a_single_person_vote_does_not_find_that_moment_in_a_burst() -> None:
    """The hours that are told are the same whichever ballots of theirs are the ones alike."""
    alike = [START + timedelta(hours=3, minutes=-1, seconds=40 * place) for place in range(12)]
    early = [START + timedelta(minutes=place) for place in range(30)]
    late = [START + timedelta(hours=9, minutes=place) for place in range(3)]
    sets = [*[(0, 4, 8)] * 12, *[(place % 10, (place * 3 + 1) % 10) for place in range(33)]]
    found = bursts(picked(*sets), [*alike, *early, *late])
    # Two of them came before the full hour, three people long after them: too few to be told apart.
    assert [(each.first, each.last) for each in found] == [
        (START + timedelta(hours=2), START + timedelta(hours=10))
    ]


def test_of_any_burst_full_hours_with_ten_ballots_are_told() -> None:
    chance = np.random.default_rng(5)
    tried = 0
    for _vote in range(40):
        came = np.sort(chance.choice(40, int(chance.integers(20, 90))) * 3600 + chance.integers(0, 3600))
        burst = float(chance.integers(0, 40 * 3600)) + np.arange(int(chance.integers(10, 20))) * 30
        moments = [START + timedelta(seconds=float(each)) for each in [*came, *burst]]
        ordinary = [(place % 10, (place * 7 + 3) % 10) for place in range(len(came))]
        sets = picked(*ordinary, *[(1, 2, 6)] * len(burst))
        for each in bursts(sets, moments):
            assert sum(each.first <= moment < each.last for moment in moments) >= 10
            assert each.first.minute == each.last.minute == 0
            assert each.first <= moments[len(came)]
            assert each.last > moments[-1]
            tried += 1
    assert tried > 20


def test_a_favourite_that_everybody_likes_all_day_is_no_burst() -> None:
    assert bursts(picked(*[(0, 1, 2)] * 200), spread(200, 1)) == []


def test_nine_are_no_burst_and_nobody_is_none() -> None:
    assert bursts(picked(*[(0, 1)] * 9), spread(9, 0.1)) == []
    assert len(bursts(picked(*[(0, 1)] * 10), spread(10, 0.1))) == 1
    assert bursts(picked(), []) == []


def test_only_the_largest_bursts_are_shown() -> None:
    sets = [(place % 10, place // 10 + 5) for place in range(8) for _ballot in range(10)]
    moments = [START + timedelta(hours=place // 10, seconds=place) for place in range(80)]
    assert len(bursts(picked(*sets), moments)) == 5


def test_a_village_with_more_voters_than_people_is_named_phone_and_paper_together() -> None:
    count = count_of(
        Plain(
            2,
            [Voters(10, [0]), Voters(10, [1], village=1)],
            [Paper(15, {1: 9}, village=1)],
            villages=2,
            population=[5, 5, 5, 5, 6, 6, 6, 6],
        )
    )
    assert full_villages(count) == [FullVillage(1, 25, 24)]
    assert full_villages(count_of(Plain(2, [Voters(10, [0])]))) == []


def test_a_plain_vote_is_usual() -> None:
    count = count_of(Plain(4, [Voters(3, [0]), Voters(3, [1, 2])]))
    found = anomalies(count, spread(6), 0)
    assert found.is_usual
    assert not found.knows_population
    assert not anomalies(count, spread(6), 1).is_usual
    assert Burst(5, START, START, 0.0).ballots == 5
