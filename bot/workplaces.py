"""Where those who hold a role work; who holds several begins at the first of these."""

from aiogram.types import CallbackQuery

from bot.db.session import Database
from bot.domain.roles import Resident, Role
from bot.features.hearings.officer_home.handlers import open_office
from bot.features.plan.progress.callbacks import ListUnchecked
from bot.features.plan.progress.checking import list_unchecked
from bot.features.problems.desk.queue import open_desk
from bot.features.residents.first_visit.steps import ShowWorkplace, go_on
from bot.telegram.act import Act


async def _open_checking(tap: CallbackQuery, act: Act, database: Database, resident: Resident) -> None:
    await list_unchecked(tap, ListUnchecked(municipality_id=0, page=0), act, database, resident)


_WORKPLACES: dict[Role, ShowWorkplace] = {
    Role.FACILITATOR: open_desk,
    Role.OFFICER: open_office,
    Role.MONITOR: _open_checking,
}


async def show_workplace(tap: CallbackQuery, act: Act, database: Database, resident: Resident) -> None:
    """A role whose holders work nowhere in particular leads home."""
    open_it = next((each for role, each in _WORKPLACES.items() if resident.municipalities_as(role)), None)
    if open_it is None:
        await go_on(tap, database, act.now)
    else:
        await open_it(tap, act, database, resident)
