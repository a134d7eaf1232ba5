"""What a typed message may be the answer to; `awaiting_id` is the problem."""

from bot.domain.desk import Line

PREFIX = "wording:"


def awaiting(line: Line) -> str:
    return PREFIX + line


def awaited(state: str | None) -> Line | None:
    """The line that is being written, if any is."""
    return Line(state.removeprefix(PREFIX)) if state and state.startswith(PREFIX) else None


# The words that are to be taken out; `awaiting_id` is the problem.
REDACT = "redact"
