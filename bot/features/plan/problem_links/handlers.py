"""From voice to plan: each reported problem is answered with a measure, or with why there is none."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import PlanMeasure, Problem
from bot.db.queries import save_awaiting
from bot.db.session import Database
from bot.domain.outcome import LONGEST_OUTCOME, checked_outcome
from bot.domain.paging import Page
from bot.domain.problem import ProblemStatus
from bot.domain.refusals import Gone
from bot.domain.roles import PLANNERS, Resident, allowed
from bot.domain.seeing import is_public
from bot.domain.text import checked_text
from bot.features.plan.answer_queries import count_unanswered, list_unanswered, save_link
from bot.features.plan.plan_queries import count_items, find_current, find_item_of, list_items
from bot.features.plan.problem_links import screens
from bot.features.plan.problem_links.callbacks import (
    ChooseMeasure,
    LinkMeasure,
    ListUnansweredProblems,
    OpenAnswer,
    WriteWhyNot,
)
from bot.features.plan.problem_links.states import WHY_NOT
from bot.features.problems.public import ProblemCard, Standing, find_card, find_standing, save_outcome
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="answers")
SHORTEST_WORDS = 10


@router.callback_query(ListUnansweredProblems.filter())
async def list_unanswered_problems(
    tap: CallbackQuery, callback_data: ListUnansweredProblems, database: Database, resident: Resident
) -> None:
    municipality_id = callback_data.municipality_id
    resident.require_one_of(PLANNERS, municipality_id)
    async with database.read() as db:
        current = await find_current(db, municipality_id)
        version_id = current.id if current else None
        total = await count_unanswered(db, municipality_id, version_id)
        page = Page(total, callback_data.page, screens.PROBLEMS_A_PAGE)
        found = await list_unanswered(db, municipality_id, version_id, page.limit, page.offset)
    await show(tap, screens.unanswered(municipality_id, found, page))


async def _answerable(
    db: AsyncConnection, resident: Resident, problem_id: int, *, lock: bool = False
) -> Standing:
    """A public problem of a municipality whose plan this person keeps; what is not public has no answer."""
    standing = allowed(resident, await find_standing(db, problem_id, lock=lock), *PLANNERS)
    if not is_public(standing.status):
        raise Gone
    return standing


async def _card(db: AsyncConnection, resident: Resident, problem_id: int) -> tuple[Standing, ProblemCard]:
    standing = await _answerable(db, resident, problem_id)
    card = await find_card(db, Problem.id == problem_id)
    if card is None:
        raise Gone
    return standing, card


@router.callback_query(OpenAnswer.filter())
async def open_answer(tap: CallbackQuery, callback_data: OpenAnswer, act: Act, resident: Resident) -> None:
    async with act() as db:
        if resident.awaiting == WHY_NOT:
            await save_awaiting(db, resident.id, None)
        standing, card = await _card(db, resident, callback_data.problem_id)
    await show(tap, screens.answer(standing.municipality_id, card))


@router.callback_query(ChooseMeasure.filter())
async def choose_measure(
    tap: CallbackQuery, callback_data: ChooseMeasure, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        standing, card = await _card(db, resident, callback_data.problem_id)
        current = await find_current(db, standing.municipality_id)
        total = await count_items(db, current.id) if current else 0
        page = Page(total, callback_data.page, screens.MEASURES_A_PAGE)
        items, own = [], card.topic.id if card.topic else None
        if current:
            items = await list_items(db, current.id, limit=page.limit, offset=page.offset, topic_first=own)
    await show(tap, screens.which_measure(card, items, page))


@router.callback_query(LinkMeasure.filter())
async def link_measure(
    tap: CallbackQuery, callback_data: LinkMeasure, act: Act, resident: Resident, settings: Settings
) -> None:
    """The same press again changes nothing and tells nobody."""
    problem_id, measure_id = callback_data.problem_id, callback_data.measure_id
    async with act() as db:
        standing = await _answerable(db, resident, problem_id, lock=True)
        current = await find_current(db, standing.municipality_id)
        here = current and await count_items(db, current.id, [PlanMeasure.measure_id == measure_id])
        if not here or await find_item_of(db, measure_id) is None:
            raise Gone
        most = settings.words_back_per_day
        await save_link(db, problem_id, measure_id, act.now, by=resident.id, most_a_day=most)
    await show(tap, screens.told(standing.municipality_id, standing.number))


@router.callback_query(WriteWhyNot.filter())
async def write_why_not(tap: CallbackQuery, callback_data: WriteWhyNot, act: Act, resident: Resident) -> None:
    async with act() as db:
        standing, card = await _card(db, resident, callback_data.problem_id)
        await save_awaiting(db, resident.id, WHY_NOT, standing.id)
    await show(tap, screens.why_not(card))


async def _why_not_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        standing, card = await _card(db, asking.resident, asking.about)
    if standing.status is not ProblemStatus.LEFT_OUT:
        checked_outcome(standing.status, ProblemStatus.LEFT_OUT, words=WHY_NOT)
    return screens.why_not(card)


PROMPTS: Prompts = {WHY_NOT: _why_not_again}


@router.message(Awaits(WHY_NOT), F.text)
async def take_why_not(
    message: Message, about: int, act: Act, resident: Resident, settings: Settings
) -> None:
    words = checked_text(message.text or "", SHORTEST_WORDS, LONGEST_OUTCOME)
    async with act() as db:
        standing = await _answerable(db, resident, about, lock=True)
        most, left_out = settings.words_back_per_day, ProblemStatus.LEFT_OUT
        await save_outcome(db, standing, left_out, act.now, by=resident.id, words=words, most_a_day=most)
        await save_awaiting(db, resident.id, None)
    await show(message, screens.told(standing.municipality_id, standing.number))
