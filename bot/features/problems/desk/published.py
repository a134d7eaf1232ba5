"""All public problems at the desk, and finding one by its number or its words."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.db.queries import save_awaiting
from bot.db.session import Database
from bot.domain.problem import PUBLIC, ProblemStatus
from bot.domain.roles import Resident, Role
from bot.features.problems.desk import list_queries, screens
from bot.features.problems.desk.callbacks import FindDeskProblem, ListDeskProblems, ListReopened
from bot.features.problems.desk.states import FIND
from bot.i18n import current_language
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="published")
LONGEST_TYPED = 60


@router.callback_query(ListDeskProblems.filter())
@router.callback_query(ListReopened.filter())
async def list_desk_problems(
    tap: CallbackQuery,
    callback_data: ListDeskProblems | ListReopened,
    database: Database,
    resident: Resident,
) -> None:
    municipality_id, page = callback_data.municipality_id, callback_data.page
    resident.require(Role.FACILITATOR, municipality_id)
    reopened = isinstance(callback_data, ListReopened)
    statuses = {ProblemStatus.REOPENED} if reopened else PUBLIC
    async with database.read() as db:
        found = await list_queries.list_with(db, municipality_id, statuses, page, current_language())
    await show(tap, screens.listed(municipality_id, found, type(callback_data)))


@router.callback_query(FindDeskProblem.filter())
async def ask_for_words(
    tap: CallbackQuery, callback_data: FindDeskProblem, act: Act, resident: Resident
) -> None:
    resident.require(Role.FACILITATOR, callback_data.municipality_id)
    async with act() as db:
        await save_awaiting(db, resident.id, FIND, callback_data.municipality_id)
    await show(tap, screens.ask_words(callback_data.municipality_id))


async def _ask_again(asking: Asking) -> Screen:
    asking.resident.require(Role.FACILITATOR, asking.about)
    return screens.ask_words(asking.about)


PROMPTS: Prompts = {FIND: _ask_again}


@router.message(Awaits(FIND), F.text)
async def find_desk_problems(message: Message, about: int, act: Act, resident: Resident) -> None:
    resident.require(Role.FACILITATOR, about)
    typed = (message.text or "").strip()
    async with act() as db:
        found = await list_queries.list_found(db, about, typed, current_language())
        await save_awaiting(db, resident.id, None)
    await show(message, screens.found(about, found, typed[:LONGEST_TYPED]))
