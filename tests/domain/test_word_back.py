"""When a person hears what became of their problem."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.clock import BISHKEK
from bot.domain.word_back import Turn, day_of, gathering_moment, turn_of


@pytest.mark.parametrize(
    ("told_today", "most_a_day", "wanted"),
    [
        (0, 3, Turn.AT_ONCE),
        (1, 3, Turn.AT_ONCE),
        (2, 3, Turn.GATHERED),
        (9, 3, Turn.GATHERED),
        (0, 2, Turn.AT_ONCE),
        (1, 2, Turn.GATHERED),
        (0, 1, Turn.GATHERED),
    ],
)
def test_the_last_message_of_a_day_is_kept_for_all_that_comes_after(
    told_today: int, most_a_day: int, wanted: Turn
) -> None:
    assert turn_of(told_today, most_a_day) is wanted


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        (datetime(2026, 9, 23, 17, 59, tzinfo=UTC), date(2026, 9, 23)),
        (datetime(2026, 9, 23, 18, 0, tzinfo=UTC), date(2026, 9, 24)),
    ],
)
def test_a_day_begins_at_midnight_in_bishkek(now: datetime, wanted: date) -> None:
    assert day_of(now) == datetime(wanted.year, wanted.month, wanted.day, tzinfo=BISHKEK)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 9, day, hour, minute, tzinfo=BISHKEK)


@pytest.mark.parametrize(
    ("now", "last", "wanted"),
    [
        (at(23, 9), None, at(23, 18)),
        (at(23, 17, 59), None, at(23, 18)),
        (at(23, 18), None, at(24, 18)),
        (at(23, 23), None, at(24, 18)),
        (at(23, 9), date(2026, 9, 22), at(23, 18)),
        (at(23, 9), date(2026, 9, 23), at(24, 18)),
        (at(23, 23), date(2026, 9, 24), at(25, 18)),
        (at(30, 20), date(2026, 9, 30), at(30, 18).replace(month=10, day=1)),
    ],
)
def test_what_was_gathered_is_told_on_the_next_evening_that_has_not_been_used(
    now: datetime, last: date | None, wanted: datetime
) -> None:
    assert gathering_moment(now.astimezone(UTC), last) == wanted
