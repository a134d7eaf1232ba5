"""The clock that all municipalities live by."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

BISHKEK = ZoneInfo("Asia/Bishkek")
# Returns the present moment, aware.
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of the machine. Only what begins something reads it; everything else is given the moment."""
    return datetime.now(UTC)


def local_day(now: datetime) -> date:
    """The calendar day in Kyrgyzstan at this moment."""
    return now.astimezone(BISHKEK).date()


def moment(day: date, at: time) -> datetime:
    """By the clock of Bishkek."""
    return datetime.combine(day, at, tzinfo=BISHKEK)
