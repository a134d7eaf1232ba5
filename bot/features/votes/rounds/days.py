"""The days on which a vote usually closes, and how a button carries one."""

from datetime import datetime, timedelta

USUAL_DAYS = (3, 7, 14, 21, 30)


def usual_days(today: datetime) -> list[tuple[int, datetime]]:
    """(days from now, moment)"""
    return [(days, today + timedelta(days=days)) for days in USUAL_DAYS]


def packed(moment: datetime) -> int:
    """YYYYMMDD as a number."""
    return int(f"{moment:%Y%m%d}")
