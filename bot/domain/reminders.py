"""When residents are reminded of a hearing."""

from collections.abc import Collection
from datetime import datetime, timedelta

# A reminder that would come sooner than this after the notice tells nothing new.
FRESH = timedelta(hours=1)


def due_reminder(starts_at: datetime, told_at: datetime, hours: Collection[int], now: datetime) -> int | None:
    """How many hours before the hearing the reminder is that is to be sent now; None for none.

    `hours` are those of the municipality, 0 for no such reminder; `told_at` is when the residents heard of
    this very time. Of several that were slept through only the latest counts.
    """
    if now >= starts_at:
        return None
    reached = [each for each in hours if each and starts_at - timedelta(hours=each) <= now]
    if not reached:
        return None
    latest = min(reached)
    is_fresh = starts_at - timedelta(hours=latest) < told_at + FRESH
    return None if is_fresh else latest
