"""Hiding a public problem with a reason, and showing it again. Its people are told of both."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import lock_municipality, save_awaiting, save_journal
from bot.db.session import Database
from bot.domain.problem import LONGEST_REASON, Hidden, HideReason, ProblemStatus, Word
from bot.domain.refusals import CannotHide
from bot.domain.roles import Resident, Role
from bot.domain.text import checked_text
from bot.features.problems.desk import (
    access,
    hiding_queries,
    hiding_screens,
    hiding_texts,
    list_queries,
    screens,
)
from bot.features.problems.desk.access import moderated
from bot.features.problems.desk.callbacks import AskOwnWhyHide, AskWhyHide, HideProblem, ListHidden, ShowAgain
from bot.features.problems.desk.queries import Report
from bot.features.problems.desk.states import WHY_HIDE
from bot.features.problems.status_notice_queries import save_word
from bot.features.problems.told_queries import save_unworded
from bot.i18n import current_language
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="hiding")
SHORTEST_REASON = 3


@router.callback_query(AskWhyHide.filter())
async def ask_why_hide(tap: CallbackQuery, callback_data: AskWhyHide, act: Act, resident: Resident) -> None:
    async with act() as db:
        report = await _public(db, resident, callback_data.problem_id, act.now)
        if resident.awaiting == WHY_HIDE:
            await save_awaiting(db, resident.id, None)
    await show(tap, hiding_screens.why_hide(report.card))


@router.callback_query(HideProblem.filter(F.reason != HideReason.OWN_WORDS))
async def hide_problem(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: HideProblem,
    act: Act,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    """What is hidden already stays as it is, whoever hid it."""
    async with act() as db:
        await _hide(db, resident, callback_data.problem_id, Hidden(callback_data.reason), settings, act.now)
    screen = await access.open_and_hold(act, database, bot, resident, callback_data.problem_id)
    await show(tap, screen, toast=hiding_texts.hidden_toast())


@router.callback_query(AskOwnWhyHide.filter())
async def ask_own_why_hide(
    tap: CallbackQuery, callback_data: AskOwnWhyHide, act: Act, resident: Resident
) -> None:
    async with act() as db:
        report = await _public(db, resident, callback_data.problem_id, act.now)
        await save_awaiting(db, resident.id, WHY_HIDE, report.card.id)
    await show(tap, hiding_screens.write_why_hide(report.card))


async def _ask_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        report = await _public(db, asking.resident, asking.about, asking.now)
    return hiding_screens.write_why_hide(report.card)


PROMPTS: Prompts = {WHY_HIDE: _ask_again}


@router.message(Awaits(WHY_HIDE), F.text)
async def hide_in_own_words(
    message: Message,
    bot: Bot,
    about: int,
    act: Act,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    words = checked_text(message.text or "", SHORTEST_REASON, LONGEST_REASON)
    async with act() as db:
        await _hide(db, resident, about, Hidden(HideReason.OWN_WORDS, words), settings, act.now)
        await save_awaiting(db, resident.id, None)
    async with database.read() as db:
        report = await moderated(db, resident, about, act.now)
    await show(message, await access.card(database, bot, report, resident, act.now))


@router.callback_query(ShowAgain.filter())
async def show_again(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: ShowAgain,
    act: Act,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    """The same press again finds it shown and tells nobody."""
    async with act() as db:
        report = await _locked(db, resident, callback_data.problem_id, act.now)
        status = await hiding_queries.save_shown(db, report.card.id)
        if status is None and not report.card.is_public:
            raise CannotHide
        if status is not None:
            await _tell(db, resident, report, status, settings, act.now)
    screen = await access.open_and_hold(act, database, bot, resident, callback_data.problem_id)
    await show(tap, screen, toast=hiding_texts.shown_toast())


@router.callback_query(ListHidden.filter())
async def list_hidden(
    tap: CallbackQuery, callback_data: ListHidden, database: Database, resident: Resident
) -> None:
    municipality_id = callback_data.municipality_id
    resident.require(Role.FACILITATOR, municipality_id)
    hidden = {ProblemStatus.HIDDEN}
    async with database.read() as db:
        found = await list_queries.list_with(
            db, municipality_id, hidden, callback_data.page, current_language()
        )
    await show(tap, screens.listed(municipality_id, found, ListHidden))


async def _public(db: AsyncConnection, resident: Resident, problem_id: int, now: datetime) -> Report:
    report = await moderated(db, resident, problem_id, now)
    if not report.card.is_public:
        raise CannotHide
    return report


async def _locked(db: AsyncConnection, resident: Resident, problem_id: int, now: datetime) -> Report:
    """As it is now: no vote opens there until this act is committed, and nobody else changes it."""
    report = await moderated(db, resident, problem_id, now)
    await lock_municipality(db, report.municipality_id)
    return await moderated(db, resident, problem_id, now, lock=True)


async def _hide(
    db: AsyncConnection,
    resident: Resident,
    problem_id: int,
    hidden: Hidden,
    settings: Settings,
    now: datetime,
) -> None:
    report = await _locked(db, resident, problem_id, now)
    if report.card.status is ProblemStatus.HIDDEN:
        return
    if not await hiding_queries.save_hidden(db, problem_id, hidden, resident.id, now):
        raise CannotHide
    await save_unworded(db, problem_id)
    # The reason's kind alone: own words stand with the problem while it is hidden.
    moved = {"before": report.card.status, "after": ProblemStatus.HIDDEN, "hide_reason": hidden.reason}
    await save_journal(db, "problem.hidden", by=resident.id, of=report, **moved)
    facts = {"hide_reason": hidden.reason, "words": hidden.words}
    most = settings.words_back_per_day
    await save_word(db, problem_id, Word.HIDDEN, most_a_day=most, facts=facts, now=now)


async def _tell(
    db: AsyncConnection,
    resident: Resident,
    report: Report,
    status: ProblemStatus,
    settings: Settings,
    now: datetime,
) -> None:
    moved = {"before": report.card.status, "after": status}
    await save_journal(db, "problem.shown", by=resident.id, of=report, **moved)
    await save_word(db, report.card.id, Word.SHOWN, most_a_day=settings.words_back_per_day, now=now)
