"""When a reminder is due."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.reminders import due_reminder

STARTS = datetime(2026, 9, 23, 8, 0, tzinfo=UTC)
LONG_AGO = STARTS - timedelta(days=12)


def due(before: timedelta, *hours: int, told: datetime = LONG_AGO) -> int | None:
    """The reminder that is due so long before the hearing."""
    return due_reminder(STARTS, told, hours or (24, 2), STARTS - before)


@pytest.mark.parametrize(
    ("hours_before", "wanted"),
    [(30, None), (24.01, None), (24, 24), (23, 24), (2.01, 24), (2, 2), (0.01, 2), (0, None), (-1, None)],
)
def test_the_latest_reminder_whose_moment_has_come(hours_before: float, wanted: int | None) -> None:
    assert due(timedelta(hours=hours_before)) == wanted


def test_no_hours_are_no_reminder() -> None:
    assert due(timedelta(hours=1), 0, 0) is None
    assert due(timedelta(hours=1), 24, 0) == 24


def test_the_order_of_the_hours_does_not_matter() -> None:
    assert due(timedelta(hours=1), 2, 24) == 2


@pytest.mark.parametrize(
    ("told_before", "wanted"), [(26, 24), (25, 24), (24.5, None), (24, None), (10, None)]
)
def test_whoever_was_told_just_now_is_not_reminded(told_before: float, wanted: int | None) -> None:
    told = STARTS - timedelta(hours=told_before)
    assert due(timedelta(hours=min(told_before, 24) - 1), told=told) == wanted


def test_what_was_told_too_late_for_the_first_reminder_gets_the_second() -> None:
    assert due(timedelta(hours=2), told=STARTS - timedelta(hours=10)) == 2
