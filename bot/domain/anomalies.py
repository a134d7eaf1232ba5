"""Figures of a closed vote that deserve a look; none of them proves anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray

from bot.domain.count import Count
from bot.domain.secrecy import FEWEST

BURST_WITHIN = timedelta(minutes=10)
# Beside the exported ballots a few alike, cast at a known hour, would tell what somebody chose.
FEWEST_IN_A_BURST = FEWEST
# A burst holds so many times the identical ballots that chance would bring into its minutes.
BEYOND_CHANCE = 3.0
MOST_BURSTS = 5
LATE = timedelta(hours=1)
# In Bishkek full hours are those of UTC, too.
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Burst:
    """So many ballots with the very same picks, within ten minutes; `usual` is what chance would bring.

    `first` and `last` are whole hours around them, in each of which at least ten ballots came, if need be
    with the hours beside it: whoever saw a single person vote at 14:02 must not find that moment here.
    """

    ballots: int
    first: datetime
    last: datetime
    usual: float


@dataclass(frozen=True, slots=True)
class FullVillage:
    """A village in which more people voted than live there who may; `village` is a place in the count."""

    village: int
    voters: int
    people: int


@dataclass(frozen=True, slots=True)
class Anomalies:
    """`late` voters came to the bot in the last hour before closing."""

    voters: int
    late: int
    bursts: Sequence[Burst]
    villages: Sequence[FullVillage]
    knows_population: bool

    @property
    def is_usual(self) -> bool:
        return not (self.late or self.bursts or self.villages)


def anomalies(count: Count, voted_at: Sequence[datetime], late: int) -> Anomalies:
    """`voted_at` has the moment of each phone voter of the count, in its order."""
    return Anomalies(
        voters=len(voted_at),
        late=late,
        bursts=bursts(count.ballots.picked, voted_at),
        villages=full_villages(count),
        knows_population=count.population is not None,
    )


def bursts(picked: NDArray[np.bool_], voted_at: Sequence[datetime]) -> list[Burst]:
    """The largest bursts of identical ballots, one for each set of picks; `picked` is (V, M)."""
    if len(picked) < FEWEST_IN_A_BURST:
        return []
    times = np.array([moment.timestamp() for moment in voted_at])
    order = np.argsort(times, kind="stable")
    times, sets = times[order], np.packbits(picked[order], axis=1)
    _sets, which, sizes = np.unique(sets, axis=0, return_inverse=True, return_counts=True)
    found = []
    for each in np.flatnonzero(sizes >= FEWEST_IN_A_BURST):
        densest = _densest(times[which.ravel() == each])
        burst = _burst(densest, times, int(sizes[each]), voted_at[0].tzinfo)
        if burst.ballots >= FEWEST_IN_A_BURST and burst.ballots >= BEYOND_CHANCE * burst.usual:
            found.append(burst)
    return sorted(found, key=lambda burst: (-burst.ballots, burst.first))[:MOST_BURSTS]


def _densest(times: NDArray[np.float64]) -> NDArray[np.float64]:
    """The moments within the window that holds most of them; `times` ascend."""
    ends = np.searchsorted(times, times + BURST_WITHIN.total_seconds(), side="right")
    first = int(np.argmax(ends - np.arange(len(times))))
    return times[first : ends[first]]


def _burst(
    densest: NDArray[np.float64], times: NDArray[np.float64], alike: int, zone: tzinfo | None
) -> Burst:
    """What chance would bring: the others who voted in these minutes, at the rate of the other minutes."""
    first, last = float(densest[0]), float(densest[-1])
    within = int(np.searchsorted(times, last, side="right") - np.searchsorted(times, first, side="left"))
    elsewhere = len(times) - within
    rate = (alike - len(densest)) / elsewhere if elsewhere else 0.0
    moments = [datetime.fromtimestamp(each, zone) for each in _hours_around(first, last, times)]
    return Burst(len(densest), moments[0], moments[1], rate * within)


def _hours_around(first: float, last: float, times: NDArray[np.float64]) -> tuple[int, int]:
    """Seconds of the full hours that are told of two moments, by hours put together until each has enough.

    They follow from the moments of all (V,) ballots alone, so that they do not tell which of them are alike.
    """
    hours, ballots = np.unique(times // _HOUR, return_counts=True)
    begins, held = [0], 0
    for place, number in enumerate(ballots.tolist()):
        if held >= FEWEST:
            begins.append(place)
            held = 0
        held += number
    if held < FEWEST and len(begins) > 1:
        begins.pop()
    one, other = (int(np.searchsorted(hours[begins], each // _HOUR, side="right")) for each in (first, last))
    end = begins[other] if other < len(begins) else len(hours)
    return int(hours[begins[one - 1]]) * _HOUR, (int(hours[end - 1]) + 1) * _HOUR


def full_villages(count: Count) -> list[FullVillage]:
    """Phone and paper together, where the population is known."""
    if count.population is None:
        return []
    people = count.population.sum(axis=(1, 2))
    voters = np.bincount(count.ballots.village, minlength=len(people))
    for sheet in count.sheets:
        voters[sheet.village] += sheet.voted
    return [
        FullVillage(int(village), int(voters[village]), int(people[village]))
        for village in np.flatnonzero(voters > people)
    ]
