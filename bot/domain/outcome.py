"""What may become of a public problem, and in which order."""

from bot.domain.problem import ProblemStatus
from bot.domain.refusals import CannotBecome, NoLongerDone, ReasonMissing

LONGEST_OUTCOME = 400
# What facilitators may say. Opening again is no word of theirs: it is the author's answer to "done".
_WAYS: dict[ProblemStatus, frozenset[ProblemStatus]] = {
    ProblemStatus.PUBLISHED: frozenset(
        {
            ProblemStatus.SHORTLISTED,
            ProblemStatus.PLANNED,
            ProblemStatus.LEFT_OUT,
            ProblemStatus.DOING,
            ProblemStatus.DONE,
        }
    ),
    ProblemStatus.SHORTLISTED: frozenset(
        {ProblemStatus.PLANNED, ProblemStatus.LEFT_OUT, ProblemStatus.DOING, ProblemStatus.DONE}
    ),
    ProblemStatus.LEFT_OUT: frozenset(
        {ProblemStatus.SHORTLISTED, ProblemStatus.PLANNED, ProblemStatus.DOING, ProblemStatus.DONE}
    ),
    ProblemStatus.PLANNED: frozenset({ProblemStatus.LEFT_OUT, ProblemStatus.DOING, ProblemStatus.DONE}),
    ProblemStatus.DOING: frozenset({ProblemStatus.LEFT_OUT, ProblemStatus.DONE}),
    ProblemStatus.DONE: frozenset({ProblemStatus.DOING}),
    ProblemStatus.REOPENED: frozenset(
        {ProblemStatus.PLANNED, ProblemStatus.LEFT_OUT, ProblemStatus.DOING, ProblemStatus.DONE}
    ),
}
# Nobody is told "no" without a reason.
_WITH_REASON = frozenset({ProblemStatus.LEFT_OUT})


def next_of(status: ProblemStatus) -> list[ProblemStatus]:
    """What a facilitator may say of it next, in the order of the way."""
    ways = _WAYS.get(status, frozenset())
    return [each for each in ProblemStatus if each in ways]


def needs_reason(status: ProblemStatus) -> bool:
    return status in _WITH_REASON


def checked_outcome(now: ProblemStatus, wanted: ProblemStatus, words: str | None) -> None:
    """Refuse what cannot follow, and a "no" without a reason."""
    if wanted not in _WAYS.get(now, frozenset()):
        raise CannotBecome
    if needs_reason(wanted) and not words:
        raise ReasonMissing


def require_done(now: ProblemStatus) -> None:
    """Its author says whether it is solved, or opens it again, only while it is said to be done."""
    if now is not ProblemStatus.DONE:
        raise NoLongerDone
