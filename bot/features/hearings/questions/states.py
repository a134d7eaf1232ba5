"""What a typed message may be the answer to."""

from bot.domain.hearing import Decision

# Of the asker; `awaiting_id` is the draft.
TEXT = "question:text"
NAME = "question:name"
# Of an officer; `awaiting_id` is the question. A decision goes with its reason.
ANSWERS: dict[str, tuple[Decision | None, bool]] = {
    f"question:{'anew' if anew else 'answer'}:{decision or 'none'}": (decision, anew)
    for decision in (None, *Decision)
    for anew in (False, True)
}


def answer_awaited(decision: Decision | None, *, anew: bool) -> str:
    """The name of the wait for an answer to a question, or for the reason of a decision."""
    return next(name for name, meant in ANSWERS.items() if meant == (decision, anew))
