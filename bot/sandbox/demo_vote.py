"""A vote of the rehearsal municipality that is over, so that there is a ranking to export."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, literal, select

from bot.db.models import BallotRow, Pick, Problem, Round, RoundProblem
from bot.sandbox.demo_people import Person, Stage

OPENED_DAYS_AGO = 60
CLOSED_DAYS_AGO = 46
PICKS = 3
# Of ten voters so many use all their picks, all but one, ...
PICKS_USED = {3: 7, 2: 2, 1: 1}
# How much rather people pick a problem of their own village.
OWN_VILLAGE = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A problem on the ballot; `appeal` is how gladly it is picked, compared with the others."""

    id: int
    village_id: int
    appeal: float


async def save_round(stage: Stage, facilitator: Person) -> int:
    closed_at = stage.ago(CLOSED_DAYS_AGO, hour=14)
    opened_at = stage.ago(OPENED_DAYS_AGO)
    statement = insert(Round).values(
        municipality_id=stage.municipality_id,
        picks=PICKS,
        opened_at=opened_at,
        opened_by=facilitator.id,
        closes_at=closed_at,
        closed_at=closed_at,
        counted_at=closed_at,
        closed_by=facilitator.id,
    )
    round_id = (await stage.connection.execute(statement.returning(Round.id))).scalar_one()
    published_by_then = select(literal(round_id), Problem.id).where(
        Problem.municipality_id == stage.municipality_id, Problem.decided_at < opened_at
    )
    await stage.connection.execute(
        insert(RoundProblem).from_select(["round_id", "problem_id"], published_by_then)
    )
    return round_id


async def save_votes(
    stage: Stage, round_id: int, appeals: Mapping[int, float], voters: Sequence[Person]
) -> None:
    """Let every voter pick. `appeals` tells, by a problem's number, how gladly it is picked."""
    choices = await _choices(stage, round_id, appeals)
    await stage.connection.execute(insert(BallotRow), [_ballot(stage, round_id, each) for each in voters])
    rows = await stage.connection.execute(
        select(BallotRow.resident_id, BallotRow.id).where(BallotRow.round_id == round_id)
    )
    ballots = {row.resident_id: row.id for row in rows}
    picks = [
        {"ballot_id": ballots[voter.id], "problem_id": problem_id}
        for voter in voters
        for problem_id in _picked(stage, voter, choices)
    ]
    await stage.connection.execute(insert(Pick), picks)


async def _choices(stage: Stage, round_id: int, appeals: Mapping[int, float]) -> list[Choice]:
    rows = await stage.connection.execute(
        select(Problem.id, Problem.village_id, Problem.number)
        .join(RoundProblem, RoundProblem.problem_id == Problem.id)
        .where(RoundProblem.round_id == round_id)
        .order_by(Problem.number)
    )
    return [Choice(row.id, row.village_id, appeals[row.number]) for row in rows]


def _ballot(stage: Stage, round_id: int, voter: Person) -> dict[str, Any]:
    opened_at = stage.ago(OPENED_DAYS_AGO)
    moments = sorted(
        opened_at + timedelta(minutes=stage.chance.randrange(60 * 24 * (OPENED_DAYS_AGO - CLOSED_DAYS_AGO)))
        for _ in range(2)
    )
    return {
        "round_id": round_id,
        "resident_id": voter.id,
        "village_id": voter.village_id,
        "seed": stage.chance.getrandbits(31),
        "created_at": moments[0],
        "changed_at": moments[1],
    }


def _picked(stage: Stage, voter: Person, choices: Sequence[Choice]) -> list[int]:
    """Draw this voter's picks, each problem at most once and the appealing ones sooner."""
    (used,) = stage.chance.choices(list(PICKS_USED), list(PICKS_USED.values()))

    def luck(choice: Choice) -> float:
        nearness = OWN_VILLAGE if choice.village_id == voter.village_id else 1
        return math.pow(stage.chance.random(), 1 / (choice.appeal * nearness))

    drawn = sorted(((luck(choice), choice.id) for choice in choices), reverse=True)
    return [problem_id for _luck, problem_id in drawn[:used]]
