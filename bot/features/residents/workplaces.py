"""Where those who hold a role work: the button that leads there, from home and from the welcome."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.roles import Role
from bot.features.hearings.officer_home.callbacks import OpenOffice
from bot.features.plan.progress.callbacks import ListUnchecked
from bot.features.problems.desk.callbacks import OpenDesk
from bot.telegram.role_texts import workplace
from bot.telegram.screen import Row, button

_WORKPLACES: dict[Role, CallbackData] = {
    Role.FACILITATOR: OpenDesk(),
    Role.OFFICER: OpenOffice(),
    Role.MONITOR: ListUnchecked(municipality_id=0, page=0),
}


def to_work(role: Role) -> Row:
    """Empty for a role whose holders work nowhere in particular."""
    return [button(workplace(role), _WORKPLACES[role])] if role in _WORKPLACES else []
