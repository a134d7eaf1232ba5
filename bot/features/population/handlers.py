"""The population table: shown, given out as a spreadsheet, taken back filled in, whole or not at all."""

import asyncio

from aiogram import F, Router
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cards import form_texts as cards
from bot.db.gathering_queries import find_population
from bot.db.imports import save_population
from bot.db.queries import find_municipality, list_villages, save_awaiting, save_journal
from bot.db.session import Database
from bot.domain.places import Municipality
from bot.domain.refusals import Gone
from bot.domain.roles import Resident, Role
from bot.features.population import screens, texts
from bot.features.population.callbacks import GetPopulationForm, OpenPopulation
from bot.features.population.form import population_form, read_population
from bot.features.population.states import FILE
from bot.prints import forms
from bot.telegram.act import Act
from bot.telegram.documents import download, send_text
from bot.telegram.screen import acknowledge, show
from bot.telegram.typed import Awaits

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
    tap: CallbackQuery, callback_data: GetPopulationForm, act: Act, resident: Resident
) -> None:
    async with act() as db:
        place = await _facilitated(db, resident, callback_data.municipality_id)
        villages = await list_villages(db, place.id)
        known = await find_population(db, place.id)
        await save_awaiting(db, resident.id, FILE, place.id)
    await acknowledge(tap, texts.being_made())
    content = await asyncio.to_thread(population_form, place, villages, known)
    if tap.bot is None:
        raise Gone
    file = BufferedInputFile(content, f"population-{place.slug}.xlsx")
    await tap.bot.send_document(tap.from_user.id, file, caption=texts.form_caption(), parse_mode=None)


@router.message(Awaits(FILE), ~F.text.startswith("/"))
async def take_population_form(message: Message, act: Act, database: Database, resident: Resident) -> None:
    async with database.read() as db:
        place = await _facilitated(db, resident, resident.awaiting_id or 0)
        villages = await list_villages(db, place.id)
    filled = await asyncio.to_thread(forms.read_form, await download(message, forms.MOST_BYTES))
    read = read_population(filled, place.id, villages)
    if not filled.rows:
        await show(message, screens.nothing_filled_in(place.id))
        return
    if read.flaws:
        if len(read.flaws) > cards.CELLS_SHOWN:
            every = cards.every_wrong_cell(read.flaws)
            await send_text(message, "wrong-cells.txt", every, cards.all_of_them())
        await show(message, screens.wrong_cells(place.id, read.flaws))
        return
    async with act() as db:
        await _facilitated(db, resident, place.id)
        counts = await save_population(db, read.rows)
        if changed := counts.added + counts.changed:
            await save_journal(
                db,
                "population.changed",
                actor_id=resident.id,
                municipality_id=place.id,
                details={"after": changed},
            )
        await save_awaiting(db, resident.id, None)
    await show(message, screens.saved(place.id, changed))


async def _facilitated(db: AsyncConnection, resident: Resident, municipality_id: int) -> Municipality:
    resident.require(Role.FACILITATOR, municipality_id)
    place = await find_municipality(db, municipality_id)
    if place is None:
        raise Gone
    return place
