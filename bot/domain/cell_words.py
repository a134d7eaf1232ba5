"""What offices write into the cells of a plan: terms, sums, sources of money.

The words of both languages are handed in, for they are data; all are compared folded.
"""

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from bot.domain.date_words import DateWords
from bot.domain.dates import days_of_years
from bot.domain.plan import FIRST_YEAR, LAST_YEAR, MOST_SOM, Funding
from bot.domain.text_folding import fold

_DAY = re.compile(r"(?<!\d)\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d)")
_MONTH = re.compile(r"(?<![\d.])(\d{1,2})[./](\d{4})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d{2}|2100)(?!\d)")
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
# Cyrillic keyboards write the Roman one with look-alikes.
_LOOK_ALIKES = str.maketrans({"\u0456": "i", "\u04cf": "i", "l": "i"})
_NEGATIVE = re.compile("[-\N{MINUS SIGN}]\\s*\\d")
_AMOUNT = re.compile(r"\d[\d\s\u00a0\u202f]*(?:[.,]\d+)?")


def read_term(
    written: str, days: DateWords, months: Sequence[Sequence[str]], quarters: Sequence[str]
) -> date | None:
    """The last day that a term names: of a day, a month, a quarter or a year; the latest of several.

    `days` are the words in which days are written, `months` the beginnings of the names of the twelve months,
    `quarters` of the word "quarter".
    """
    named, are_sound = days_of_years(written, days)
    found = [
        *(day for day in named if FIRST_YEAR <= day.year <= LAST_YEAR),
        *_whole_months(written),
    ]
    if found:
        return max(found)
    if not are_sound:
        return None
    years = [int(year) for year in _YEAR.findall(written)]
    if not years or not FIRST_YEAR <= max(years) <= LAST_YEAR:
        return None
    return _within(written, max(years), months, quarters)


def _within(written: str, year: int, months: Sequence[Sequence[str]], quarters: Sequence[str]) -> date:
    words = fold(written).split()
    named = [
        number
        for number, beginnings in enumerate(months, 1)
        for word in words
        if word.startswith(tuple(beginnings))
    ]
    if named:
        return _end(year, max(named))
    quarter = _quarter(words, quarters)
    return _end(year, quarter * 3 if quarter else 12)


def _quarter(words: Sequence[str], quarters: Sequence[str]) -> int:
    """1 to 4, told by the figure before the word; 0 when none is."""
    for place, word in enumerate(words):
        if word.startswith(tuple(quarters)):
            for before in reversed(words[max(place - 2, 0) : place]):
                figure = before.translate(_LOOK_ALIKES)
                if figure in _QUARTERS:
                    return _QUARTERS[figure]
    return 0


def _whole_months(written: str) -> list[date]:
    pairs = [(int(year), int(month)) for month, year in _MONTH.findall(_DAY.sub(" ", written))]
    return [
        _end(year, month) for year, month in pairs if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12
    ]


def _last(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _end(year: int, month: int) -> date:
    return date(year, month, _last(year, month))


def read_som(written: str, thousands: Sequence[str], millions: Sequence[str], *, unit: int = 1) -> int | None:
    """A sum in som; "1 200,5" with the word for thousand is 1,200,500.

    `unit` is what a bare number is counted in, as a heading says; None when it is no sum.
    """
    amounts = _AMOUNT.findall(written)
    if len(amounts) != 1 or _NEGATIVE.search(written):
        return None
    try:
        amount = Decimal(re.sub(r"[\s\u00a0\u202f]", "", amounts[0]).replace(",", "."))
    except InvalidOperation:
        return None
    words = fold(written).split()
    if any(word.startswith(tuple(millions)) for word in words):
        unit = 1_000_000
    elif any(word.startswith(tuple(thousands)) for word in words):
        unit = 1000
    som = int((amount * unit).to_integral_value())
    return som if 0 <= som <= MOST_SOM else None


def read_funding(written: str, words: Mapping[Funding, Sequence[str]]) -> Funding:
    """The source that a cell names by beginnings of words, several when it names more than one."""
    folded = f" {fold(written)} "
    if not folded.strip():
        return Funding.UNTOLD
    found = {source for source, each in words.items() if any(f" {stem}" in folded for stem in each)}
    if len(found) > 1:
        return Funding.SEVERAL
    return found.pop() if found else Funding.OTHER
