"""Writing down in which order the gathering put problems that share their places."""

import re
from collections.abc import Sequence

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import Subject, save_awaiting, save_journal
from bot.db.session import Database
from bot.domain.ranking import Ranked, Ranking
from bot.domain.refusals import DecisionNotUnderstood, Gone, NotCountedYet
from bot.domain.roles import Resident, Role, allowed
from bot.features.votes.ranking_queries import published_ranking
from bot.features.votes.tie_breaks import screens
from bot.features.votes.tie_breaks.callbacks import DecideTie, ListTies
from bot.features.votes.tie_breaks.states import DECISION
from bot.features.votes.tie_queries import list_decisions, save_decision
from bot.features.votes.vote_queries import Vote, find_vote
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Event, Screen, show

router = Router(name="ties")
LONGEST_WORDS = 300


@router.callback_query(ListTies.filter())
async def list_ties(
    tap: CallbackQuery, callback_data: ListTies, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        await _counted_vote(db, resident, callback_data.round_id)
        await save_awaiting(db, resident.id, None)
    await _show_ties(tap, database, resident, callback_data.round_id, callback_data.page)


async def _show_ties(
    event: Event, database: Database, resident: Resident, round_id: int, page: int = 0
) -> None:
    bands = _bands(await _ranking(database, round_id))
    async with database.read() as db:
        vote = await _counted_vote(db, resident, round_id)
        decisions = await list_decisions(db, round_id)
    await show(event, screens.ties(vote, bands, decisions, page))


@router.callback_query(DecideTie.filter())
async def decide_tie(
    tap: CallbackQuery, callback_data: DecideTie, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        vote = await _counted_vote(db, resident, callback_data.round_id)
        await save_awaiting(db, resident.id, f"{DECISION}{callback_data.first}", vote.round_id)
    band = _band(await _ranking(database, vote.round_id), callback_data.first)
    await show(tap, screens.decide(vote, band))


async def _decide_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        vote = await _counted_vote(db, asking.resident, asking.about)
    ranking = await _ranking(asking.database, vote.round_id)
    return screens.decide(vote, _band(ranking, asking.part(DECISION, int)))


PROMPTS: Prompts = {DECISION: _decide_again}


@router.message(Awaits(DECISION, then=int), F.text)
async def take_decision(
    message: Message, about: int, part: int, act: Act, database: Database, resident: Resident
) -> None:
    band = _band(await _ranking(database, about), part)
    async with act() as db:
        vote = await _counted_vote(db, resident, about)
        order, decided_by, reason = _understood(message.text or "", vote, band)
        await save_decision(db, about, order, decided_by, reason, resident.id, act.now)
        await save_journal(
            db,
            "tie.decided",
            by=resident.id,
            of=Subject(vote.municipality_id, about),
            after=", ".join(f"№{vote.problems[each].number}" for each in order),
        )
        await save_awaiting(db, resident.id, None)
    await _show_ties(message, database, resident, about)


def _understood(typed: str, vote: Vote, band: Sequence[Ranked]) -> tuple[list[int], str, str]:
    """The order, who decided it, and why: a line each."""
    lines = [" ".join(line.split()) for line in typed.splitlines() if line.strip()]
    if len(lines) != 3 or any(len(line) > LONGEST_WORDS for line in lines):
        raise DecisionNotUnderstood
    id_of = {vote.problems[each.problem_id].number: each.problem_id for each in band}
    numbers = [int(each) for each in re.findall(r"\d{1,8}", lines[0])]
    if sorted(numbers) != sorted(id_of):
        raise DecisionNotUnderstood
    return [id_of[number] for number in numbers], lines[1], lines[2]


async def _counted_vote(db: AsyncConnection, resident: Resident, round_id: int) -> Vote:
    """One whose result is public, and whose municipality this person facilitates."""
    vote = allowed(resident, await find_vote(db, round_id, resident.language), Role.FACILITATOR)
    if vote.counted_at is None:
        raise NotCountedYet
    return vote


async def _ranking(database: Database, round_id: int) -> Ranking:
    ranking = await published_ranking(database, round_id)
    if ranking is None or not ranking.is_shown:
        raise Gone
    return ranking


def _bands(ranking: Ranking) -> list[list[Ranked]]:
    """Those of more than one problem, the foremost first."""
    firsts = sorted({row.band[0] for row in ranking.rows if row.band[1] > row.band[0]})
    return [[row for row in ranking.rows if row.band[0] == first] for first in firsts]


def _band(ranking: Ranking, first: int) -> list[Ranked]:
    found = next((band for band in _bands(ranking) if band[0].band[0] == first), None)
    if found is None:
        raise Gone
    return found
