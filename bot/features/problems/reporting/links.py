"""The deep link of a problem, as it is shared into groups: t.me/<bot>?start=p_12

Whoever has no home yet is led through the first visit by residents/first_visit, and comes here afterwards.
"""

from aiogram import Bot, F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from bot.db.queries import save_awaiting
from bot.db.session import Database
from bot.domain.refusals import Gone
from bot.domain.roles import Resident
from bot.features.problems.deep_link_queries import (
    SharedProblem,
    find_shared,
)
from bot.features.problems.reporting import list_screens as screens
from bot.features.problems.reporting.callbacks import BrowseProblems
from bot.features.problems.reporting.support_queries import find_support
from bot.telegram.act import Act
from bot.telegram.names import username_of
from bot.telegram.screen import Event, Screen, show

router = Router(name="problem links")
PROBLEM_LINK = F.args.regexp(r"^p_\d{1,9}$")


def is_settled(_message: Message, resident: Resident | None = None) -> bool:
    return resident is not None and resident.is_settled


@router.message(CommandStart(deep_link=True, magic=PROBLEM_LINK), is_settled)
async def open_linked_problem(
    message: Message, bot: Bot, command: CommandObject, act: Act, database: Database, resident: Resident
) -> None:
    """Like every /start it ends whatever was being asked."""
    if resident.awaiting:
        async with act() as db:
            await save_awaiting(db, resident.id, None)
    await show_linked(message, bot, database, resident, int((command.args or "").removeprefix("p_")))


async def show_linked(
    event: Event, bot: Bot, database: Database, resident: Resident, problem_id: int
) -> None:
    """The card of a shared problem; who lives elsewhere may read it, and no more."""
    async with database.read() as db:
        found = await find_shared(db, problem_id)
        support = await find_support(db, resident.id, found.card.id) if found else None
    if found is None:
        raise Gone
    await show(event, _card(found, resident, await username_of(bot), support))


def _card(
    found: SharedProblem, resident: Resident, username: str, support: bool | None
) -> Screen:  # three states
    if found.municipality_id != resident.municipality_id:
        return screens.card_from_elsewhere(found.card, found.municipality, username)
    return screens.card(found.card, BrowseProblems(village_id=0, topic_id=0, page=0), username, support)
