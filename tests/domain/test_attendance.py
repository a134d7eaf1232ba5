"""How a hearing stands to whoever presses a button below its notice."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.attendance import Standing, seconds, standing
from bot.domain.clock import BISHKEK
from bot.domain.hearing import HearingStatus

STARTS = datetime(2026, 9, 23, 8, 0, tzinfo=UTC)
BEFORE, AFTER = STARTS - timedelta(seconds=1), STARTS + timedelta(days=300)
ANNOUNCED, CANCELLED = HearingStatus.ANNOUNCED, HearingStatus.CANCELLED
TOLD, OLD = seconds(STARTS), seconds(STARTS) - 3600


@pytest.mark.parametrize(
    ("status", "now", "is_own", "told_for", "wanted"),
    [
        (ANNOUNCED, BEFORE, True, TOLD, Standing.OPEN),
        (ANNOUNCED, BEFORE, True, None, Standing.OPEN),
        (ANNOUNCED, STARTS, True, TOLD, Standing.OVER),
        (ANNOUNCED, AFTER, True, None, Standing.OVER),
        (ANNOUNCED, BEFORE, True, OLD, Standing.MOVED),
        (ANNOUNCED, AFTER, True, OLD, Standing.MOVED),
        (CANCELLED, BEFORE, True, TOLD, Standing.CALLED_OFF),
        (CANCELLED, BEFORE, True, OLD, Standing.CALLED_OFF),
        (CANCELLED, AFTER, True, None, Standing.CALLED_OFF),
        (ANNOUNCED, BEFORE, False, TOLD, Standing.ELSEWHERE),
        (CANCELLED, AFTER, False, OLD, Standing.ELSEWHERE),
    ],
)
def test_what_matters_most_is_told(
    status: HearingStatus, now: datetime, is_own: bool, told_for: int | None, wanted: Standing
) -> None:
    assert standing(status, STARTS, now, is_own=is_own, told_for=told_for) is wanted


def test_a_moment_is_the_same_on_a_button_whatever_the_clock() -> None:
    assert seconds(STARTS) == seconds(STARTS.astimezone(BISHKEK)) == 1_790_150_400
    assert seconds(STARTS + timedelta(milliseconds=999)) == seconds(STARTS)
