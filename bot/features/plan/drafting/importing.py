"""A plan comes as a file: our spreadsheet or an office's own table, whole or not at all."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import list_topics, list_villages, save_awaiting
from bot.db.session import Database
from bot.domain.clock import local_day
from bot.domain.plan import PlanText
from bot.domain.refusals import Gone
from bot.domain.roles import Resident
from bot.features.plan import plan_texts as plans
from bot.features.plan.answer_queries import count_unanswered
from bot.features.plan.drafting import queries, screens, texts
from bot.features.plan.drafting.access import planned_place
from bot.features.plan.drafting.callbacks import AwaitPlanFile, GetPlanForm, OpenPlanning
from bot.features.plan.drafting.form import ReadPlan, plan_form, read_plan_form
from bot.features.plan.drafting.states import FILE
from bot.features.plan.drafting.word_table import Understood, read_word_plan
from bot.features.plan.plan_queries import count_comments, find_current, find_draft, find_text, find_version
from bot.i18n import current_language
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.files import say_being_made, send_files
from bot.telegram.forms import take_form
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="plan_importing")


@router.callback_query(OpenPlanning.filter())
async def open_planning(
    tap: CallbackQuery, callback_data: OpenPlanning, act: Act, database: Database, resident: Resident
) -> None:
    municipality_id = callback_data.municipality_id
    if resident.awaiting:
        async with act() as db:
            await save_awaiting(db, resident.id, None)
    async with database.read() as db:
        place = await planned_place(db, resident, municipality_id)
        current = await find_current(db, municipality_id)
        unanswered = await count_unanswered(db, municipality_id, current.id) if current else 0
        today = local_day(act.now)
        found = await queries.find_planning(db, place.id, place.name, today, unanswered)
    await show(tap, screens.planning(found))


@router.callback_query(GetPlanForm.filter())
async def get_plan_form(
    tap: CallbackQuery, bot: Bot, callback_data: GetPlanForm, act: Act, resident: Resident
) -> None:
    """With the draft or else the plan in force filled in."""
    async with act() as db:
        place = await planned_place(db, resident, callback_data.municipality_id)
        version = await find_draft(db, place.id) or await find_current(db, place.id)
        plan = await find_text(db, version) if version else _empty_plan(act.now)
        topics, villages = await list_topics(db), await list_villages(db, place.id)
        await save_awaiting(db, resident.id, FILE, place.id)
    await say_being_made(tap, bot)
    content = await asyncio.to_thread(plan_form, place.id, plan, topics, villages)
    await send_files(bot, tap.from_user.id, {f"plan-{place.slug}.xlsx": content}, texts.form_caption())


def _empty_plan(now: datetime) -> PlanText:
    """A plan mostly begins next year and is for two."""
    year = local_day(now).year + 1
    return PlanText(plans.usual_name(), current_language(), year, year + 1)


@router.callback_query(AwaitPlanFile.filter())
async def await_plan_file(
    tap: CallbackQuery, callback_data: AwaitPlanFile, act: Act, resident: Resident
) -> None:
    async with act() as db:
        place = await planned_place(db, resident, callback_data.municipality_id)
        await save_awaiting(db, resident.id, FILE, place.id)
    await show(tap, screens.send_now(place.id))


async def _send_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        place = await planned_place(db, asking.resident, asking.about)
    return screens.send_now(place.id)


PROMPTS: Prompts = {FILE: _send_again}


@router.message(Awaits(FILE))
async def take_plan_file(
    message: Message, about: int, act: Act, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        place = await planned_place(db, resident, about)
        known = await queries.find_known(db, place.id)
    read: Callable[[bytes], ReadPlan | Understood] = partial(
        read_plan_form, municipality_id=place.id, known=known, language=resident.language
    )
    if _is_word(message):
        read = partial(read_word_plan, known=known, language=resident.language)
    await take_form(
        message,
        act,
        resident,
        read=read,
        nothing_filled_in=screens.nothing_filled_in(place.id),
        wrong_cells=partial(screens.wrong_cells, place.id),
        save=partial(_save, resident, place.id, act.now),
    )


def _is_word(message: Message) -> bool:
    return message.document is not None and (message.document.file_name or "").lower().endswith(".docx")


async def _save(
    resident: Resident, municipality_id: int, now: datetime, db: AsyncConnection, read: ReadPlan | Understood
) -> Screen:
    await planned_place(db, resident, municipality_id)
    text = read.read.text if isinstance(read, Understood) else read.text
    version_id = await queries.save_draft(db, municipality_id, text, resident.id, now)
    if isinstance(read, Understood):
        return screens.understood(municipality_id, version_id, read.columns, text)
    comments = await count_comments(db, version_id)
    draft = await find_version(db, version_id)
    if draft is None:
        raise Gone
    return screens.draft(draft, sum(1 for _each in text.measures()), comments)
