"""Voting on the phone."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.db.models import Problem
from bot.db.queries import find_open_round
from bot.db.session import Database
from bot.domain.refusals import Gone
from bot.domain.roles import Resident
from bot.features.problems.public import find_card
from bot.features.votes.ballot import (
    demographics_screens,
    queries,
    screens,
    texts,
)
from bot.features.votes.ballot.callbacks import (
    CastVote,
    FinishBallot,
    OpenBallot,
    ShowCandidate,
    ShowCode,
    TurnBallot,
)
from bot.features.votes.ballot.queries import OpenBallotPaper
from bot.features.votes.rounds.queries import find_last_result
from bot.telegram.act import Act
from bot.telegram.screen import Event, show

router = Router(name="ballots")


@router.message(Command("vote"))
async def vote(message: Message, act: Act, database: Database, resident: Resident) -> None:
    async with database.read() as db:
        round_ = await find_open_round(db, resident.municipality_id or 0, act.now)
        last = None if round_ else await find_last_result(db, resident.municipality_id or 0)
    if round_ is None:
        await show(message, screens.no_vote(last))
    else:
        await _begin(message, act, resident, round_.id)


@router.callback_query(OpenBallot.filter())
async def open_ballot(tap: CallbackQuery, callback_data: OpenBallot, act: Act, resident: Resident) -> None:
    await _begin(tap, act, resident, callback_data.round_id)


async def _begin(event: Event, act: Act, resident: Resident, round_id: int) -> None:
    """The ballot; before the first one of all, two questions about the voter."""
    paper = await _paper(act, resident, round_id)
    if resident.asked_of_self:
        await show(event, screens.ballot(paper, 0))
    else:
        await show(event, demographics_screens.sex(round_id))


@router.callback_query(TurnBallot.filter())
async def turn_ballot(tap: CallbackQuery, callback_data: TurnBallot, act: Act, resident: Resident) -> None:
    page = max(0, callback_data.page)
    async with act() as db:
        paper = await queries.turn_page(db, resident, callback_data.round_id, page, act.now)
    await show(tap, screens.ballot(paper, page))


@router.callback_query(CastVote.filter())
async def cast_vote(tap: CallbackQuery, callback_data: CastVote, act: Act, resident: Resident) -> None:
    async with act() as db:
        before = await queries.lock_paper(db, resident, callback_data.round_id, act.now)
        paper = before.with_pick(callback_data.problem_id, on=callback_data.on)
        await queries.save_picks(db, before, paper)
    await show(tap, screens.ballot(paper, callback_data.page), toast=texts.left_toast(paper.ballot))


@router.callback_query(ShowCandidate.filter())
async def show_candidate(
    tap: CallbackQuery, callback_data: ShowCandidate, act: Act, resident: Resident
) -> None:
    """A problem of the ballot, whole."""
    async with act() as db:
        paper = await queries.lock_paper(db, resident, callback_data.round_id, act.now)
        line = paper.line(callback_data.problem_id)
        card = await find_card(db, Problem.id == line.id)
    if card is None:
        raise Gone
    await show(tap, screens.candidate(paper, card, callback_data.page))


@router.callback_query(FinishBallot.filter())
async def finish_ballot(
    tap: CallbackQuery, callback_data: FinishBallot, act: Act, resident: Resident
) -> None:
    now = act.now
    async with act() as db:
        paper = await queries.lock_paper(db, resident, callback_data.round_id, now)
        await queries.save_finished(db, paper, now)
    await show(tap, screens.summary(paper))


@router.callback_query(ShowCode.filter())
async def show_code(tap: CallbackQuery, callback_data: ShowCode, act: Act, resident: Resident) -> None:
    """Apart from the picks: no picture of the screen shows both."""
    paper = await _paper(act, resident, callback_data.round_id)
    await show(tap, screens.code(paper))


async def _paper(act: Act, resident: Resident, round_id: int) -> OpenBallotPaper:
    async with act() as db:
        return await queries.lock_paper(db, resident, round_id, act.now)
