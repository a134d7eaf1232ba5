"""The facilitator says what became of a problem."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Problem
from bot.db.queries import save_awaiting
from bot.db.session import Database
from bot.domain.outcome import LONGEST_OUTCOME, checked_outcome
from bot.domain.problem import ProblemStatus
from bot.domain.refusals import Gone
from bot.domain.roles import Resident, Role, allowed
from bot.domain.text import checked_text
from bot.features.problems.outcome_queries import Standing, find_standing, save_outcome
from bot.features.problems.outcomes import screens, texts
from bot.features.problems.outcomes.callbacks import OpenOutcomes, SetOutcome, WriteOutcome
from bot.features.problems.outcomes.states import OUTCOME
from bot.features.problems.problem_queries import find_card
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="outcomes")
SHORTEST_WORDS = 3


async def _facilitated(
    db: AsyncConnection, resident: Resident, problem_id: int, *, lock: bool = False
) -> Standing:
    return allowed(resident, await find_standing(db, problem_id, lock=lock), Role.FACILITATOR)


@router.callback_query(OpenOutcomes.filter())
async def open_outcomes(
    tap: CallbackQuery, callback_data: OpenOutcomes, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        standing = await _facilitated(db, resident, callback_data.problem_id)
        card = await find_card(db, Problem.id == standing.id)
    if card is None:
        raise Gone
    await show(tap, screens.which_outcome(card))


@router.callback_query(WriteOutcome.filter())
async def write_outcome(
    tap: CallbackQuery, callback_data: WriteOutcome, act: Act, resident: Resident
) -> None:
    status = callback_data.status
    async with act() as db:
        standing = await _facilitated(db, resident, callback_data.problem_id)
        # The words are still to come: any will do here.
        checked_outcome(standing.status, status, words=status)
        await save_awaiting(db, resident.id, f"{OUTCOME}{status}", standing.id)
    await show(tap, screens.write(standing, status))


@router.callback_query(SetOutcome.filter())
async def set_outcome(
    tap: CallbackQuery, callback_data: SetOutcome, act: Act, resident: Resident, settings: Settings
) -> None:
    """The same press again changes nothing and tells nobody."""
    async with act() as db:
        standing = await _facilitated(db, resident, callback_data.problem_id, lock=True)
        await _save(db, resident, standing, callback_data.status, None, settings, act.now)
    await show(tap, screens.said(standing, callback_data.status), toast=texts.said_toast())


async def _ask_again(asking: Asking) -> Screen:
    status = asking.part(OUTCOME, ProblemStatus)
    async with asking.database.read() as db:
        standing = await _facilitated(db, asking.resident, asking.about)
    if standing.status is not status:
        checked_outcome(standing.status, status, words=status)
    return screens.write(standing, status)


PROMPTS: Prompts = {OUTCOME: _ask_again}


@router.message(Awaits(OUTCOME, then=ProblemStatus), F.text)
async def take_words(
    message: Message, about: int, part: ProblemStatus, act: Act, resident: Resident, settings: Settings
) -> None:
    words = checked_text(message.text or "", SHORTEST_WORDS, LONGEST_OUTCOME)
    async with act() as db:
        standing = await _facilitated(db, resident, about, lock=True)
        await _save(db, resident, standing, part, words, settings, act.now)
    await show(message, screens.said(standing, part))


async def _save(
    db: AsyncConnection,
    resident: Resident,
    standing: Standing,
    status: ProblemStatus,
    words: str | None,
    settings: Settings,
    now: datetime,
) -> None:
    most = settings.words_back_per_day
    await save_outcome(db, standing, status, now, by=resident.id, words=words, most_a_day=most)
    if resident.awaiting:
        await save_awaiting(db, resident.id, None)
