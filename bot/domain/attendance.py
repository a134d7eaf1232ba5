"""What a resident answers to the notice of a hearing, and whether it can still be answered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.hearing import HearingStatus


@dataclass(frozen=True, slots=True)
class Answer:
    """What one resident has answered so far; `is_coming` is None until they said."""

    is_read: bool = False
    is_coming: bool | None = None


class Standing(StrEnum):
    """How a hearing stands to a person who presses a button below its notice."""

    OPEN = "open"
    MOVED = "moved"  # the button stands below the old time
    OVER = "over"
    CALLED_OFF = "called_off"
    ELSEWHERE = "elsewhere"  # it is held in another municipality


def standing(
    status: HearingStatus, starts_at: datetime, now: datetime, *, is_own: bool, told_for: int | None = None
) -> Standing:
    """`told_for` is the beginning that the pressed notice told of, in seconds of the Unix clock."""
    if not is_own:
        return Standing.ELSEWHERE
    if status is HearingStatus.CANCELLED:
        return Standing.CALLED_OFF
    if told_for is not None and told_for != seconds(starts_at):
        return Standing.MOVED
    return Standing.OVER if starts_at <= now else Standing.OPEN


def seconds(moment: datetime) -> int:
    """A moment as a button carries it."""
    return int(moment.timestamp())
