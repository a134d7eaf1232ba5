"""Voting on the phone."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.db.queries import find_open_round
from bot.db.session import Database
from bot.domain.roles import Resident
from bot.features.voting import queries, screens, texts
from bot.features.voting.callbacks import CastVote, FinishBallot, OpenBallot, TurnBallot
from bot.features.voting.queries import OpenBallotPaper, utc_now
from bot.telegram.act import Act
from bot.telegram.screen import show

router = Router(name="ballots")


@router.message(Command("vote"))
async def vote(message: Message, act: Act, database: Database, resident: Resident) -> None:
    async with database.read() as db:
        round_ = await find_open_round(db, resident.municipality_id or 0)
    if round_ is None:
        await show(message, screens.no_vote())
    else:
        await show(message, screens.ballot(await _paper(act, resident, round_.id), 0))


@router.callback_query(OpenBallot.filter())
async def open_ballot(tap: CallbackQuery, callback_data: OpenBallot, act: Act, resident: Resident) -> None:
    await show(tap, screens.ballot(await _paper(act, resident, callback_data.round_id), 0))


@router.callback_query(TurnBallot.filter())
async def turn_ballot(tap: CallbackQuery, callback_data: TurnBallot, act: Act, resident: Resident) -> None:
    paper = await _paper(act, resident, callback_data.round_id)
    await show(tap, screens.ballot(paper, callback_data.page))


@router.callback_query(CastVote.filter())
async def cast_vote(tap: CallbackQuery, callback_data: CastVote, act: Act, resident: Resident) -> None:
    async with act() as db:
        before = await queries.lock_paper(db, resident, callback_data.round_id, utc_now())
        paper = before.with_pick(callback_data.problem_id, on=callback_data.on)
        await queries.save_picks(db, before, paper)
    await show(tap, screens.ballot(paper, callback_data.page), toast=texts.left_toast(paper.ballot))


@router.callback_query(FinishBallot.filter())
async def finish_ballot(
    tap: CallbackQuery, callback_data: FinishBallot, act: Act, resident: Resident
) -> None:
    await show(tap, screens.summary(await _paper(act, resident, callback_data.round_id)))


async def _paper(act: Act, resident: Resident, round_id: int) -> OpenBallotPaper:
    async with act() as db:
        return await queries.lock_paper(db, resident, round_id, utc_now())
