"""Choosing the municipality and the village: from lists, or by typing a name."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from rapidfuzz import fuzz, process

from bot.db.queries import find_municipality, list_municipalities, save_awaiting
from bot.db.session import Database
from bot.domain.places import Municipality
from bot.domain.refusals import Gone, NotSettled
from bot.domain.roles import Resident
from bot.domain.text import shortened
from bot.domain.text_folding import fold
from bot.features.residents.first_visit import queries, screens
from bot.features.residents.first_visit.callbacks import (
    ChooseMunicipality,
    ChooseVillage,
    ListDistricts,
    ListMunicipalities,
    ListOblasts,
    ListVillages,
    MoveToMunicipality,
)
from bot.features.residents.first_visit.states import PLACE
from bot.features.residents.first_visit.steps import ShowWorkplace, arrive, enter, go_on, villages
from bot.telegram.act import Act
from bot.telegram.awaiting import WORDS
from bot.telegram.screen import show

router = Router(name="places")
# Below this likeness (0-100) a typed name is taken for another place.
LIKE_ENOUGH = 70
# Of what was typed, so much is shown back.
LONGEST_TYPED = 60


def seeks_place(_message: Message, resident: Resident | None = None) -> bool:
    """Whether a typed message can only be the name of a municipality."""
    return resident is not None and (resident.awaiting == PLACE or resident.municipality_id is None)


@router.callback_query(ListOblasts.filter())
async def list_oblasts(tap: CallbackQuery, act: Act, database: Database, resident: Resident | None) -> None:
    await _await_place(act, resident)
    await show(tap, screens.oblasts(await _municipalities(database)))


@router.callback_query(ListDistricts.filter())
async def list_districts(
    tap: CallbackQuery, callback_data: ListDistricts, act: Act, database: Database, resident: Resident | None
) -> None:
    await _await_place(act, resident)
    await show(tap, screens.districts(await _municipalities(database), callback_data.oblast))


@router.callback_query(ListMunicipalities.filter())
async def list_municipalities_of_district(
    tap: CallbackQuery,
    callback_data: ListMunicipalities,
    act: Act,
    database: Database,
    resident: Resident | None,
) -> None:
    await _await_place(act, resident)
    await show(tap, screens.municipalities_of(await _municipalities(database), callback_data.district))


@router.message(seeks_place, WORDS)
async def search_municipality(message: Message, database: Database) -> None:
    typed = message.text or ""
    found = like(typed, await _municipalities(database))
    await show(message, screens.search_results(found, shortened(typed, LONGEST_TYPED)))


@router.callback_query(ChooseMunicipality.filter())
async def choose_municipality(
    tap: CallbackQuery,
    callback_data: ChooseMunicipality,
    act: Act,
    database: Database,
    resident: Resident | None,
) -> None:
    async with database.read() as db:
        chosen = await find_municipality(db, callback_data.municipality_id)
    if chosen is None:
        raise Gone
    if resident is None:
        await show(tap, screens.languages())
    else:
        await enter(tap, act, database, resident, chosen)


@router.callback_query(MoveToMunicipality.filter())
async def move_to_municipality(
    tap: CallbackQuery,
    callback_data: MoveToMunicipality,
    act: Act,
    database: Database,
    resident: Resident | None,
) -> None:
    if resident is None:
        raise NotSettled
    async with act() as db:
        if await find_municipality(db, callback_data.municipality_id) is None:
            raise Gone
        await queries.save_municipality(db, resident.id, callback_data.municipality_id, act.now)
    await go_on(tap, database, act.now)


@router.callback_query(ListVillages.filter())
async def list_villages_of_municipality(
    tap: CallbackQuery, callback_data: ListVillages, database: Database, resident: Resident | None
) -> None:
    await show(tap, await villages(database, resident, callback_data.page))


@router.callback_query(ChooseVillage.filter())
async def choose_village(
    tap: CallbackQuery,
    callback_data: ChooseVillage,
    act: Act,
    database: Database,
    resident: Resident | None,
    show_workplace: ShowWorkplace,
) -> None:
    if resident is None or resident.municipality_id is None:
        raise NotSettled
    async with act() as db:
        stored = await queries.save_village(
            db, resident.id, resident.municipality_id, callback_data.village_id
        )
    if not stored:
        raise Gone
    await arrive(tap, act, database, resident, show_workplace)


async def _municipalities(database: Database) -> list[Municipality]:
    async with database.read() as db:
        return await list_municipalities(db)


async def _await_place(act: Act, resident: Resident | None) -> None:
    if resident is None:
        raise NotSettled
    async with act() as db:
        await save_awaiting(db, resident.id, PLACE)


def like(typed: str, municipalities: list[Municipality]) -> list[Municipality]:
    """Those whose name is spelt alike, best first; missing Kyrgyz letters do not matter."""
    names = [fold(name) for each in municipalities for name in (each.name.ky, each.name.ru)]
    found = process.extract(fold(typed), names, scorer=fuzz.WRatio, score_cutoff=LIKE_ENOUGH, limit=None)
    # Two names stand for each municipality, one after the other.
    places = dict.fromkeys(position // 2 for _name, _score, position in found)
    return [municipalities[place] for place in places]
