"""The result of a counted vote as everybody may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import BallotCode, BallotRow, Pick
from bot.db.session import Database
from bot.domain.number_hashes import NumberHashes
from bot.domain.ranking import Ranked, Ranking
from bot.domain.refusals import Gone, NotCountedYet
from bot.domain.roles import Resident
from bot.features.votes.ranking_queries import published_ranking
from bot.features.votes.tie_queries import Decision, list_decisions
from bot.features.votes.vote_queries import Vote, find_vote


@dataclass(frozen=True, slots=True)
class Result:
    """`is_shown` is False when nobody took part, or so few that their votes would show."""

    vote: Vote
    ranking: Ranking
    decisions: Sequence[Decision] = ()

    @property
    def is_shown(self) -> bool:
        return self.ranking.is_shown

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
    """The codes of all counted ballots in alphabetical order, which says nothing of who came when.

    They stand on the ballots, or apart from them once the people are cut off.
    """
    on_ballots: Select[*tuple[Any, ...]] = select(BallotRow.code.label("code")).where(
        BallotRow.round_id == round_id, BallotRow.code.is_not(None), _PICKED
    )
    apart: Select[*tuple[Any, ...]] = select(BallotCode.code).where(BallotCode.round_id == round_id)
    rows = await db.execute(union_all(on_ballots, apart))
    return sorted(code for code in rows.scalars() if code)


async def find_my_code(
    db: AsyncConnection, round_id: int, resident: Resident, hashes: NumberHashes
) -> str | None:
    """The code of this person's ballot, if it was counted."""
    mine = hashes.of_voter(round_id, resident.telegram_id)
    on_ballot: Select[*tuple[Any, ...]] = select(BallotRow.code).where(
        BallotRow.round_id == round_id,
        BallotRow.resident_id == resident.id,
        BallotRow.code.is_not(None),
        _PICKED,
    )
    apart: Select[*tuple[Any, ...]] = select(BallotCode.code).where(
        BallotCode.round_id == round_id, BallotCode.voter_hash == mine
    )
    code: str | None = (await db.execute(union_all(on_ballot, apart))).scalar()
    return code
