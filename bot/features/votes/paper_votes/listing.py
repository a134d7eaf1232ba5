"""The gatherings of a vote at the desk: looking at sheets, and taking one back."""

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Message

from bot.db.queries import save_awaiting
from bot.db.session import Database
from bot.domain.refusals import CountPublished, Gone
from bot.domain.roles import Resident
from bot.domain.text import checked_text
from bot.features.votes.gathering_queries import list_gatherings
from bot.features.votes.paper_votes import queries, screens
from bot.features.votes.paper_votes.access import facilitated_gathering, facilitated_vote
from bot.features.votes.paper_votes.callbacks import (
    AskToTakeBack,
    ListGatherings,
    ShowGathering,
    ShowSheetPhoto,
    TurnGatherings,
)
from bot.features.votes.paper_votes.states import REASON
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Event, Screen, acknowledge, show

router = Router(name="gatherings")
SHORTEST_REASON, LONGEST_REASON = 3, 300


@router.callback_query(ListGatherings.filter())
async def list_sheets(
    tap: CallbackQuery, callback_data: ListGatherings, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        await facilitated_vote(db, resident, callback_data.round_id)
        await save_awaiting(db, resident.id, None)
    await show_gatherings(tap, database, resident, callback_data.round_id)


@router.callback_query(TurnGatherings.filter())
async def turn_sheets(
    tap: CallbackQuery, callback_data: TurnGatherings, database: Database, resident: Resident
) -> None:
    await show_gatherings(tap, database, resident, callback_data.round_id, page=callback_data.page)


async def show_gatherings(
    event: Event,
    database: Database,
    resident: Resident,
    round_id: int,
    *,
    page: int = 0,
    just_entered: bool = False,
) -> None:
    async with database.read() as db:
        vote = await facilitated_vote(db, resident, round_id)
        found = await list_gatherings(db, round_id)
        draft = await queries.find_own_draft(db, resident.id, round_id)
    has_draft = draft is not None
    await show(event, screens.gatherings(vote, found, page, has_draft=has_draft, just_entered=just_entered))


@router.callback_query(ShowGathering.filter())
async def show_gathering(
    tap: CallbackQuery, callback_data: ShowGathering, act: Act, resident: Resident
) -> None:
    async with act() as db:
        gathering, vote = await facilitated_gathering(db, resident, callback_data.gathering_id)
        await save_awaiting(db, resident.id, None)
    await show(tap, screens.gathering(vote, gathering, queries.tally_of(gathering)))


@router.callback_query(ShowSheetPhoto.filter())
async def show_sheet_photo(
    tap: CallbackQuery, bot: Bot, callback_data: ShowSheetPhoto, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        gathering, _vote = await facilitated_gathering(db, resident, callback_data.gathering_id)
    if gathering.photo_file_id is None:
        raise Gone
    await acknowledge(tap)
    await bot.send_photo(tap.from_user.id, gathering.photo_file_id)


@router.callback_query(AskToTakeBack.filter())
async def ask_to_take_back(
    tap: CallbackQuery, callback_data: AskToTakeBack, act: Act, resident: Resident
) -> None:
    async with act() as db:
        gathering, vote = await facilitated_gathering(db, resident, callback_data.gathering_id)
        await queries.lock_count(db, vote.round_id)
        if gathering.counts:
            await save_awaiting(db, resident.id, REASON, gathering.id)
    if gathering.counts:
        await show(tap, screens.why_take_back(gathering))
    else:
        await show(tap, screens.gathering(vote, gathering, queries.tally_of(gathering)))


async def _why_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        gathering, vote = await facilitated_gathering(db, asking.resident, asking.about)
    if not gathering.counts:
        raise Gone
    if vote.counted_at is not None:
        raise CountPublished
    return screens.why_take_back(gathering)


PROMPTS: Prompts = {REASON: _why_again}


@router.message(Awaits(REASON), F.text)
async def take_back(message: Message, about: int, act: Act, database: Database, resident: Resident) -> None:
    reason = checked_text(message.text or "", SHORTEST_REASON, LONGEST_REASON)
    async with act() as db:
        gathering, vote = await facilitated_gathering(db, resident, about)
        await queries.lock_count(db, vote.round_id)
        await queries.save_taken_back(db, gathering, vote.municipality_id, resident.id, reason, act.now)
        await save_awaiting(db, resident.id, None)
    async with database.read() as db:
        gathering, vote = await facilitated_gathering(db, resident, gathering.id)
    await show(message, screens.gathering(vote, gathering, queries.tally_of(gathering)))
