"""Who votes where: a wrong village is put right while the vote is open. After it, figures to look at."""

import asyncio
from datetime import datetime

from aiogram import Bot, Router
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import save_delivery
from bot.db.queries import Subject, save_journal
from bot.db.session import Database
from bot.domain.anomalies import LATE, anomalies
from bot.domain.ballot import ended_at
from bot.domain.refusals import Gone, VoteClosed, VoteStillOpen
from bot.domain.roles import Resident, Role, allowed
from bot.features.votes.count_queries import find_count
from bot.features.votes.vote_queries import Vote, find_vote
from bot.features.votes.voter_villages import queries, screens
from bot.features.votes.voter_villages.callbacks import (
    ChangeVoterVillage,
    ListVoters,
    ListVoterVillages,
    SetVoterVillage,
    ShowAnomalies,
    TurnVoterVillages,
)
from bot.features.votes.voter_villages.deliveries import MOVED, moved_facts
from bot.features.votes.voter_villages.queries import Voter
from bot.telegram.act import Act
from bot.telegram.names import name_of
from bot.telegram.screen import show

router = Router(name="voters")


@router.callback_query(ListVoterVillages.filter())
async def list_voter_villages(
    tap: CallbackQuery,
    callback_data: ListVoterVillages,
    database: Database,
    resident: Resident,
    now: datetime,
) -> None:
    async with database.read() as db:
        vote = await _open_vote(db, resident, callback_data.round_id, now)
        villages = await queries.list_voter_villages(db, vote.round_id)
    await show(tap, screens.villages(vote, villages, 0))


@router.callback_query(TurnVoterVillages.filter())
async def turn_voter_villages(
    tap: CallbackQuery,
    callback_data: TurnVoterVillages,
    database: Database,
    resident: Resident,
    now: datetime,
) -> None:
    async with database.read() as db:
        vote = await _open_vote(db, resident, callback_data.round_id, now)
        villages = await queries.list_voter_villages(db, vote.round_id)
    await show(tap, screens.villages(vote, villages, callback_data.page))


@router.callback_query(ListVoters.filter())
async def list_voters(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: ListVoters,
    database: Database,
    resident: Resident,
    now: datetime,
) -> None:
    await _show_voters(tap, bot, database, resident, callback_data, now)


async def _show_voters(
    tap: CallbackQuery, bot: Bot, database: Database, resident: Resident, chosen: ListVoters, now: datetime
) -> None:
    async with database.read() as db:
        vote = await _open_vote(db, resident, chosen.round_id, now)
        if chosen.village_id not in vote.villages:
            raise Gone
        found, page = await queries.list_voters(db, vote.round_id, chosen.village_id, chosen.page)
    names = await asyncio.gather(*(name_of(bot, each.telegram_id) for each in found))
    named = list(zip(found, names, strict=True))
    await show(tap, screens.voters(vote, chosen.village_id, named, page))


@router.callback_query(ChangeVoterVillage.filter())
async def change_voter_village(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: ChangeVoterVillage,
    database: Database,
    resident: Resident,
    now: datetime,
) -> None:
    async with database.read() as db:
        voter, vote = await _voter(db, resident, callback_data.ballot_id, now)
    name = await name_of(bot, voter.telegram_id)
    await show(tap, screens.which_village(vote, voter, name, callback_data.page))


@router.callback_query(SetVoterVillage.filter())
async def set_voter_village(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: SetVoterVillage,
    act: Act,
    database: Database,
    resident: Resident,
) -> None:
    """The same press again finds it put right, and tells nobody."""
    village_id = callback_data.village_id
    async with act() as db:
        voter, vote = await _voter(db, resident, callback_data.ballot_id, act.now, lock=True)
        if village_id not in vote.villages:
            raise Gone
        if voter.village_id != village_id:
            await _move(db, resident, voter, vote, village_id, act.now)
    back_to = ListVoters(round_id=vote.round_id, village_id=voter.village_id, page=0)
    await _show_voters(tap, bot, database, resident, back_to, act.now)


async def _move(
    db: AsyncConnection, resident: Resident, voter: Voter, vote: Vote, village_id: int, now: datetime
) -> None:
    await queries.save_village(db, voter.ballot_id, village_id)
    await save_journal(
        db,
        "voter.moved",
        by=resident.id,
        of=Subject(vote.municipality_id, vote.round_id),
        before=voter.village.ky,
        after=vote.villages[village_id].ky,
    )
    await save_delivery(
        db,
        notice=f"voter:{voter.ballot_id}:{village_id}:{now:%Y%m%d%H%M%S%f}",
        resident_id=voter.resident_id,
        kind=MOVED,
        facts=moved_facts(vote.villages[village_id]),
    )


@router.callback_query(ShowAnomalies.filter())
async def show_anomalies(
    tap: CallbackQuery, callback_data: ShowAnomalies, database: Database, resident: Resident, now: datetime
) -> None:
    async with database.read() as db:
        vote = await _facilitated(db, resident, callback_data.round_id)
        if not vote.is_closed(now):
            raise VoteStillOpen(vote.closes_at)
        count = await find_count(db, vote.round_id)
        moments = await queries.list_moments(db, vote.round_id)
        late = await queries.count_late(db, vote.round_id, vote.ended_at - LATE, vote.ended_at)
        # Last: if it is not cut by now, the moments above are those of the ballots above.
        cut_at = await queries.find_cut_at(db, vote.round_id)
    if count is None:
        raise Gone
    if cut_at is not None:
        await show(tap, screens.no_anomalies(vote))
        return
    found = await asyncio.to_thread(anomalies, count, moments, late)
    await show(tap, screens.anomalies(vote, found, count.village_ids))


async def _facilitated(db: AsyncConnection, resident: Resident, round_id: int) -> Vote:
    return allowed(resident, await find_vote(db, round_id, resident.language), Role.FACILITATOR)


async def _open_vote(db: AsyncConnection, resident: Resident, round_id: int, now: datetime) -> Vote:
    vote = await _facilitated(db, resident, round_id)
    if vote.is_closed(now):
        raise VoteClosed(ended_at(vote.closed_at, vote.closes_at), vote.counted_at is not None)
    return vote


async def _voter(
    db: AsyncConnection, resident: Resident, ballot_id: int, now: datetime, *, lock: bool = False
) -> tuple[Voter, Vote]:
    voter = await queries.find_voter(db, ballot_id, lock=lock)
    if voter is None:
        raise Gone
    if lock:
        await queries.hold_round(db, voter.round_id)
    return voter, await _open_vote(db, resident, voter.round_id, now)
