"""What is understood of a typed day or hour as it is read, pass by pass, and the check that all of it was."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from operator import itemgetter

from bot.domain.date_words import DateWords
from bot.domain.hours import Clock, hour_and_minute, in_figures, span_of_clocks
from bot.domain.refusals import DateNotUnderstood

_LEAP_YEAR = 2024
# Within so many years every day of a calendar comes, the 29th of February too.
_YEARS_TO_A_LEAP_YEAR = 8
WEEK = 7
_PAIR = re.compile(r"(?<![\d.:/\-])(\d{1,2})(\s*[./,\-]\s*|\s+)(\d{1,2})(?:<to>)?(?![\d:/]|[.,]\d)")
_ALONE = re.compile(r"(?<![\d.:/\-])(?<![.:/\-]\s)(\d{1,4})(?:<out>|<to>)?(?![\d:/]|[.,\-]\d)")
_PARTS = re.compile("<(morning|day|noon|evening|night)>")
_BESIDE_DAYS = re.compile("<(?:at|year|date|hour|until|morning|day|noon|evening|night)>")
# "From" and "to" make sense beside two days, or beside an hour.
_BESIDE_SPANS = re.compile("<(?:at|year|date|hour|until|from|and|to|out|morning|day|noon|evening|night)>")
_NOT_READ = re.compile(r"[^\s.,;()!|\"'\-]")


class Facing(StrEnum):
    """Whether a question is about the future or the past: which day is meant when no year is said."""

    AHEAD = "ahead"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is about, and how its answer is read; `today` is by the clock of Bishkek."""

    today: date
    facing: Facing
    words: DateWords


@dataclass(frozen=True, slots=True)
class Typed:
    """What was understood: different days in the order in which they were written, and when it begins.

    `has_limit` tells that the day was written as one until which something lasts; `is_relative`, that the
    day depends on when it was typed.
    """

    days: Sequence[date]
    at: time | None
    has_limit: bool
    is_relative: bool


@dataclass(frozen=True, slots=True)
class Weekday:
    """`number` is 1 for Monday; `which` says "next" for one of the week after this, "last" for one before."""

    number: int
    which: str

    def nearest(self, asked: Asked) -> date:
        """Never today: who means today says so."""
        today = asked.today
        if self.which == "next":
            return today + timedelta(days=WEEK - today.isoweekday() + self.number)
        ahead = (self.number - today.isoweekday() - 1) % WEEK + 1
        is_behind = self.which == "last" or asked.facing is Facing.BEHIND
        return today + timedelta(days=ahead - (WEEK * (1 + (ahead == WEEK)) if is_behind else 0))


@dataclass(slots=True)
class Reading:
    """What is still to be read, as signs, and what has been understood so far."""

    left: str
    asked: Asked
    # With the place of each in what was written, which stays as long as it was.
    days: list[tuple[int, date]] = field(default_factory=list)
    weekdays: list[Weekday] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    is_relative: bool = False
    place: int = 0

    def take(self, expression: re.Pattern[str], take: "Take") -> None:
        """Take away what the expression finds, unless `take` says that it is something else."""

        def taken(found: re.Match[str]) -> str:
            self.place = found.start()
            return "|" * len(found[0]) if take(self, found) else found[0]

        self.left = expression.sub(taken, self.left)

    def add_day(self, day: int, month: int, year: str | None = None) -> bool:
        try:
            if year:
                found = date(int(year) + 2000 * (len(year) == 2), month, day)
            else:
                found = _nearest(day, month, self.asked)
        except ValueError:
            raise DateNotUnderstood from None
        self.days.append((self.place, found))
        return True

    def add_away(self, days: int) -> bool:
        self.is_relative = True
        try:
            self.days.append((self.place, self.asked.today + timedelta(days=days)))
        except OverflowError:
            raise DateNotUnderstood from None
        return True

    def add_clock(self, hour: str, minute: str | None = None) -> bool:
        self.clocks.append(Clock(int(hour), int(minute or 0)))
        return True

    def add_span(self, first: Clock, last: Clock) -> bool:
        """An event lasts from the one to the other; only its beginning is asked for."""
        self.clocks.append(span_of_clocks(first, last, self._part()))
        return True

    def take_doubtful(self, *, is_time_asked: bool) -> None:
        """Two figures that may be a day or a time, and figures that stand alone."""
        self.take(_PAIR, lambda _self, found: self._take_pair(found, is_time_asked=is_time_asked))
        self.take(_ALONE, lambda _self, found: self._take_alone(found, is_time_asked=is_time_asked))

    def _take_pair(self, found: re.Match[str], *, is_time_asked: bool) -> bool:
        first, sign, second = found.groups()
        is_day = is_in_calendar(int(first), int(second))
        if is_day and (self.clocks or not is_time_asked):
            return self.add_day(int(first), int(second))
        clock = None if self.clocks or (is_day and self.days) else in_figures(first, sign, second)
        if clock:
            self.clocks.append(clock)
            return True
        return is_day and self.add_day(int(first), int(second))

    def _take_alone(self, found: re.Match[str], *, is_time_asked: bool) -> bool:
        """An hour after its day; where a time is asked, an hour, or 1430."""
        figures, is_day_known = found[1], bool(self.days or self.weekdays)
        if self.clocks or not (is_time_asked or is_day_known):
            return False
        if len(figures) > 2:
            return is_time_asked and not is_day_known and self.add_clock(figures[:-2], figures[-2:])
        is_after_day = "|" in self.left[: found.start()]
        return (is_after_day or not is_day_known) and self.add_clock(figures)

    def result(self) -> Typed:
        days, part = self._different_days(), self._part()
        if part == "noon" and not self.clocks:
            self.add_clock("12")
        times = {hour_and_minute(clock, part) for clock in self.clocks}
        is_span = len(days) == 2
        known = _BESIDE_SPANS if is_span or times else _BESIDE_DAYS
        if _NOT_READ.search(known.sub(" ", self.left)):
            raise DateNotUnderstood
        if len(times) > 1 or ("<hour>" in self.left and not times):
            raise DateNotUnderstood
        has_limit = "<until>" in self.left and not is_span
        return Typed(days, next(iter(times), None), has_limit, self.is_relative)

    def _different_days(self) -> list[date]:
        """A day of the week beside a date must be the date's own."""
        if not self.days:
            self.is_relative = bool(self.weekdays)
            return list(dict.fromkeys(each.nearest(self.asked) for each in self.weekdays))
        days = [day for _place, day in sorted(self.days, key=itemgetter(0))]
        if {each.number for each in self.weekdays} - {day.isoweekday() for day in days}:
            raise DateNotUnderstood
        return list(dict.fromkeys(days))

    def _part(self) -> str:
        parts = set(_PARTS.findall(self.left))
        if len(parts) > 1:
            raise DateNotUnderstood
        return next(iter(parts), "")


Take = Callable[[Reading, re.Match[str]], bool]


def is_in_calendar(day: int, month: int) -> bool:
    """Whether any year has such a day."""
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


def _nearest(day: int, month: int, asked: Asked) -> date:
    """Today, or the next such day, or the last one that has been. Raises ValueError."""
    step = 1 if asked.facing is Facing.AHEAD else -1
    for distance in range(_YEARS_TO_A_LEAP_YEAR + 1):
        try:
            found = date(asked.today.year + step * distance, month, day)
        except ValueError:
            continue
        if (found - asked.today).days * step >= 0:
            return found
    raise ValueError
