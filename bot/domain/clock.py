"""The clock that all municipalities live by."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

BISHKEK = ZoneInfo("Asia/Bishkek")


def moment(day: date, at: time) -> datetime:
    """By the clock of Bishkek."""
    return datetime.combine(day, at, tzinfo=BISHKEK)
