"""A resolution in three lines, its day in every usual way of writing it."""

from datetime import date, datetime, timedelta

import pytest

from bot.domain.clock import BISHKEK
from bot.domain.refusals import ResolutionNotUnderstood
from bot.features.plan.drafting.adopting import read_resolution
from tests.features.written_days import written


def today() -> date:
    return datetime.now(BISHKEK).date()


def test_the_day_of_a_resolution_is_read_however_it_is_written() -> None:
    day = today() - timedelta(days=9)
    for words in (*written(day, today=today()), f"{day:%d.%m.%Y}-ж."):
        assert read_resolution(f"12/3\n{words}\nТөрага", datetime.now(BISHKEK)).day == day, words


@pytest.mark.parametrize(
    "day", ["31.02.2026", "25.11.1926", "20.11 21.11", "эртең", "кечээ саат 3тө", "билбейм"]
)
def test_a_resolution_of_no_day_or_of_one_to_come_is_refused(day: str) -> None:
    with pytest.raises(ResolutionNotUnderstood):
        read_resolution(f"12/3\n{day}\nТөрага", datetime.now(BISHKEK))
