"""A time of day as people say it: on the clock of twelve hours, with the part of the day or without."""

import re
from dataclasses import dataclass
from datetime import time

from bot.domain.refusals import DateNotUnderstood

NOON = 12
# Nothing begins at such an hour of the night unless somebody says so: it is the afternoon.
_HOURS_AFTER_NOON = range(1, 7)
# "8 in the daytime" is in the morning, "7 in the daytime" is not.
_FIRST_HOUR_OF_DAYTIME = 8
_FIRST_HOUR_OF_NIGHT = 8
_HOURS = 24


@dataclass(frozen=True, slots=True)
class Clock:
    """What was written, before the part of the day is known."""

    hour: int
    minute: int


def hour_and_minute(clock: Clock, part: str) -> time:
    """`part` is "morning", "day", "noon", "evening", "night" or nothing. Raises DateNotUnderstood."""
    hour = _hour(clock.hour, part)
    try:
        return time(hour, clock.minute)
    except ValueError:
        raise DateNotUnderstood from None


def _hour(hour: int, part: str) -> int:
    """From 0 to 23; 24 when there is no such hour in this part of the day."""
    if part == "morning":
        return hour if hour < NOON else _HOURS
    if part == "night":
        if hour == NOON:
            return 0
        return hour + NOON * (_FIRST_HOUR_OF_NIGHT <= hour < NOON)
    if part == "evening":
        return hour + NOON * (0 < hour <= NOON)
    if part in {"day", "noon"}:
        return hour + NOON * (0 < hour < _FIRST_HOUR_OF_DAYTIME)
    return hour + NOON * (hour in _HOURS_AFTER_NOON)


def span_of_clocks(first: Clock, last: Clock, part: str) -> Clock:
    """The beginning of what lasts from the one to the other. Raises DateNotUnderstood when it ends before."""
    if hour_and_minute(first, part) >= hour_and_minute(last, part):
        raise DateNotUnderstood
    return first


def in_figures(hour: str, sign: str, minute: str) -> Clock | None:
    """14.30, 14-30 or 14 30; None when the second figure may be something else, as the hour of an end."""
    if len(minute) != 2 or "/" in sign or int(hour) >= _HOURS or int(minute) > 59:
        return None
    is_surely_minute = minute.startswith("0") or int(minute) > _HOURS
    if not is_surely_minute and not re.search("[.,:]", sign):
        return None
    return Clock(int(hour), int(minute))
