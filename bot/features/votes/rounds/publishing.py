"""The result of a vote becomes public, once, when the paper is counted with it."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import broadcast, settled_in
from bot.db.queries import save_journal
from bot.db.session import Database
from bot.domain.notices import NoticeTopic
from bot.domain.problem import Word
from bot.domain.ranking import Ranking
from bot.domain.refusals import VoteStillOpen
from bot.domain.roles import Resident
from bot.features.problems.public import save_word
from bot.features.votes.count_queries import frozen_of
from bot.features.votes.ranking_queries import Reckoned, compute_ranking, find_last_gathering
from bot.features.votes.rounds import (
    queries,
    screens as round_screens,
)
from bot.features.votes.rounds.callbacks import AskToPublish, PublishResult
from bot.features.votes.rounds.deliveries import COUNTED
from bot.features.votes.rounds.queries import RoundFacts
from bot.features.votes.rounds.turnout import facilitated, show_turnout_of
from bot.settings import Settings
from bot.telegram.screen import show

router = Router(name="publishing")


@router.callback_query(AskToPublish.filter())
async def ask_to_publish(
    tap: CallbackQuery, callback_data: AskToPublish, database: Database, resident: Resident, now: datetime
) -> None:
    async with database.read() as db:
        facts = await facilitated(db, resident, callback_data.round_id)
    if facts.awaits_result:
        await show(tap, round_screens.sure_to_publish(facts))
    else:
        await show_turnout_of(tap, database, facts.id, now)


@router.callback_query(PublishResult.filter())
async def publish_result(
    tap: CallbackQuery,
    callback_data: PublishResult,
    database: Database,
    resident: Resident,
    settings: Settings,
    now: datetime,
) -> None:
    async with database.read() as db:
        facts = await facilitated(db, resident, callback_data.round_id)
    if not facts.is_closed(now):
        raise VoteStillOpen(facts.closes_at)
    await publish(database, facts.id, resident.id, settings.words_back_per_day, now)
    await show_turnout_of(tap, database, facts.id, now)


async def publish(database: Database, round_id: int, by: int | None, most_a_day: int, now: datetime) -> bool:
    """Whether this call published the result. Paper that comes in while it is reckoned is reckoned with."""
    while True:
        reckoned = await compute_ranking(database, round_id)
        if reckoned is None:
            return False
        async with database.act() as db:
            facts = await queries.find_round(db, round_id, lock=True)
            if facts is None or not facts.awaits_result:
                return False
            if await find_last_gathering(db, round_id) == reckoned.last_gathering_id:
                await _save_published(db, facts, reckoned, by, most_a_day, now)
                return True


async def _save_published(
    db: AsyncConnection, facts: RoundFacts, reckoned: Reckoned, by: int | None, most_a_day: int, now: datetime
) -> None:
    await queries.save_counted(db, facts.id, by, now, frozen_of(reckoned.count))
    await save_journal(db, "vote.counted", by=by or "clock", of=facts)
    await _tell_counted(db, facts, by)
    await _tell_places(db, reckoned.ranking, most_a_day, now)


async def _tell_counted(db: AsyncConnection, facts: RoundFacts, by: int | None) -> None:
    await broadcast(
        db,
        notice=f"round:{facts.id}:counted",
        municipality_id=facts.municipality_id,
        kind=COUNTED,
        facts={"round_id": facts.id},
        to=settled_in(facts.municipality_id, besides=by),
        topic=NoticeTopic.VOTES,
        made_by=by,
    )


async def _tell_places(db: AsyncConnection, ranking: Ranking, most_a_day: int, now: datetime) -> None:
    """To those behind each problem; of a handful of voters nothing is told."""
    if not ranking.is_shown:
        return
    for each in ranking.rows:
        facts = {"place": list(each.band), "of": len(ranking.rows)}
        await save_word(db, each.problem_id, Word.RANKED, most_a_day=most_a_day, facts=facts, now=now)
