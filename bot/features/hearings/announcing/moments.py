"""A day and a time of day as people write them, in either language."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from babel.dates import get_month_names

from bot.domain.clock import BISHKEK
from bot.domain.refusals import DateNotUnderstood, TimeNotUnderstood
from bot.domain.spelling import fold
from bot.features.hearings.announcing import texts
from bot.i18n import LANGUAGES, speaking

_NUMBERS = re.compile(r"(\d{1,4})\D+(\d{1,2})(?:\D+(\d{2}|\d{4}))?\D*")
# "25 November 2026", and as Kyrgyz has it, "of 2026 the 25 November"; a time of day may follow.
_WITH_MONTH = re.compile(
    r"(?:(?P<first>20\d\d)\D*)?(?<!\d)(?P<day>\d{1,2})\s*(?P<month>[^\W\d]{3,})"
    r"(?:\s+(?P<last>20\d\d|\d\d(?=\D*$)))?"
)
_TIME = re.compile(r"(\d{1,2})(?:\s*[:.,\-\s]\s*(\d{2}))?|(\d{1,2})(\d{2})")
_LETTERS = re.compile(r"[^\d:.,\-\s]+")
# A name of a month is known by so many of its first letters.
_MONTH_LETTERS = 3
NOON = 12
# No hearing begins earlier; whoever writes "2" means another hour, and is asked to say which.
EARLIEST_BARE_HOUR = 7


def typed_day(words: str, today: date) -> date:
    """The day that `words` mean, the nearest one ahead where the year is not said.

    Understands 25.11, 25/11/26, 2026-11-25, a day with the name of its month in Kyrgyz or Russian,
    and "today", "tomorrow" and the day after. Raises DateNotUnderstood.
    """
    written = fold(words)
    for days, word in enumerate((texts.today, texts.tomorrow, texts.day_after_tomorrow)):
        if written in _said(word):
            return today + timedelta(days=days)
    for found in _WITH_MONTH.finditer(written):
        if month := _month(found["month"]):
            return _day(int(found["day"]), month, found["first"] or found["last"], today)
    if numbers := _NUMBERS.fullmatch(written):
        first, second, third = numbers.groups()
        if len(first) == 4 and third:
            return _day(int(third), int(second), first, today)
        if len(first) <= 2:
            return _day(int(first), int(second), third, today)
    raise DateNotUnderstood


def typed_time(words: str) -> time:
    """The time of day that `words` mean: 14:00, 14.30, 14 00, 1400, 14, or 2 in the afternoon.

    Raises TimeNotUnderstood.
    """
    found = _TIME.fullmatch(_LETTERS.sub(" ", words).strip(" .,:-"))
    if found is None:
        raise TimeNotUnderstood
    hour, minute = int(found[1] or found[3]), found[2] or found[4]
    if hour < NOON and _is_afternoon(fold(words)):
        hour += NOON
    if hour < EARLIEST_BARE_HOUR and not minute:
        raise TimeNotUnderstood
    try:
        return time(hour, int(minute or 0))
    except ValueError:
        raise TimeNotUnderstood from None


def _is_afternoon(written: str) -> bool:
    beginnings = [fold(each) for listed in _said(texts.afternoon_words, str) for each in listed.split(",")]
    return any(word.startswith(tuple(beginnings)) for word in written.split())


def moment(day: date, at: time) -> datetime:
    """By the clock of Bishkek."""
    return datetime.combine(day, at, tzinfo=BISHKEK)


def _said(word: Callable[[], str], written: Callable[[str], str] = fold) -> set[str]:
    """A word in every language."""
    found = set()
    for language in LANGUAGES:
        with speaking(language):
            found.add(written(word()))
    return found


def _month(written: str) -> int | None:
    for language in LANGUAGES:
        for number, name in get_month_names("wide", locale=language).items():
            if fold(name)[:_MONTH_LETTERS] == written[:_MONTH_LETTERS]:
                return int(number)
    return None


def _day(day: int, month: int, year: str | None, today: date) -> date:
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        this_year = date(today.year, month, day)
        return this_year if this_year >= today else date(today.year + 1, month, day)
    except ValueError:
        raise DateNotUnderstood from None
