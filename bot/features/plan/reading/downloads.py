"""Taking the plan home: pictures, paper, data, the signed resolution, photos of what was done."""

import asyncio
from datetime import datetime
from functools import partial

from aiogram import Bot, Router
from aiogram.types import CallbackQuery

from bot.db.queries import list_topics, list_villages
from bot.db.session import Database
from bot.domain.clock import local_day
from bot.domain.refusals import Gone
from bot.domain.roles import Resident
from bot.features.plan.plan_queries import Version, find_item, find_item_of, list_shares
from bot.features.plan.reading import queries, screens, texts
from bot.features.plan.reading.callbacks import (
    SendMeasurePhotos,
    SendPlanData,
    SendPlanPaper,
    SendPlanPictures,
    SendResolution,
)
from bot.features.plan.reading.open_data import plan_csv, plan_json
from bot.features.plan.reading.printing import draw, print_paper
from bot.features.plan.reading.reading import papers_screen, readable
from bot.telegram.album import send_album
from bot.telegram.files import say_being_drawn, say_being_made, send_files, send_stored
from bot.telegram.progress import Progress
from bot.telegram.screen import acknowledge, show

router = Router(name="plan_taking")
# Drawing takes a second of the machine: people who ask at once take turns.
# About half of what a plan of a thousand measures takes.
_SECONDS = 2.0
_turns: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}


def _turn() -> asyncio.Semaphore:
    return _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(1))


@router.callback_query(SendPlanPictures.filter())
async def send_plan_pictures(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: SendPlanPictures,
    database: Database,
    resident: Resident,
    now: datetime,
) -> None:
    today = local_day(now)
    async with database.read() as db:
        version = await readable(db, resident, callback_data.version_id)
        whole = await queries.find_whole(db, version, today)
        shares = await list_shares(db, version.id, today)
    await say_being_drawn(tap, bot)
    async with _turn():
        pages = await draw(whole, shares, resident.language, today)
    await send_album(bot, tap.from_user.id, pages, texts.file_caption(version))


@router.callback_query(SendPlanPaper.filter())
async def send_plan_paper(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: SendPlanPaper,
    database: Database,
    resident: Resident,
    now: datetime,
) -> None:
    today = local_day(now)
    async with database.read() as db:
        version = await readable(db, resident, callback_data.version_id)
        whole = await queries.find_whole(db, version, today)
        topics, villages = await list_topics(db), await list_villages(db, version.municipality_id)
        papers = await papers_screen(db, resident, version)
    await say_being_made(tap, bot)
    bar = Progress(tap, partial(screens.being_made, version))
    async with bar.creeping(_SECONDS):
        content = await print_paper(whole, topics, villages, resident.language, today)
    files = {f"{_name(version)}-{resident.language}.pdf": content}
    await send_files(bot, tap.from_user.id, files, texts.file_caption(version))
    await show(tap, papers)


def _name(version: Version) -> str:
    return f"plan-{version.slug}-{version.first_year}-{version.last_year}"


@router.callback_query(SendPlanData.filter())
async def send_plan_data(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: SendPlanData,
    database: Database,
    resident: Resident,
    now: datetime,
) -> None:
    today = local_day(now)
    async with database.read() as db:
        version = await readable(db, resident, callback_data.version_id)
        whole = await queries.find_whole(db, version, today)
        topics, villages = await list_topics(db), await list_villages(db, version.municipality_id)
    await acknowledge(tap)
    made = await asyncio.to_thread(plan_json, whole, topics, villages, now, today)
    table = await asyncio.to_thread(plan_csv, whole, topics, villages, today)
    files = {f"{_name(version)}.json": made, f"{_name(version)}.csv": table}
    await send_files(bot, tap.from_user.id, files, texts.file_caption(version))


@router.callback_query(SendResolution.filter())
async def send_resolution(
    tap: CallbackQuery, bot: Bot, callback_data: SendResolution, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        version = await readable(db, resident, callback_data.version_id)
    if version.scan_file_id is None or version.is_draft:
        raise Gone
    await acknowledge(tap)
    caption = texts.file_caption(version)
    await send_stored(bot, tap.from_user.id, version.scan_file_id, caption, is_photo=version.scan_is_photo)


@router.callback_query(SendMeasurePhotos.filter())
async def send_measure_photos(
    tap: CallbackQuery, bot: Bot, callback_data: SendMeasurePhotos, database: Database
) -> None:
    """Of what was reported and of what was checked."""
    async with database.read() as db:
        item_id = await find_item_of(db, callback_data.measure_id)
        card = await find_item(db, item_id) if item_id else None
    if card is None or not card.photos:
        raise Gone
    await acknowledge(tap)
    await send_album(bot, tap.from_user.id, card.photos, texts.photo_caption(card))
