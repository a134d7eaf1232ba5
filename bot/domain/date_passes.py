"""The ways in which days and hours are written, from the surest to those that others might be taken for.

They are expressions over the signs of `date_words`: <ma> is January, <wa> Monday, <aa> the day before
yesterday; <out> and <to> are endings of figures. What one pass has taken stands as "|".
"""

import re

from bot.domain.date_reading import WEEK, Reading, Take, Weekday, is_in_calendar
from bot.domain.hours import Clock, in_figures
from bot.domain.refusals import DateNotUnderstood


def _number_of(letter: str, first: int = 1) -> int:
    return ord(letter) - ord("a") + first


def _dated(reading: Reading, found: re.Match[str]) -> bool:
    year = found["before"] or found["year"]
    return reading.add_day(int(found["day"]), _number_of(found["month"]), year)


def _dated_with_year(reading: Reading, found: re.Match[str]) -> bool:
    return bool(found["before"] or found["year"]) and _dated(reading, found)


def _two_of_a_month(reading: Reading, found: re.Match[str]) -> bool:
    """From the 18th to the 20th of December."""
    first, last, month, year = found.groups()
    reading.add_day(int(first), _number_of(month), year)
    return reading.add_day(int(last), _number_of(month), year)


def _year_month_day(reading: Reading, found: re.Match[str]) -> bool:
    return reading.add_day(int(found[3]), int(found[2]), found[1])


def _day_month_year(reading: Reading, found: re.Match[str]) -> bool:
    return reading.add_day(int(found["day"]), int(found["month"]), found["year"] or found["whole"])


def _in_days(sign: int) -> Take:
    def take(reading: Reading, found: re.Match[str]) -> bool:
        return reading.add_away(sign * int(found[1]))

    return take


def _in_weeks(reading: Reading, found: re.Match[str]) -> bool:
    return reading.add_away(WEEK * int(found[1] or 1))


def _said_day(reading: Reading, found: re.Match[str]) -> bool:
    return reading.add_away(_number_of(found[1], first=-2))


def _weekday(reading: Reading, found: re.Match[str]) -> bool:
    reading.weekdays.append(Weekday(_number_of(found[2]), found[1] or ""))
    return True


def _lasting(reading: Reading, found: re.Match[str]) -> bool:
    """From one hour to another; two days where the figures are days as well."""
    first, sign, first_minute, last, last_sign, last_minute = found.groups()
    if sign == last_sign == "." and all(
        is_in_calendar(int(day), int(month)) for day, month in ((first, first_minute), (last, last_minute))
    ):
        reading.add_day(int(first), int(first_minute))
        return reading.add_day(int(last), int(last_minute))
    clocks = Clock(int(first), int(first_minute or 0)), Clock(int(last), int(last_minute or 0))
    return reading.add_span(*clocks)


def _clock(reading: Reading, found: re.Match[str]) -> bool:
    return reading.add_clock(found[1], next(filter(None, found.groups()[1:]), None))


def _marked_clock(reading: Reading, found: re.Match[str]) -> bool:
    hour, sign, minute = found.groups()
    if minute is None:
        return reading.add_clock(hour)
    clock = in_figures(hour, sign, minute)
    if clock is None:
        raise DateNotUnderstood
    return reading.add_clock(hour, minute)


def _half_past(reading: Reading, found: re.Match[str]) -> bool:
    return reading.add_clock(found[1], "30")


_AT = r"(?:<at>\s*)?(?:<hour>[\s:.]*)?"
_ENDING = r"(?:<out>|<to>)?"
# What stands before it is an hour. In Kyrgyz the word may also come before its own figure, behind a day.
_HOUR_BEHIND = r"\s*<hour>(?!\s*\d{1,2}(?!\d|\s*<minute>))"
_APART = r"[\s.,/\-]*"
_YEAR_BEFORE = rf"(?:(?P<before>20\d\d){_APART}(?:<year>)?{_APART})?"
# Two figures are a year where it is called one, or when they can be no hour.
_YEAR_AFTER = (
    rf"(?:{_APART}(?P<year>20\d\d(?!\d)|\d\d(?=\s*<year>)"
    r"|(?<=\s)(?<!-\s)(?:2[4-9]|[3-9]\d)(?!\d|[:.]\d|\s*-?\s*<[mh])))?"
)
_DAY_MONTH = re.compile(
    rf"{_YEAR_BEFORE}(?<![\d.:/])(?P<day>\d{{1,2}}){_ENDING}{_APART}<m(?P<month>[a-l])>{_YEAR_AFTER}"
)
_MONTH_DAY = re.compile(
    rf"{_YEAR_BEFORE}<m(?P<month>[a-l])>{_APART}(?P<day>\d{{1,2}}){_ENDING}"
    rf"(?!\d|[:.]\d|{_HOUR_BEHIND})"
    rf"{_YEAR_AFTER}"
)
_TWO_OF_A_MONTH = re.compile(
    rf"(?:<from>\s*)?(?<![\d.:/])(\d{{1,2}}){_ENDING}\s*(?:[,/\-]|<and>|<until>|(?<=<out>))\s*"
    rf"(\d{{1,2}}){_ENDING}[\s.\-]*<m([a-l])>(?:{_APART}(20\d\d)(?!\d))?"
)
_YEAR_MONTH_DAY = re.compile(
    # The year behind "5 December", and the time behind it, are not the year, month and day of another.
    r"(?<![\d.,/\-])(?<!\d\s)(?<!<m.>)(?<!<m.>\s)(?<!<m.>[.,]\s)"
    r"(\d{4})(?:\s*[./,\-]\s*|\s)(\d{1,2})(?:\s*[./,\-]\s*|\s)(\d{1,2})(?![\d:]|\.\d)"
)
_DAY_MONTH_YEAR = re.compile(
    r"(?<![\d.:])(?P<day>\d{1,2})\s*(?P<sign>[./,\-]|\s)\s*(?P<month>\d{1,2})"
    r"(?:\s*(?P=sign)\s*(?P<year>\d{4}|\d{2})|(?:\s*[./,\-]\s*|\s)(?P<whole>20\d\d))"
    r"(?!\d|[:.]\d|\s*-?\s*<m[a-l]>|" + _HOUR_BEHIND + ")"
)
_HOUR = rf"{_AT}(?<![\d.:/])(\d{{1,2}})(?:\s*([.:])\s*(\d\d))?(?![\d.:])"
_HOURS = r"(?:\s*<hour>)?"
_WHOLE_HOUR = rf"{_AT}(?<![\d.:/])(\d{{1,2}})\s*([.:])\s*(\d\d)(?![\d.:])"
WITH_YEARS: tuple[tuple[re.Pattern[str], Take], ...] = (
    (_YEAR_MONTH_DAY, _year_month_day),
    (_DAY_MONTH, _dated_with_year),
    (_MONTH_DAY, _dated_with_year),
    (_DAY_MONTH_YEAR, _day_month_year),
)
PASSES: tuple[tuple[re.Pattern[str], Take], ...] = (
    (_YEAR_MONTH_DAY, _year_month_day),
    (_TWO_OF_A_MONTH, _two_of_a_month),
    (_DAY_MONTH, _dated),
    (_MONTH_DAY, _dated),
    (re.compile(r"<in>\s*(\d{1,3})\s*(?:<day>|<date>)"), _in_days(1)),
    (re.compile(r"(\d{1,3})\s*(?:<day>|<date>)\s*<after>"), _in_days(1)),
    (re.compile(r"(\d{1,3})\s*(?:<day>|<date>)\s*<ago>"), _in_days(-1)),
    (re.compile(r"<in>\s*(?:(\d)\s*)?<week>"), _in_weeks),
    (re.compile(r"(\d)\s*(?:<week>|<we>)\s*<after>"), _in_weeks),
    (re.compile(r"<a([a-e])>"), _said_day),
    (re.compile(r"(?:<(next|last)>\s*)?<w([a-g])>"), _weekday),
    (_DAY_MONTH_YEAR, _day_month_year),
    (
        re.compile(rf"(?:<from>\s*)?{_HOUR}{_ENDING}{_HOURS}\s*<until>\s*{_HOUR}{_HOURS}"),
        _lasting,
    ),
    (re.compile(rf"{_HOUR}<out>\s*-?\s*{_HOUR}(?:<to>\s*(?:<until>)?|\s*<until>)"), _lasting),
    (re.compile(rf"{_WHOLE_HOUR}\s*-\s*{_WHOLE_HOUR}"), _lasting),
    (re.compile(rf"{_AT}(?<![\d.:/])(\d{{1,2}})\s*:\s*(\d\d){_ENDING}(?!\d|\s*:)"), _clock),
    (re.compile(rf"{_AT}(\d{{1,2}})\s*(?:<hour>)?\s*<half>"), _half_past),
    (re.compile(rf"{_AT}(\d{{1,2}})(?:<out>|\s*<hour>)[\s.,]*(\d{{1,2}})\s*<minute>"), _clock),
    (
        re.compile(rf"{_AT}(?<![\d.:/])(?<!\d-)(\d{{1,2}})([.,\-])(\d\d){_ENDING}\s*<hour>(?!\s*\d)"),
        _marked_clock,
    ),
    (
        re.compile(
            r"(?:<at>\s*)?(?<![\d.:/])(?<!\d-)(\d{1,2})(?:<to>)?\s*<hour>(?:[\s.,]*(\d\d)(?![\d.:/]))?"
        ),
        _clock,
    ),
    (
        re.compile(
            r"(?:<at>\s*<hour>|<at>|<hour>)[\s.:]*(?<![\d.:/])(\d{1,2})(?:<out>|<to>)?"
            r"(?:(\s*[.,\-]\s*|\s+|(?<=<out>)\s*)(\d\d))?(?![\d.:])"
        ),
        _marked_clock,
    ),
    (re.compile(r"<from>\s*(\d{1,2})(?!\d|[.,:/\-]\d)"), _clock),
    (re.compile(r"(?<![\d.:/])(\d{1,2})(<out>\s*)(\d\d)(?!\d|<to>|\s*<until>)"), _marked_clock),
)
