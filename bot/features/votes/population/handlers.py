"""The population table: shown, given out as a spreadsheet, taken back filled in, whole or not at all."""

import asyncio
from functools import partial

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.imports import population_rows, save_population
from bot.db.queries import Subject, find_municipality, list_villages, save_awaiting, save_journal
from bot.db.session import Database
from bot.domain.places import Municipality
from bot.domain.refusals import Gone
from bot.domain.roles import Resident, Role
from bot.features.votes.gathering_queries import find_population
from bot.features.votes.population import screens, texts
from bot.features.votes.population.callbacks import GetPopulationForm, OpenPopulation
from bot.features.votes.population.form import ReadPopulation, population_form, read_population_form
from bot.features.votes.population.states import FILE
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.files import say_being_made, send_files
from bot.telegram.forms import take_form
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="population")


@router.callback_query(OpenPopulation.filter())
async def open_population(
    tap: CallbackQuery, callback_data: OpenPopulation, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        place = await _facilitated(db, resident, callback_data.municipality_id)
        known = await find_population(db, place.id)
    await show(tap, screens.population(place, sum(known.values())))


@router.callback_query(GetPopulationForm.filter())
async def get_population_form(
    tap: CallbackQuery, bot: Bot, callback_data: GetPopulationForm, act: Act, resident: Resident
) -> None:
    async with act() as db:
        place = await _facilitated(db, resident, callback_data.municipality_id)
        villages = await list_villages(db, place.id)
        known = await find_population(db, place.id)
        await save_awaiting(db, resident.id, FILE, place.id)
    await say_being_made(tap, bot)
    content = await asyncio.to_thread(population_form, place, villages, known)
    files = {f"population-{place.slug}.xlsx": content}
    await send_files(bot, tap.from_user.id, files, texts.form_caption())


async def _send_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        place = await _facilitated(db, asking.resident, asking.about)
        known = await find_population(db, place.id)
    return screens.population(place, sum(known.values()))


PROMPTS: Prompts = {FILE: _send_again}


@router.message(Awaits(FILE))
async def take_population_form(
    message: Message, about: int, act: Act, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        place = await _facilitated(db, resident, about)
        villages = await list_villages(db, place.id)
    await take_form(
        message,
        act,
        resident,
        read=partial(
            read_population_form, municipality_id=place.id, villages=villages, language=resident.language
        ),
        nothing_filled_in=screens.nothing_filled_in(place.id),
        wrong_cells=partial(screens.wrong_cells, place.id),
        save=partial(_save, resident, place.id),
    )


async def _save(
    resident: Resident, municipality_id: int, db: AsyncConnection, read: ReadPopulation
) -> Screen:
    await _facilitated(db, resident, municipality_id)
    rows = [row for village, people in read.villages.items() for row in population_rows(village, people)]
    counts = await save_population(db, rows)
    if changed := counts.added + counts.changed:
        await save_journal(
            db, "population.changed", by=resident.id, of=Subject(municipality_id), after=changed
        )
    return screens.saved(municipality_id, changed)


async def _facilitated(db: AsyncConnection, resident: Resident, municipality_id: int) -> Municipality:
    resident.require(Role.FACILITATOR, municipality_id)
    place = await find_municipality(db, municipality_id)
    if place is None:
        raise Gone
    return place
