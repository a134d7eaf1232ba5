"""What residents may choose to hear of, and what may become of a message."""

from enum import StrEnum


class NoticeTopic(StrEnum):
    """What a resident can switch off in the settings."""

    HEARINGS = "hearings"
    REMINDERS = "reminders"
    VOTES = "votes"
    PROBLEMS = "problems"


class Failure(StrEnum):
    """Why a message was not sent. `MUTED` and `STOPPED` are choices of people, the rest are troubles."""

    BLOCKED = "blocked"
    GONE = "gone"  # the account was deleted, or has never written to the bot
    MUTED = "muted"
    STOPPED = "stopped"
    EXPIRED = "expired"  # too late to be of use
    REFUSED = "refused"  # Telegram will never take it
