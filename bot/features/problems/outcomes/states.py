"""What a typed message may be the answer to; `awaiting_id` is the problem."""

from bot.domain.problem import ProblemStatus

PREFIX = "outcome:"
# The author says or shows why it is not solved.
UNSOLVED = "unsolved"


def awaiting(status: ProblemStatus) -> str:
    return PREFIX + status


def awaited(state: str | None) -> ProblemStatus | None:
    return ProblemStatus(state.removeprefix(PREFIX)) if state and state.startswith(PREFIX) else None
