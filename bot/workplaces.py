"""Where those who hold a role work; who holds several begins at the desk."""

from aiogram.types import CallbackQuery

from bot.db.session import Database
from bot.domain.roles import Resident, Role
from bot.features.hearings.officer_home.handlers import open_office
from bot.features.plan.progress.callbacks import ListUnchecked
from bot.features.plan.progress.checking import list_unchecked
from bot.features.problems.desk.queue import open_desk
from bot.telegram.act import Act
from bot.telegram.screen import Event


async def show_workplace(event: Event, act: Act, database: Database, resident: Resident) -> None:
    if resident.municipalities_as(Role.FACILITATOR):
        await open_desk(event, act, database, resident)
    elif resident.municipalities_as(Role.OFFICER):
        await open_office(event, act, database, resident)
    elif isinstance(event, CallbackQuery):
        await list_unchecked(event, ListUnchecked(municipality_id=0, page=0), act, database, resident)
