"""What a typed message may be the answer to."""

from bot.domain.hearing import Decision

# Of the asker; `awaiting_id` is the draft.
TEXT = "question:text"
NAME = "question:name"
# Of an officer; `awaiting_id` is the question. A decision follows when what is awaited is its reason.
ANSWER = "question-answer:"
CORRECTION = "question-correction:"


def answer_awaited(decision: Decision | None, *, anew: bool) -> str:
    """The name of the wait for an answer to a question, or for the reason of a decision."""
    return f"{CORRECTION if anew else ANSWER}{decision or ''}"


def read_decision(part: str) -> Decision | None:
    return Decision(part) if part else None
