"""How facilitators share the desk, and the lines of a problem that they fill in."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.problem import LONGEST_WHO
from bot.domain.text import LONGEST_TEXT, SHORTEST_TEXT

# What authors do with their own problems: nobody is to learn that somebody of the staff is one.
ACTS_OF_AUTHORS = frozenset({"problem.answered", "problem.reopened", "problem.confirmed"})
# Whoever opens a problem has it for so long; then somebody else may begin with it.
HOLD = timedelta(minutes=10)
LONGEST_RECORD = 600
LONGEST_NOTE = 300
SHORTEST_LINE = 3


class Line(StrEnum):
    """What a facilitator types about a problem."""

    WORDING = "wording"
    TRANSLATION = "translation"
    WHO = "who"
    CAUSES = "causes"
    CONSEQUENCES = "consequences"
    NOTE = "note"

    @property
    def is_public(self) -> bool:
        """Whether voters read it: then it is frozen once a vote has shown it."""
        return self in {Line.WORDING, Line.TRANSLATION, Line.WHO}

    @property
    def bounds(self) -> tuple[int, int]:
        """The shortest and the longest, in characters."""
        return _BOUNDS.get(self, (SHORTEST_LINE, LONGEST_RECORD))


_BOUNDS = {
    Line.WORDING: (SHORTEST_TEXT, LONGEST_TEXT),
    Line.TRANSLATION: (SHORTEST_TEXT, LONGEST_TEXT),
    Line.WHO: (SHORTEST_LINE, LONGEST_WHO),
    Line.NOTE: (SHORTEST_LINE, LONGEST_NOTE),
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The part of the queue that a facilitator goes through; None for all of it."""

    village_id: int | None = None
    topic_id: int | None = None
