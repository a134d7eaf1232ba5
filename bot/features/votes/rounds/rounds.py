"""Opening a vote and closing it: the facilitator's side."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import lock_municipality, save_awaiting
from bot.db.session import Database
from bot.domain.ballot import FEWEST_PROBLEMS, Stage, first_stage
from bot.domain.clock import BISHKEK
from bot.domain.refusals import NothingToVoteOn, VoteAlreadyOpen
from bot.domain.roles import Resident, Role
from bot.features.votes.rounds import (
    closing,
    opening,
    queries,
    screens as round_screens,
)
from bot.features.votes.rounds.callbacks import AskToClose, CloseVote, OpenVote, PlanVote, SetClosingDay
from bot.features.votes.rounds.days import unpacked
from bot.features.votes.rounds.opening import closing_moment, typed_closing_moment
from bot.features.votes.rounds.queries import NewRound
from bot.features.votes.rounds.states import CLOSING_DAY
from bot.features.votes.rounds.turnout import facilitated, show_turnout_of
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Event, Screen, show

router = Router(name="rounds")


@router.callback_query(PlanVote.filter())
async def plan_vote(
    tap: CallbackQuery, callback_data: PlanVote, act: Act, resident: Resident, settings: Settings
) -> None:
    municipality_id = callback_data.municipality_id
    resident.require(Role.FACILITATOR, municipality_id)
    now = act.now.astimezone(BISHKEK)
    async with act() as db:
        new, problems = await _planned(db, municipality_id, settings, now)
        await save_awaiting(db, resident.id, CLOSING_DAY, municipality_id)
    await show(tap, round_screens.when_to_close(municipality_id, new.stage, problems, now))


@router.callback_query(SetClosingDay.filter())
async def set_closing_day(
    tap: CallbackQuery,
    callback_data: SetClosingDay,
    database: Database,
    resident: Resident,
    settings: Settings,
    now: datetime,
) -> None:
    resident.require(Role.FACILITATOR, callback_data.municipality_id)
    closes_at = closing_moment(unpacked(callback_data.day), settings.closing_hour, now)
    await _show_plan(tap, database, callback_data.municipality_id, closes_at, settings)


async def _day_again(asking: Asking) -> Screen:
    asking.resident.require(Role.FACILITATOR, asking.about)
    now = asking.now.astimezone(BISHKEK)
    async with asking.database.read() as db:
        new, problems = await _planned(db, asking.about, asking.settings, now)
    return round_screens.when_to_close(asking.about, new.stage, problems, now)


PROMPTS: Prompts = {CLOSING_DAY: _day_again}


@router.message(Awaits(CLOSING_DAY), F.text)
async def type_closing_day(
    message: Message, about: int, database: Database, resident: Resident, settings: Settings, now: datetime
) -> None:
    resident.require(Role.FACILITATOR, about)
    closes_at = typed_closing_moment(message.text or "", settings.closing_hour, now)
    await _show_plan(message, database, about, closes_at, settings)


@router.callback_query(OpenVote.filter())
async def open_vote(
    tap: CallbackQuery,
    callback_data: OpenVote,
    act: Act,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    municipality_id = callback_data.municipality_id
    resident.require(Role.FACILITATOR, municipality_id)
    closes_at = closing_moment(unpacked(callback_data.day), settings.closing_hour, act.now)
    async with act() as db:
        await lock_municipality(db, municipality_id)
        before = await queries.find_unclosed_round(db, municipality_id)
        if before is None:
            new, _problems = await _planned(db, municipality_id, settings, closes_at)
            round_id = await opening.open_round(db, resident, municipality_id, new, act.now)
        elif before.closes_at == closes_at:
            # The same press, repeated: it is shown what it did the first time.
            round_id = before.id
        else:
            raise VoteAlreadyOpen
    await show_turnout_of(tap, database, round_id, act.now)


@router.callback_query(AskToClose.filter())
async def ask_to_close(
    tap: CallbackQuery, callback_data: AskToClose, database: Database, resident: Resident, now: datetime
) -> None:
    async with database.read() as db:
        facts = await facilitated(db, resident, callback_data.round_id)
    if facts.is_closed(now):
        await show_turnout_of(tap, database, facts.id, now)
    else:
        async with database.read() as db:
            villages = await queries.list_turnout(db, facts)
        await show(tap, round_screens.sure_to_close(facts, sum(each.voters for each in villages)))


@router.callback_query(CloseVote.filter())
async def close_vote(
    tap: CallbackQuery,
    callback_data: CloseVote,
    act: Act,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    async with act() as db:
        facts = await facilitated(db, resident, callback_data.round_id)
        await closing.close_round(db, facts, resident.id, settings.counting_days, act.now)
    await show_turnout_of(tap, database, facts.id, act.now)


async def _planned(
    db: AsyncConnection, municipality_id: int, settings: Settings, closes_at: datetime
) -> tuple[NewRound, int]:
    """The stage that would be opened now, over how many problems; refuses too few, or when a vote is on."""
    if await queries.find_unclosed_round(db, municipality_id):
        raise VoteAlreadyOpen
    problems = await queries.count_published(db, municipality_id)
    if problems < FEWEST_PROBLEMS:
        raise NothingToVoteOn
    stage = first_stage(problems, settings.shortlist_size)
    picks = settings.screening_picks if stage is Stage.SCREENING else settings.picks
    return NewRound(stage, picks, closes_at), problems


async def _show_plan(
    event: Event, database: Database, municipality_id: int, closes_at: datetime, settings: Settings
) -> None:
    async with database.read() as db:
        new, problems = await _planned(db, municipality_id, settings, closes_at)
    await show(event, round_screens.about_to_open(municipality_id, new, problems))
