"""The year of planning, and the days that are typed for one of its steps."""

from datetime import date

import pytest

from bot.data import date_words
from bot.domain.dates import Asked, Facing
from bot.domain.planning_calendar import (
    USUAL,
    YearStep,
    read_days,
)
from bot.domain.refusals import DaysNotUnderstood

ASKED = Asked(date(2026, 11, 20), Facing.AHEAD, date_words())


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("15.10 - 30.11", (1015, 1130)),
        ("15.10–30.11", (1015, 1130)),
        ("15/10 30/11", (1015, 1130)),
        ("с 1.9 по 5.9", (901, 905)),
        ("15.10.2026 - 30.11.2026", (1015, 1130)),
        ("1.12", (1201, 1201)),
        ("15.12 - 15.01", (1215, 115)),
        ("29.02", (229, 229)),
    ],
)
def test_the_first_and_the_last_day_are_read(typed: str, days: tuple[int, int]) -> None:
    assert read_days(typed, ASKED) == days


@pytest.mark.parametrize("typed", ["", "октябрь", "15", "31.02", "32.1", "1.13", "0.1", "1.1 - 2.2 - 3.3"])
def test_what_are_no_days_is_refused(typed: str) -> None:
    with pytest.raises(DaysNotUnderstood):
        read_days(typed, ASKED)


@pytest.mark.parametrize("step", YearStep)
def test_every_step_has_usual_days_within_one_calendar_year(step: YearStep) -> None:
    first, last = (date(2025, *divmod(day, 100)) for day in USUAL[step])
    assert first < last
