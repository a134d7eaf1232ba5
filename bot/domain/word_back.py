"""When a person hears what has become of their problem: at once, or gathered with other such words."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.clock import BISHKEK

# When what was gathered is sent, by the clock of Bishkek.
GATHERING = time(18)


class Turn(StrEnum):
    AT_ONCE = "at_once"
    GATHERED = "gathered"


def turn_of(told_today: int, most_a_day: int) -> Turn:
    """The last message of the day is kept for all that comes after the others."""
    return Turn.AT_ONCE if told_today < most_a_day - 1 else Turn.GATHERED


def day_of(now: datetime) -> datetime:
    """Midnight in Bishkek before `now`."""
    return now.astimezone(BISHKEK).replace(hour=0, minute=0, second=0, microsecond=0)


def gathering_moment(now: datetime, last: date | None) -> datetime:
    """The next evening that has not been used; `last` is the day of the last message of this kind."""
    due = datetime.combine(now.astimezone(BISHKEK).date(), GATHERING, BISHKEK)
    while due <= now or (last is not None and due.date() <= last):
        due += timedelta(days=1)
    return due
