"""The ballot. A voter's tap is one transaction of three statements."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, String, bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import BallotRow, Exposure, Pick, Problem, ResidentRow, Round, RoundProblem
from bot.db.queries import OpenRound, upsert_into
from bot.domain.ballot import PROBLEMS_A_PAGE, Ballot, Stage, least_shown, own_order, require_open
from bot.domain.codes import ballot_code
from bot.domain.problem import Hidden, ProblemStatus
from bot.domain.refusals import Gone, NotSettled, NotYourVote, ProblemIsHidden
from bot.domain.roles import Resident
from bot.features.problems.public import WHY_HIDDEN, hidden_of, worded

# So much of a problem's text is shown on the ballot, in characters; the rest is one press away.
SHOWN_TEXT = 120


class BallotLine(NamedTuple):
    """A problem on the ballot, worded for its voter; every tap makes one for each problem of the round.

    A hidden one has no text, but the reason in its place.
    """

    id: int
    number: int
    text: str | None
    hidden: Hidden | None = None


@dataclass(frozen=True, slots=True)
class OpenBallotPaper:
    """A voter's ballot as it lies before them: the problems in their own order, and their picks.

    In a screening `lines` are the problems they were shown so far, of `total` on the list.
    """

    ballot_id: int
    round: OpenRound
    lines: Sequence[BallotLine]
    ballot: Ballot
    stage: Stage = Stage.DECIDING
    total: int = 0
    code: str = ""
    seed: int = field(default=0, repr=False)

    @property
    def has_more(self) -> bool:
        """Whether there are problems that this voter was not shown yet."""
        return len(self.lines) < self.total

    def with_pick(self, problem_id: int, *, on: bool) -> "OpenBallotPaper":
        """The paper after a tap; refuses a problem that is not on it and a pick beyond the limit.

        A hidden problem can be taken off the ballot, and not be put on it anew.
        """
        if on and self.line(problem_id).hidden and problem_id not in self.ballot.picks:
            raise ProblemIsHidden
        self.line(problem_id)
        return replace(self, ballot=self.ballot.with_pick(problem_id, on=on))

    def line(self, problem_id: int) -> BallotLine:
        for line in self.lines:
            if line.id == problem_id:
                return line
        raise Gone


# Whoever moves away or is forgotten holds their own row first, and so does every tap: of the two at the same
# moment one waits, and then sees what the other has done.
_VOTER = (
    select(ResidentRow.id)
    .where(ResidentRow.id == bindparam("resident_id_"))
    .with_for_update(read=True, key_share=True, of=ResidentRow)
    .scalar_subquery()
)
_LOCK = (
    update(BallotRow)
    .where(BallotRow.round_id == bindparam("round_id_"), BallotRow.resident_id == _VOTER)
    .values(changed_at=bindparam("now_"))
    .returning(BallotRow.id, BallotRow.seed, BallotRow.code)
)
# Without the hidden ones: a screening shows them to nobody who has not seen them before.
_TOTAL = (
    select(func.count())
    .select_from(RoundProblem)
    .join(Problem, Problem.id == RoundProblem.problem_id)
    .where(RoundProblem.round_id == bindparam("round_id_"), Problem.status != ProblemStatus.HIDDEN)
    .correlate(None)
    .scalar_subquery()
)
# FOR SHARE makes closing wait for the taps at work, and the taps after it see a closed vote.
_PAPER = (
    select(
        Round.municipality_id,
        ResidentRow.municipality_id.label("lives_in"),
        Round.stage,
        Round.picks,
        Round.closes_at,
        Round.closed_at,
        Round.counted_at,
        _TOTAL.label("total"),
        Problem.id,
        Problem.number,
        func.substr(worded(bindparam("language_", type_=String)), 1, SHOWN_TEXT + 1).label("text"),
        *WHY_HIDDEN,
        Pick.ballot_id.label("picked"),
        Exposure.place,
    )
    .select_from(Round)
    .join(ResidentRow, ResidentRow.id == bindparam("resident_id_"))
    .join(RoundProblem, RoundProblem.round_id == Round.id)
    .join(Problem, Problem.id == RoundProblem.problem_id)
    .outerjoin(Pick, (Pick.problem_id == Problem.id) & (Pick.ballot_id == bindparam("ballot_id_")))
    .outerjoin(
        Exposure, (Exposure.problem_id == Problem.id) & (Exposure.ballot_id == bindparam("ballot_id_"))
    )
    .where(
        Round.id == bindparam("round_id_"),
        (Round.stage == Stage.DECIDING.value) | Exposure.place.is_not(None),
    )
    .with_for_update(read=True, of=Round)
)
_ROUND = (
    select(
        Round.municipality_id,
        ResidentRow.municipality_id.label("lives_in"),
        Round.closes_at,
        Round.closed_at,
        Round.counted_at,
    )
    .join(ResidentRow, ResidentRow.id == bindparam("resident_id_"))
    .where(Round.id == bindparam("round_id_"))
    .with_for_update(read=True, of=Round)
)
_NEWCOMER = (
    select(
        Round.municipality_id,
        ResidentRow.municipality_id.label("lives_in"),
        ResidentRow.village_id,
        ResidentRow.sex,
        ResidentRow.age_group,
    )
    .select_from(ResidentRow)
    .outerjoin(Round, Round.id == bindparam("round_id_"))
    .where(ResidentRow.id == bindparam("resident_id_"))
    .with_for_update(read=True, key_share=True, of=ResidentRow)
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
    looked_at = {
        "ballot_id_": mine.id,
        "round_id_": round_id,
        "resident_id_": resident.id,
        "language_": resident.language,
    }
    rows = (await db.execute(_PAPER, looked_at)).all()
    if not rows:
        # A screening of which this voter was shown nothing yet.
        _require_voter((await db.execute(_ROUND, keys)).one(), now)
        await _save_shown(db, round_id, mine.id, mine.seed, 0)
        rows = (await db.execute(_PAPER, looked_at)).all()
    if not rows:
        # All that could be shown is hidden.
        raise Gone
    _require_voter(rows[0], now)
    return _paper(round_id, mine, rows)


def _require_voter(row: Any, now: datetime) -> None:
    """By where the voter lives as it stands in this transaction, not as it was when they pressed."""
    if row.municipality_id != row.lives_in:
        raise NotYourVote
    require_open(row.closed_at, row.closes_at, now, is_counted=row.counted_at is not None)


def _paper(round_id: int, mine: Any, rows: Sequence[Row[Any]]) -> OpenBallotPaper:
    first = rows[0]
    stage = Stage(first.stage)
    lines = {row.id: _line(row) for row in rows}
    places = {row.id: row.place for row in rows}
    order = (
        own_order(lines, mine.seed) if stage is Stage.DECIDING else sorted(lines, key=lambda id_: places[id_])
    )
    return OpenBallotPaper(
        ballot_id=mine.id,
        round=OpenRound(round_id, first.picks, first.closes_at),
        lines=[lines[problem_id] for problem_id in order],
        ballot=Ballot(limit=first.picks, picks=frozenset(row.id for row in rows if row.picked is not None)),
        stage=stage,
        total=first.total + sum(line.hidden is not None for line in lines.values()),
        code=mine.code or "",
        seed=mine.seed,
    )


def _line(row: Any) -> BallotLine:
    hidden = hidden_of(row)
    return BallotLine(row.id, row.number, None if hidden else row.text, hidden)


async def turn_page(
    db: AsyncConnection, resident: Resident, round_id: int, page: int, now: datetime
) -> OpenBallotPaper:
    """The locked ballot; turning past what a voter of a screening was shown shows five problems more."""
    paper = await lock_paper(db, resident, round_id, now)
    if paper.has_more and page * PROBLEMS_A_PAGE >= len(paper.lines):
        await _save_shown(db, round_id, paper.ballot_id, paper.seed, len(paper.lines))
        paper = await lock_paper(db, resident, round_id, now)
    return paper


async def _save_shown(db: AsyncConnection, round_id: int, ballot_id: int, seed: int, shown: int) -> None:
    """Show a voter of a screening a page more: the problems that fewest voters have seen."""
    seen = select(Exposure.problem_id).where(Exposure.ballot_id == ballot_id)
    unseen = await db.execute(
        select(RoundProblem.problem_id, RoundProblem.exposures)
        .join(Problem, Problem.id == RoundProblem.problem_id)
        .where(
            RoundProblem.round_id == round_id,
            RoundProblem.problem_id.not_in(seen),
            Problem.status != ProblemStatus.HIDDEN,
        )
    )
    chosen = least_shown({row.problem_id: row.exposures for row in unseen}, seed, PROBLEMS_A_PAGE)
    if not chosen:
        return
    theirs = (RoundProblem.round_id == round_id) & RoundProblem.problem_id.in_(chosen)
    # In one order for everybody: of two voters whose pages overlap, one waits for the other.
    await db.execute(
        select(RoundProblem.problem_id).where(theirs).order_by(RoundProblem.problem_id).with_for_update()
    )
    await db.execute(update(RoundProblem).where(theirs).values(exposures=RoundProblem.exposures + 1))
    await db.execute(
        insert(Exposure),
        [
            {"ballot_id": ballot_id, "problem_id": problem_id, "place": place}
            for place, problem_id in enumerate(chosen, shown)
        ],
    )


async def _save_new_ballot(db: AsyncConnection, resident: Resident, round_id: int, now: datetime) -> None:
    """Whoever is forgotten by now has no row to vote with, as in every other act of theirs."""
    newcomer = (await db.execute(_NEWCOMER, {"round_id_": round_id, "resident_id_": resident.id})).first()
    if newcomer is not None and newcomer.municipality_id is None:
        raise Gone
    if newcomer is not None and newcomer.municipality_id != newcomer.lives_in:
        raise NotYourVote
    if newcomer is not None and newcomer.village_id is None:
        raise NotSettled
    await db.execute(
        upsert_into(db, BallotRow)
        .values(
            round_id=round_id,
            resident_id=resident.id,
            village_id=newcomer.village_id if newcomer else resident.village_id,
            sex=newcomer.sex if newcomer else None,
            age_group=newcomer.age_group if newcomer else None,
            seed=secrets.randbits(48),
            code=ballot_code(),
            created_at=now,
            changed_at=now,
        )
        .on_conflict_do_nothing(index_elements=[BallotRow.round_id, BallotRow.resident_id])
    )


async def save_picks(db: AsyncConnection, before: OpenBallotPaper, after: OpenBallotPaper) -> None:
    """Write what has changed on a locked ballot; a tap that came twice changes nothing the second time."""
    was, now = before.ballot.picks, after.ballot.picks
    for statement, problems in ((_ADD_PICK, now - was), (_DROP_PICK, was - now)):
        for problem_id in problems:
            await db.execute(statement, {"ballot_id_": after.ballot_id, "problem_id_": problem_id})


async def save_finished(db: AsyncConnection, paper: OpenBallotPaper, now: datetime) -> None:
    """The voter says that they are done; without a pick they are not."""
    if paper.ballot.picks:
        await db.execute(update(BallotRow).where(BallotRow.id == paper.ballot_id).values(finished_at=now))
