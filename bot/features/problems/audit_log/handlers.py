"""The history at the desk."""

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery

from bot.db.session import Database
from bot.domain.refusals import Gone
from bot.domain.roles import Resident, Role
from bot.features.problems.audit_log import queries, screens
from bot.features.problems.audit_log.callbacks import ShowEntry, ShowHistory, ShowWholeHistory
from bot.telegram.screen import show

router = Router(name="history")


@router.callback_query(ShowHistory.filter())
async def show_history(
    tap: CallbackQuery, callback_data: ShowHistory, database: Database, resident: Resident
) -> None:
    problem_id = callback_data.problem_id
    async with database.read() as db:
        place = await queries.find_place(db, problem_id)
        if place is None:
            raise Gone
        municipality_id, number = place
        resident.require(Role.FACILITATOR, municipality_id)
        found = await queries.list_of_problem(db, problem_id, callback_data.page)
    await show(tap, screens.of_problem(problem_id, number, found, resident.id))


@router.callback_query(ShowWholeHistory.filter())
async def show_whole_history(
    tap: CallbackQuery, callback_data: ShowWholeHistory, database: Database, resident: Resident
) -> None:
    municipality_id = callback_data.municipality_id
    resident.require(Role.FACILITATOR, municipality_id)
    async with database.read() as db:
        found = await queries.list_of_municipality(db, municipality_id, callback_data.page)
    await show(tap, screens.of_municipality(municipality_id, found, resident.id))


@router.callback_query(ShowEntry.filter())
async def show_entry(
    tap: CallbackQuery, callback_data: ShowEntry, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        entry = await queries.find_entry(db, callback_data.entry_id)
    if entry is None:
        raise Gone
    municipality_id = entry.municipality_id or 0
    resident.require(Role.FACILITATOR, municipality_id)
    back: CallbackData = ShowWholeHistory(municipality_id=municipality_id, page=callback_data.page)
    if callback_data.of_problem and entry.problem_id:
        back = ShowHistory(problem_id=entry.problem_id, page=callback_data.page)
    await show(tap, screens.entry(entry, resident.id, back))
