"""The ballot. A voter's tap is one transaction of three statements."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, String, bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import BallotRow, Pick, Problem, Round, RoundProblem
from bot.db.problem_queries import worded
from bot.db.queries import OpenRound, upsert_into
from bot.domain.ballot import Ballot, own_order, require_open
from bot.domain.refusals import Gone, NotYourVote
from bot.domain.roles import Resident

# So much of a problem's text is shown on the ballot, in characters.
SHOWN_TEXT = 260


class BallotLine(NamedTuple):
    """A problem on the ballot, worded for its voter; every tap makes one for each problem of the round."""

    id: int
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class OpenBallotPaper:
    """A voter's ballot as it lies before them: the problems in their own order, and their picks."""

    ballot_id: int
    round: OpenRound
    lines: Sequence[BallotLine]
    ballot: Ballot

    def with_pick(self, problem_id: int, *, on: bool) -> "OpenBallotPaper":
        """The paper after a tap; refuses a problem that is not on it and a pick beyond the limit."""
        if problem_id not in {line.id for line in self.lines}:
            raise Gone
        return replace(self, ballot=self.ballot.with_pick(problem_id, on=on))


_LOCK = (
    update(BallotRow)
    .where(BallotRow.round_id == bindparam("round_id_"), BallotRow.resident_id == bindparam("resident_id_"))
    .values(changed_at=bindparam("now_"))
    .returning(BallotRow.id, BallotRow.seed)
)
# FOR SHARE makes closing wait for the taps at work, and the taps after it see a closed vote.
_PAPER = (
    select(
        Round.municipality_id,
        Round.picks,
        Round.closes_at,
        Round.closed_at,
        Problem.id,
        Problem.number,
        func.substr(worded(bindparam("language_", type_=String)), 1, SHOWN_TEXT + 1).label("text"),
        Pick.ballot_id.label("picked"),
    )
    .select_from(Round)
    .join(RoundProblem, RoundProblem.round_id == Round.id)
    .join(Problem, Problem.id == RoundProblem.problem_id)
    .outerjoin(Pick, (Pick.problem_id == Problem.id) & (Pick.ballot_id == bindparam("ballot_id_")))
    .where(Round.id == bindparam("round_id_"))
    .with_for_update(read=True, of=Round)
)
_ADD_PICK = insert(Pick).values(ballot_id=bindparam("ballot_id_"), problem_id=bindparam("problem_id_"))
_DROP_PICK = delete(Pick).where(
    Pick.ballot_id == bindparam("ballot_id_"), Pick.problem_id == bindparam("problem_id_")
)


async def lock_paper(
    db: AsyncConnection, resident: Resident, round_id: int, now: datetime
) -> OpenBallotPaper:
    """The voter's ballot, locked until the act is committed; refuses strangers and closed votes."""
    keys = {"round_id_": round_id, "resident_id_": resident.id, "now_": now}
    mine = (await db.execute(_LOCK, keys)).first()
    if mine is None:
        await _save_new_ballot(db, resident, round_id, now)
        mine = (await db.execute(_LOCK, keys)).one()
    looked_at = {"ballot_id_": mine.id, "round_id_": round_id, "language_": resident.language}
    rows = (await db.execute(_PAPER, looked_at)).all()
    _require_voter(rows[0], resident, now)
    return _paper(round_id, mine.id, mine.seed, rows)


def _require_voter(row: Row[Any], resident: Resident, now: datetime) -> None:
    if row.municipality_id != resident.municipality_id:
        raise NotYourVote
    require_open(row.closed_at, row.closes_at, now)


def _paper(round_id: int, ballot_id: int, seed: int, rows: Sequence[Row[Any]]) -> OpenBallotPaper:
    lines = {row.id: BallotLine(row.id, row.number, row.text) for row in rows}
    picks = frozenset(row.id for row in rows if row.picked is not None)
    return OpenBallotPaper(
        ballot_id=ballot_id,
        round=OpenRound(round_id, rows[0].picks, rows[0].closes_at),
        lines=[lines[problem_id] for problem_id in own_order(lines, seed)],
        ballot=Ballot(limit=rows[0].picks, picks=picks),
    )


async def _save_new_ballot(db: AsyncConnection, resident: Resident, round_id: int, now: datetime) -> None:
    round_ = (await db.execute(select(Round.municipality_id).where(Round.id == round_id))).first()
    if round_ is None:
        raise Gone
    if round_.municipality_id != resident.municipality_id:
        raise NotYourVote
    await db.execute(
        upsert_into(db, BallotRow)
        .values(
            round_id=round_id,
            resident_id=resident.id,
            village_id=resident.village_id,
            seed=secrets.randbits(48),
            created_at=now,
            changed_at=now,
        )
        .on_conflict_do_nothing()
    )


async def save_picks(db: AsyncConnection, before: OpenBallotPaper, after: OpenBallotPaper) -> None:
    """Write what has changed on a locked ballot; a tap that came twice changes nothing the second time."""
    was, now = before.ballot.picks, after.ballot.picks
    for statement, problems in ((_ADD_PICK, now - was), (_DROP_PICK, was - now)):
        for problem_id in problems:
            await db.execute(statement, {"ballot_id_": after.ballot_id, "problem_id_": problem_id})


def utc_now() -> datetime:
    return datetime.now(UTC)
