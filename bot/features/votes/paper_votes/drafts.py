"""A sheet being entered: what has been told of it, what is still missing, the tally it becomes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.gathering import Flaw, Line, Method, People, Tally
from bot.features.votes.paper_votes.callbacks import Step
from bot.features.votes.paper_votes.queries import Draft

_TOLD: Mapping[Step, str] = {
    Step.BATCH: "batch",
    Step.VILLAGE: "village_id",
    Step.DAY: "held_on",
    Step.PEOPLE: "people",
    Step.METHOD: "method",
    Step.NUMBERS: "voted",
    Step.VOTES: "votes",
    Step.SIGNED: "place",
    Step.PHOTO: "photo",
}
NUMBERS = ("women", "men", "voted", "already_voted")
SIGNED = ("place", "first_signatory", "second_signatory")
# Where a flaw is put right.
STEP_OF: Mapping[Line, Step] = {
    Line.DAY: Step.DAY,
    Line.WOMEN: Step.NUMBERS,
    Line.MEN: Step.NUMBERS,
    Line.VOTED: Step.NUMBERS,
    Line.ALREADY: Step.NUMBERS,
    Line.VOTES: Step.VOTES,
}


def next_step(draft: Draft) -> Step | None:
    """The first that has not been answered; None when everything is told."""
    return next((step for step, name in _TOLD.items() if name not in draft.told), None)


def tally_of(draft: Draft) -> Tally | None:
    """None as long as something is missing."""
    told = draft.told
    if next_step(draft) is not None:
        return None
    return Tally(
        village_id=told["village_id"],
        held_on=date.fromisoformat(told["held_on"]),
        place=told["place"],
        people=People(told["people"]),
        method=Method(told["method"]),
        women=told["women"],
        men=told["men"],
        voted=told["voted"],
        already_voted=told["already_voted"],
        first_signatory=told["first_signatory"],
        second_signatory=told["second_signatory"],
        votes={int(problem_id): votes for problem_id, votes in told["votes"].items()},
    )


def number_of(draft: Draft) -> str:
    """The number of the sheet; one that has none goes by the number of its draft."""
    return draft.told["batch"] or f"d{draft.id}"


def steps_with_flaws(found: list[Flaw]) -> set[Step]:
    return {STEP_OF[flaw.line] for flaw in found if flaw.line in STEP_OF}


Told = dict[str, Any]
