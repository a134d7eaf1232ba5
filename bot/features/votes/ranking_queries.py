"""The ranking of a closed vote: read at once, reckoned in a thread."""

import asyncio
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import GatheringRow
from bot.db.session import Database
from bot.domain.count import Count
from bot.domain.ranking import Ranking, estimated
from bot.domain.strata import stratified
from bot.features.votes.count_queries import find_count

_MOST_KEPT = 20


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A ranking, and the newest of the gatherings that were known when it was reckoned."""

    ranking: Ranking
    count: Count
    last_gathering_id: int


async def find_last_gathering(db: AsyncConnection, round_id: int) -> int:
    """Gatherings are only ever added, so this changes whenever anything about the paper does; 0 for none."""
    found = await db.execute(select(func.max(GatheringRow.id)).where(GatheringRow.round_id == round_id))
    return found.scalar() or 0


async def compute_ranking(database: Database, round_id: int) -> Reckoned | None:
    """The ranking of a closed stage as it stands now; None when there is no such vote.

    Opens its own look at the database, and computes in a thread: call it outside of any act.
    """
    async with database.read() as db:
        last = await find_last_gathering(db, round_id)
        count = await find_count(db, round_id)
    return Reckoned(await asyncio.to_thread(_ranking, count), count, last) if count else None


@dataclass
class _Shelf:
    """The rankings that are public; they never change, so each is reckoned once a process."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    rankings: dict[int, Ranking] = field(default_factory=dict)


_shelves: WeakKeyDictionary[Database, _Shelf] = WeakKeyDictionary()


async def published_ranking(database: Database, round_id: int) -> Ranking | None:
    """The ranking of a vote whose result is public. Whoever asks while it is being reckoned waits for it."""
    shelf = _shelves.setdefault(database, _Shelf())
    async with shelf.lock:
        if round_id not in shelf.rankings:
            reckoned = await compute_ranking(database, round_id)
            if reckoned is None:
                return None
            while len(shelf.rankings) >= _MOST_KEPT:
                del shelf.rankings[next(iter(shelf.rankings))]
            shelf.rankings[round_id] = reckoned.ranking
        return shelf.rankings[round_id]


def _ranking(count: Count) -> Ranking:
    return estimated(stratified(count))
