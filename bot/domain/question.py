"""Questions and proposals for a hearing: when they may be asked, how long they are, who was present."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.hearing import HearingStatus
from bot.domain.refusals import (
    HearingCalledOff,
    HearingNotBegun,
    NumberNotUnderstood,
    NumberOutOfRange,
    QuestionsClosed,
)
from bot.domain.text import checked_text

SHORTEST_QUESTION = 5
SHORTEST_SIGNED = 2
LONGEST_SIGNED = 60
SHORTEST_ANSWER = 2
# A question of 1000 characters and its answer fit one message together, even when all of them are emoji.
LONGEST_ANSWER = 800
# By one person for one hearing.
MOST_QUESTIONS = 5
MOST_PRESENT = 100_000


class QuestionState(StrEnum):
    """Who sees a question: everybody, or its author and the officers alone."""

    WAITING = "waiting"  # no officer has looked at it yet
    SHOWN = "shown"
    HIDDEN = "hidden"


class QuestionHideReason(StrEnum):
    """Why a question is not shown, as its author is told."""

    OFFENSIVE = "offensive"
    PERSONAL = "personal"
    OFF_TOPIC = "off_topic"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Counts:
    """What was asked and proposed for a hearing, in numbers.

    What waits for the officers is counted in `waiting` alone, what is hidden in all the others, too.
    """

    questions: int = 0
    unanswered: int = 0
    proposals: int = 0
    accepted: int = 0
    partly: int = 0
    declined: int = 0
    hidden: int = 0
    waiting: int = 0

    @property
    def undecided(self) -> int:
        return self.proposals - self.accepted - self.partly - self.declined


def require_open_for_questions(status: HearingStatus, recorded_at: datetime | None) -> None:
    """Residents ask before and during a hearing, until its record is public."""
    _require_not_called_off(status)
    if recorded_at is not None:
        raise QuestionsClosed


def require_begun(status: HearingStatus, starts_at: datetime, now: datetime) -> None:
    """There is nothing to record before the first word was said."""
    _require_not_called_off(status)
    if now < starts_at:
        raise HearingNotBegun(starts_at)


def _require_not_called_off(status: HearingStatus) -> None:
    if status is HearingStatus.CANCELLED:
        raise HearingCalledOff


def checked_name(typed: str) -> str:
    """A name in one line, or the bound it breaks."""
    return checked_text(" ".join(typed.split()), SHORTEST_SIGNED, LONGEST_SIGNED)


def checked_presence(typed: str) -> int:
    """The number of people that was typed."""
    digits = "".join(typed.split())
    if not (digits.isascii() and digits.isdigit()):
        raise NumberNotUnderstood
    # Python refuses to read numbers of thousands of digits.
    if len(digits) > len(str(MOST_PRESENT)) or int(digits) > MOST_PRESENT:
        raise NumberOutOfRange(MOST_PRESENT)
    return int(digits)
