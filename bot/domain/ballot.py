"""A voter's ballot: up to a fixed number of problems, set and taken back until the vote closes."""

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.refusals import NoPicksLeft, VoteClosed

PROBLEMS_A_PAGE = 5
FEWEST_PROBLEMS = 2
LONGEST_VOTE_DAYS = 92
# Whoever has looked at so many problems of a screening has done their part.
ENOUGH_SHOWN = 20
# Those who have not finished are reminded so long before the end, and when two thirds of the vote are over.
REMINDED_BEFORE = timedelta(hours=24)

# Stands for "fewer people chose them", so that everybody reads it in their own language.
USUAL_REASON = "usual"


class Stage(StrEnum):
    """What a vote is for: to find the problems worth deciding on, or to decide."""

    SCREENING = "screening"
    DECIDING = "deciding"


def first_stage(problems: int, shortlist_size: int) -> Stage:
    """Few problems are decided on at once; of many, a voter reads some, and a shortlist is drawn up."""
    return Stage.SCREENING if problems > shortlist_size else Stage.DECIDING


@dataclass(frozen=True, slots=True)
class Ballot:
    """The picks of one voter in one round; `limit` is the number of picks the round allows."""

    limit: int
    picks: frozenset[int] = frozenset()

    @property
    def left(self) -> int:
        return self.limit - len(self.picks)

    def with_pick(self, problem_id: int, *, on: bool) -> "Ballot":
        """Set or take back one pick. Doing it twice is doing it once: picks never toggle."""
        if on and problem_id not in self.picks and self.left <= 0:
            raise NoPicksLeft(self.limit)
        picks = self.picks | {problem_id} if on else self.picks - {problem_id}
        return replace(self, picks=picks)


def require_open(
    closed_at: datetime | None, closes_at: datetime, now: datetime, *, is_counted: bool = False
) -> None:
    """Refuse once the vote was closed or its announced moment has come, even before anybody closed it."""
    if closed_at is not None or now >= closes_at:
        raise VoteClosed(ended_at(closed_at, closes_at), is_counted)


def ended_at(closed_at: datetime | None, closes_at: datetime) -> datetime:
    """At its announced moment, though the clock closes it seconds later; or when it was closed before."""
    return min(closed_at or closes_at, closes_at)


def own_order(problem_ids: Collection[int], seed: int) -> list[int]:
    """The voter's own random order: the same after a restart, different for every voter.

    A fixed order would hand the first places to whoever is listed first.
    """
    order = sorted(problem_ids)
    random.Random(seed).shuffle(order)  # noqa: S311  # fairness, not secrecy
    return order


def least_shown(exposures: Mapping[int, int], seed: int, number: int) -> list[int]:
    """The next problems to show a voter, given how many voters have seen each that this one has not.

    Those that fewest have seen come first; among equals the voter's own order decides.
    """
    order = own_order(exposures, seed)
    return sorted(order, key=lambda problem_id: exposures[problem_id])[:number]


def reminder_moment(opened_at: datetime, closes_at: datetime) -> datetime:
    return closes_at - min(REMINDED_BEFORE, (closes_at - opened_at) / 3)
