"""What residents may choose to hear of, and what may become of a message."""

from enum import StrEnum


class NoticeTopic(StrEnum):
    """What a resident can switch off in the settings."""

    HEARINGS = "hearings"
    REMINDERS = "reminders"
    VOTES = "votes"
    PROBLEMS = "problems"
    PLAN = "plan"


class Failure(StrEnum):
    """Why a message was not sent: a choice of people (`MUTED`, `STOPPED`, `FORGOTTEN`), or a trouble."""

    BLOCKED = "blocked"
    GONE = "gone"  # the account was deleted, or has never written to the bot
    MUTED = "muted"
    STOPPED = "stopped"
    FORGOTTEN = "forgotten"  # the person asked to be forgotten
    EXPIRED = "expired"  # too late to be of use
    REFUSED = "refused"  # Telegram will never take it
