"""Who may see which problem. Every way to a problem's words, photos and voice asks here, or the condition
that `bot.features.problems.seeing_queries` makes of the same list.

What everybody reads is named in `PUBLIC`; a status that is not named there is hidden.
"""

from enum import IntEnum
from typing import Protocol

from bot.domain.problem import PUBLIC, ProblemStatus
from bot.domain.roles import Resident, Role


class Guarded(Protocol):
    """A problem, as far as it matters for who may see it."""

    @property
    def status(self) -> str: ...
    @property
    def municipality_id(self) -> int: ...
    @property
    def author_id(self) -> int | None: ...


class Sight(IntEnum):
    """How much somebody sees of a problem; each step holds those before it."""

    NOTHING = 0
    PUBLISHED = 1  # what everybody is shown
    WHOLE = 2  # whatever its state: also what was decided, and why


def is_public(status: str) -> bool:
    """Whether everybody may read a problem in this state."""
    return status in PUBLIC


def was_public(status: str, status_before: str | None) -> bool:
    """Whether everybody may have read it: a joined problem is what it was before."""
    return is_public(status) or (
        status == ProblemStatus.MERGED and status_before is not None and is_public(status_before)
    )


def sight(viewer: Resident | None, problem: Guarded) -> Sight:
    """How much this person sees; None is somebody whom the bot does not know yet.

    Officers and monitors see what residents see: a report is the facilitator's until it is published.
    """
    if viewer is not None and _keeps(viewer, problem):
        return Sight.WHOLE
    return Sight.PUBLISHED if is_public(problem.status) else Sight.NOTHING


def sees(viewer: Resident | None, problem: Guarded) -> bool:
    return sight(viewer, problem) > Sight.NOTHING


def _keeps(viewer: Resident, problem: Guarded) -> bool:
    """Its author, and the facilitators of its municipality."""
    return viewer.id == problem.author_id or viewer.holds(Role.FACILITATOR, problem.municipality_id)
