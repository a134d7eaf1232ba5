"""The result of a counted vote as everybody may see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import BallotRow, Pick
from bot.db.ranking_queries import published_ranking
from bot.db.session import Database
from bot.db.tie_queries import Decision, list_decisions
from bot.db.vote_queries import Vote, find_vote
from bot.domain.breakdown import FEWEST_IN_A_CELL
from bot.domain.ranking import Ranked, Ranking
from bot.domain.refusals import Gone, NotCountedYet


@dataclass(frozen=True, slots=True)
class Result:
    """`is_shown` is False when so few took part that their votes would show."""

    vote: Vote
    ranking: Ranking
    decisions: Sequence[Decision] = ()

    @property
    def people(self) -> int:
        return self.ranking.voters + self.ranking.paper_voters

    @property
    def is_shown(self) -> bool:
        return self.people >= FEWEST_IN_A_CELL

    @property
    def rows(self) -> Sequence[Ranked]:
        return self.ranking.rows if self.is_shown else ()


async def find_result(database: Database, round_id: int, language: str) -> Result:
    """Refuses while it is not public, whoever asks."""
    async with database.read() as db:
        vote = await find_vote(db, round_id, language)
    if vote is None:
        raise Gone
    if vote.counted_at is None:
        raise NotCountedYet
    ranking = await published_ranking(database, round_id)
    if ranking is None:
        raise Gone
    async with database.read() as db:
        decisions = await list_decisions(db, round_id)
    return Result(vote, ranking, decisions)


_PICKED = select(Pick.ballot_id).where(Pick.ballot_id == BallotRow.id).exists()


async def list_codes(db: AsyncConnection, round_id: int) -> list[str]:
    """The codes of all counted ballots in alphabetical order, which says nothing of who came when."""
    rows = await db.execute(
        select(BallotRow.code)
        .where(BallotRow.round_id == round_id, BallotRow.code.is_not(None), _PICKED)
        .order_by(BallotRow.code)
    )
    return [code for code in rows.scalars() if code]


async def find_my_code(db: AsyncConnection, round_id: int, resident_id: int) -> str | None:
    """The code of this person's ballot, if it was counted."""
    return (
        await db.execute(
            select(BallotRow.code).where(
                BallotRow.round_id == round_id, BallotRow.resident_id == resident_id, _PICKED
            )
        )
    ).scalar()
