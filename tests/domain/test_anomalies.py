"""Figures to look at: bursts beyond chance, villages with more voters than people."""

from datetime import UTC, datetime, timedelta

import numpy as np

from bot.domain.anomalies import Burst, FullVillage, anomalies, bursts, full_villages
from tests.sample_counts import Paper, Plain, Voters, count_of

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
    assert [(each.ballots, each.first, each.last) for each in found] == [(12, burst[0], burst[-1])]
    assert found[0].usual == 0


def test_a_favourite_that_everybody_likes_all_day_is_no_burst() -> None:
    assert bursts(picked(*[(0, 1, 2)] * 200), spread(200, 1)) == []


def test_four_are_no_burst_and_nobody_is_none() -> None:
    assert bursts(picked(*[(0, 1)] * 4), spread(4, 0.1)) == []
    assert bursts(picked(), []) == []


def test_only_the_largest_bursts_are_shown() -> None:
    sets = [(place % 10, place // 10 + 5) for place in range(8) for _ballot in range(6)]
    moments = [START + timedelta(hours=place // 6, seconds=place) for place in range(48)]
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
