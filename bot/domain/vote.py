"""A stage of a vote as everybody who has to do with it sees it, worded for a reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ballot import Stage
from bot.domain.places import Name
from bot.domain.problem import Hidden


@dataclass(frozen=True, slots=True)
class ListedProblem:
    """A problem of the frozen list. One that is hidden has no text, but the reason in its place."""

    id: int
    number: int
    text: str | None
    village: Name
    topic: Name | None
    hidden: Hidden | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """A stage; `problems` by their ids, in the order of their numbers, `villages` of the municipality."""

    round_id: int
    municipality_id: int
    slug: str
    municipality: Name
    stage: Stage
    picks: int
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    counted_at: datetime | None
    problems: Mapping[int, ListedProblem]
    villages: Mapping[int, Name]

    @property
    def ended_at(self) -> datetime:
        return self.closed_at or self.closes_at

    @property
    def is_final(self) -> bool:
        """Whether nothing is added to the count any more: no paper belongs to a screening."""
        return self.counted_at is not None or (self.stage is Stage.SCREENING and self.closed_at is not None)

    def is_closed(self, now: datetime) -> bool:
        return self.closed_at is not None or now >= self.closes_at
