"""Muting somebody who only spams: for how long, and why."""

from datetime import timedelta
from enum import StrEnum

# What a facilitator may choose between, in days.
SILENCE_DAYS = (7, 30)


class SilenceReason(StrEnum):
    SPAM = "spam"  # the same again and again, or advertising
    INSULT = "insult"
    PERSONAL_DATA = "personal"  # of other people


def length_of(days: int) -> timedelta | None:
    """None for what nobody is offered."""
    return timedelta(days=days) if days in SILENCE_DAYS else None
