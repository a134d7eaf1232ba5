"""A published result that somebody doubts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DisputeReason(StrEnum):
    COMPLAINT = "complaint"
    RECOUNT = "recount"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Dispute:
    """One that is not settled yet: until it is, the ballots are kept as they are."""

    reason: DisputeReason
    since: datetime
