"""The published problems (by village, by topic, by words) and a resident's own."""

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.db.queries import list_topics, list_villages, save_awaiting
from bot.db.session import Database
from bot.domain.refusals import Gone
from bot.domain.roles import Resident
from bot.features.problems import card_texts as cards
from bot.features.problems.inquiry_queries import find_inquiries
from bot.features.problems.problem_queries import list_attachments
from bot.features.problems.reporting import list_screens as screens, queries
from bot.features.problems.reporting.callbacks import (
    BrowseProblems,
    ListBrowseTopics,
    ListBrowseVillages,
    ListMyProblems,
    SearchProblems,
    ShowAttachments,
    ShowMyProblem,
    ShowProblem,
)
from bot.features.problems.reporting.states import SEARCH
from bot.features.problems.reporting.support_queries import find_support
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.media import send_media
from bot.telegram.names import username_of
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Event, Screen, acknowledge, show

router = Router(name="browse")
LONGEST_TYPED = 60


@router.message(Command("my"))
async def list_my_problems(event: Event, database: Database, resident: Resident) -> None:
    await _show_mine(event, database, resident, 0)


@router.callback_query(ListMyProblems.filter())
async def turn_my_problems(
    tap: CallbackQuery, callback_data: ListMyProblems, database: Database, resident: Resident
) -> None:
    await _show_mine(tap, database, resident, callback_data.page)


async def _show_mine(event: Event, database: Database, resident: Resident, page: int) -> None:
    async with database.read() as db:
        found = await queries.list_mine(db, resident.id, page, language=resident.language)
    await show(event, screens.mine(found))


@router.callback_query(ShowMyProblem.filter())
async def show_my_problem(
    tap: CallbackQuery, bot: Bot, callback_data: ShowMyProblem, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        problem = await queries.find_mine(db, resident.id, callback_data.problem_id)
        asked = await find_inquiries(db, callback_data.problem_id)
    if problem is None:
        raise Gone
    await show(tap, screens.my_card(problem, callback_data.page, await username_of(bot), asked.open))


@router.message(Command("problems"))
async def list_problems(message: Message, database: Database, resident: Resident) -> None:
    await _show_published(message, database, resident, BrowseProblems(village_id=0, topic_id=0, page=0))


@router.callback_query(BrowseProblems.filter())
async def browse_problems(
    tap: CallbackQuery, callback_data: BrowseProblems, database: Database, resident: Resident
) -> None:
    await _show_published(tap, database, resident, callback_data)


async def _show_published(
    event: Event, database: Database, resident: Resident, wanted: BrowseProblems
) -> None:
    municipality_id = resident.municipality_id or 0
    async with database.read() as db:
        villages = {each.id: each for each in await list_villages(db, municipality_id)}
        topics = {each.id: each for each in await list_topics(db)}
        found = await queries.list_published(
            db,
            municipality_id,
            wanted.village_id,
            wanted.topic_id,
            wanted.page,
            language=resident.language,
        )
    await show(event, screens.browse(found, villages.get(wanted.village_id), topics.get(wanted.topic_id)))


@router.callback_query(ListBrowseVillages.filter())
async def choose_village(
    tap: CallbackQuery, callback_data: ListBrowseVillages, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        villages = await list_villages(db, resident.municipality_id or 0)
    await show(tap, screens.browse_villages(villages, callback_data.topic_id, callback_data.page))


@router.callback_query(ListBrowseTopics.filter())
async def choose_topic(tap: CallbackQuery, callback_data: ListBrowseTopics, database: Database) -> None:
    async with database.read() as db:
        topics = await list_topics(db)
    await show(tap, screens.browse_topics(topics, callback_data.village_id, callback_data.page))


@router.callback_query(ShowProblem.filter())
async def show_problem(
    tap: CallbackQuery, bot: Bot, callback_data: ShowProblem, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        problem = await queries.find_published(db, resident.municipality_id or 0, callback_data.problem_id)
        support = await find_support(db, resident.id, problem.id) if problem else None
    if problem is None:
        raise Gone
    back = BrowseProblems(
        village_id=callback_data.village_id, topic_id=callback_data.topic_id, page=callback_data.page
    )
    await show(tap, screens.card(problem, back, await username_of(bot), support))


@router.callback_query(SearchProblems.filter())
async def ask_words(tap: CallbackQuery, act: Act, resident: Resident) -> None:
    async with act() as db:
        await save_awaiting(db, resident.id, SEARCH)
    await show(tap, screens.ask_words())


async def _ask_again(_asking: Asking) -> Screen:
    return screens.ask_words()


PROMPTS: Prompts = {SEARCH: _ask_again}


@router.message(Awaits(SEARCH), F.text)
async def search_problems(message: Message, act: Act, resident: Resident) -> None:
    """One answer ends the search, so that the next words are not taken for another."""
    typed = message.text or ""
    async with act() as db:
        found = await queries.list_found(db, resident.municipality_id or 0, typed, language=resident.language)
        await save_awaiting(db, resident.id, None)
    await show(message, screens.found(found, typed[:LONGEST_TYPED]))


@router.callback_query(ShowAttachments.filter())
async def show_attachments(
    tap: CallbackQuery, bot: Bot, callback_data: ShowAttachments, database: Database, resident: Resident
) -> None:
    """Photos and what else is public of a published problem, or all that one sent with one's own."""
    async with database.read() as db:
        mine = await queries.find_mine(db, resident.id, callback_data.problem_id)
        problem = mine or await queries.find_published(
            db, resident.municipality_id or 0, callback_data.problem_id
        )
        # Of a joined problem, those of the one that speaks for it: its own may never have been public.
        media = await list_attachments(db, problem.id, kept_back=mine is not None) if problem else []
    if problem is None:
        raise Gone
    await acknowledge(tap)
    captions = [cards.media_caption(each.kind, problem.number) for each in media]
    await send_media(bot, tap.from_user.id, media, captions)
