"""Papers for a facilitator: the poster that invites, and the list of problems for planning."""

import asyncio

from aiogram import Bot, Router
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import Subject, find_municipality, list_villages, save_journal
from bot.db.session import Database
from bot.domain.places import Municipality, Village
from bot.domain.refusals import Gone
from bot.domain.roles import Resident, Role
from bot.features.problems.erasure_queries import save_erased
from bot.features.problems.printouts import listing, screens, texts
from bot.features.problems.printouts.callbacks import (
    ExportProblems,
    ListPosterVillages,
    OpenPapers,
    PrintPoster,
)
from bot.features.problems.printouts.poster import poster_files
from bot.features.problems.printouts.queries import list_all
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.files import say_being_made, send_files
from bot.telegram.names import username_of
from bot.telegram.screen import show

router = Router(name="papers")


@router.callback_query(OpenPapers.filter())
async def open_papers(
    tap: CallbackQuery, callback_data: OpenPapers, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        place = await _facilitated(db, resident, callback_data.municipality_id)
    await show(tap, screens.papers(place.id, place.name))


@router.callback_query(ListPosterVillages.filter())
async def list_poster_villages(
    tap: CallbackQuery, callback_data: ListPosterVillages, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        place = await _facilitated(db, resident, callback_data.municipality_id)
        villages = await list_villages(db, place.id)
    await show(tap, screens.poster_villages(place.id, place.name, villages, callback_data.page))


@router.callback_query(PrintPoster.filter())
async def print_poster(
    tap: CallbackQuery, bot: Bot, callback_data: PrintPoster, act: Act, resident: Resident
) -> None:
    async with act() as db:
        place = await _facilitated(db, resident, callback_data.municipality_id)
        village = await _village(db, place.id, callback_data.village_id)
        await save_journal(
            db,
            "poster.printed",
            by=resident.id,
            of=Subject(place.id),
            **({"village_id": village.id} if village else {}),
        )
    await say_being_made(tap, bot)
    username = await username_of(bot)
    files = await asyncio.to_thread(poster_files, place, village, username, act.now)
    await send_files(
        bot, tap.from_user.id, files, texts.poster_caption(village.name if village else place.name)
    )


@router.callback_query(ExportProblems.filter())
async def export_problems(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: ExportProblems,
    act: Act,
    resident: Resident,
    settings: Settings,
) -> None:
    async with act() as db:
        place = await _facilitated(db, resident, callback_data.municipality_id)
        await save_erased(db, settings.declined_text_days, act.now)
        found = listing.ProblemList(place, await list_all(db, place.id), act.now)
        await listing.save_exported(db, place.id, resident.id, len(found.problems))
    await say_being_made(tap, bot)
    caption = texts.list_caption(place.name, len(found.problems))
    await send_files(bot, tap.from_user.id, await listing.list_files(found), caption)


async def _facilitated(db: AsyncConnection, resident: Resident, municipality_id: int) -> Municipality:
    """The municipality, if this person facilitates it."""
    resident.require(Role.FACILITATOR, municipality_id)
    place = await find_municipality(db, municipality_id)
    if place is None:
        raise Gone
    return place


async def _village(db: AsyncConnection, municipality_id: int, village_id: int) -> Village | None:
    """The village of that municipality; None for all of them together."""
    if not village_id:
        return None
    villages = {each.id: each for each in await list_villages(db, municipality_id)}
    if village_id not in villages:
        raise Gone
    return villages[village_id]
