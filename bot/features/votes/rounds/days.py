"""The days on which a vote usually closes, and how a button carries one."""

from datetime import date, datetime, timedelta

from bot.domain.clock import BISHKEK
from bot.domain.refusals import Gone

USUAL_DAYS = (3, 7, 14, 21, 30)


def usual_days(today: datetime) -> list[tuple[int, datetime]]:
    """(days from now, moment)"""
    return [(days, today + timedelta(days=days)) for days in USUAL_DAYS]


def packed(moment: datetime) -> int:
    """YYYYMMDD as a number."""
    return int(f"{moment:%Y%m%d}")


def unpacked(day: int) -> date:
    """Of a button. Raises Gone for a forged one."""
    try:
        return datetime.strptime(str(day), "%Y%m%d").replace(tzinfo=BISHKEK).date()
    except ValueError:
        raise Gone from None
