"""Everything the bot may refuse, as data; each feature's `texts.py` finds the words."""

from dataclasses import dataclass
from datetime import datetime


class Refusal(Exception):
    """A request that cannot be met, with the facts a person needs to go on."""


class NotAllowed(Refusal):
    """The person lacks the role, or holds it in another municipality."""


class NotSettled(Refusal):
    """The person has not chosen a municipality and village, or has not agreed yet."""


class Gone(Refusal):
    """What the button spoke of is no longer there."""


@dataclass(eq=False)
class TextTooShort(Refusal):
    at_least: int
    length: int


@dataclass(eq=False)
class TextTooLong(Refusal):
    at_most: int
    length: int


@dataclass(eq=False)
class DailyLimitReached(Refusal):
    limit: int


@dataclass(eq=False)
class TooManyAttachments(Refusal):
    limit: int


class DraftIncomplete(Refusal):
    """The report lacks its text or its village."""


class AlreadyDecided(Refusal):
    """Another facilitator has published or declined this problem."""


class InviteUnknown(Refusal):
    """No such invitation."""


class InviteExpired(Refusal):
    """The invitation was not accepted in time."""


class InviteUsed(Refusal):
    """Somebody else has accepted the invitation."""


class NothingToVoteOn(Refusal):
    """A vote needs at least two published problems."""


class VoteAlreadyOpen(Refusal):
    """A municipality holds one vote at a time."""


class NotYourVote(Refusal):
    """Only those who live in a municipality vote there."""


class VoteClosed(Refusal):
    """After closing no vote changes, whatever button is pressed."""


@dataclass(eq=False)
class VoteStillOpen(Refusal):
    closes_at: datetime


@dataclass(eq=False)
class NoPicksLeft(Refusal):
    limit: int


class DateNotUnderstood(Refusal):
    """What was typed is not a date."""


@dataclass(eq=False)
class DateOutOfRange(Refusal):
    """A vote closes between tomorrow and `at_most_days` days from now."""

    at_most_days: int
