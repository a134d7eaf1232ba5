"""The one reader of typed days and hours, in Kyrgyz and Russian, for every question that asks for one.

What was typed is read in passes, the surest first: each takes away what it understands. Whatever is left over
was not understood, and then nothing is taken at all.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, time

from bot.domain.date_passes import PASSES, WITH_YEARS
from bot.domain.date_reading import Asked as Asked, Facing as Facing, Reading, Typed as Typed
from bot.domain.date_words import DateWords
from bot.domain.refusals import DateNotUnderstood, TimeNotAsked, TimeNotUnderstood

# A day typed for a question about the future is asked about when it is farther ahead: its year is a guess.
FAR_OFF_DAYS = 92
# No answer to a question for a day is longer, and no cell with a term.
LONGEST = 200


def read_day(written: str, asked: Asked) -> date:
    """One day and nothing else. Raises DateNotUnderstood, or TimeNotAsked."""
    typed = read(written, asked)
    if typed.has_limit:
        raise DateNotUnderstood
    return only_day(typed)


def read_fixed_day(written: str, asked: Asked) -> date:
    """One day that is the same whenever it is read: no "yesterday" in a file. Raises as `read_day`."""
    if read(written, asked).is_relative:
        raise DateNotUnderstood
    return read_day(written, asked)


def only_day(typed: Typed) -> date:
    """Raises DateNotUnderstood where there are two, and TimeNotAsked where a time of day stands beside it."""
    if len(typed.days) != 1:
        raise DateNotUnderstood
    if typed.at is not None:
        raise TimeNotAsked
    return typed.days[0]


def read_moment(written: str, asked: Asked) -> tuple[date, time | None]:
    """A day, and the time of day if it is said, too. Raises DateNotUnderstood."""
    typed = read(written, asked)
    if len(typed.days) != 1 or typed.has_limit:
        raise DateNotUnderstood
    return typed.days[0], typed.at


def read_time(written: str, asked: Asked) -> tuple[date | None, time]:
    """A time of day, and the day if it is said, too. Raises TimeNotUnderstood."""
    with suppress(DateNotUnderstood):
        day, at = read_moment(written, asked)
        if at is not None:
            return day, at
    try:
        typed = read(written, asked, is_time_asked=True)
    except DateNotUnderstood as refusal:
        raise TimeNotUnderstood from refusal
    if typed.at is None or typed.days or typed.has_limit:
        raise TimeNotUnderstood
    return None, typed.at


def read(written: str, asked: Asked, *, is_time_asked: bool = False) -> Typed:
    """Everything that was typed. Raises DateNotUnderstood if anything of it was not understood.

    Figures that may be a day or a time, such as 10.12, are what is asked for.
    """
    if len(written) > LONGEST:
        raise DateNotUnderstood
    reading = Reading(asked.words.signed(written), asked)
    for expression, take in PASSES:
        reading.take(expression, take)
    reading.take_doubtful(is_time_asked=is_time_asked)
    return reading.result()


def days_of_years(written: str, words: DateWords) -> tuple[Sequence[date], bool]:
    """The days in a longer text that are written with their years; and whether one is in no calendar."""
    reading = Reading(words.signed(written[:LONGEST]), Asked(date.min, Facing.AHEAD, words))
    is_sound = True
    for expression, take in WITH_YEARS:
        try:
            reading.take(expression, take)
        except DateNotUnderstood:
            is_sound = False
    return [day for _place, day in reading.days], is_sound


def is_far_off(day: date, today: date) -> bool:
    """Whether a day ahead may have been guessed or mistyped by a year."""
    return (day - today).days > FAR_OFF_DAYS
