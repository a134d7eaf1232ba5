"""A voter's ballot: up to a fixed number of problems, set and taken back until the vote closes."""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.domain.refusals import NoPicksLeft, VoteClosed

PROBLEMS_A_PAGE = 5
FEWEST_PROBLEMS = 2
LONGEST_VOTE_DAYS = 92

Item = TypeVar("Item")


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


def require_open(closed_at: datetime | None, closes_at: datetime, now: datetime) -> None:
    """Refuse once the vote was closed or its announced moment has come, even before anybody closed it."""
    if closed_at is not None or now >= closes_at:
        raise VoteClosed


def own_order(problem_ids: Collection[int], seed: int) -> list[int]:
    """The voter's own random order: the same after a restart, different for every voter.

    A fixed order would hand the first places to whoever is listed first.
    """
    order = sorted(problem_ids)
    random.Random(seed).shuffle(order)  # noqa: S311  # fairness, not secrecy
    return order


def page_of(items: Sequence[Item], page: int, size: int) -> tuple[Sequence[Item], int, int]:
    """The items of a page, the page's number brought into range, and how many pages there are."""
    pages = max(1, -(-len(items) // size))
    page = min(max(page, 0), pages - 1)
    return items[page * size : (page + 1) * size], page, pages
