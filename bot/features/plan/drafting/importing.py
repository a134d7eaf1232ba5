"""A plan comes as a file: our spreadsheet or an office's own table, whole or not at all."""

import asyncio
from datetime import datetime

from aiogram import Bot, Router
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.db.queries import list_topics, list_villages, save_awaiting
from bot.db.session import Database
from bot.domain.clock import local_day
from bot.domain.places import Municipality
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
from bot.prints import form_texts as cards
from bot.prints.packed import MOST_BYTES
from bot.prints.reading import read_apart
from bot.telegram.act import Act
from bot.telegram.documents import being_read, download, send_text
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, acknowledge, show
from bot.telegram.typed import Awaits

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
    await acknowledge(tap, texts.being_made())
    content = await asyncio.to_thread(plan_form, place.id, plan, topics, villages)
    file = BufferedInputFile(content, f"plan-{place.slug}.xlsx")
    await bot.send_document(tap.from_user.id, file, caption=texts.form_caption(), parse_mode=None)


def _empty_plan(now: datetime) -> PlanText:
    """A plan mostly begins next year and is for two."""
    year = now.year + 1
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
    content = await download(message, MOST_BYTES)
    is_word = (message.document.file_name or "").lower().endswith(".docx") if message.document else False
    understood: Understood | None = None
    async with being_read(message):
        if is_word:
            understood = await read_apart(read_word_plan, content, known, resident.language)
            read = understood.read
        else:
            read = await read_apart(read_plan_form, content, place.id, known, resident.language)
    if not read.text.problems and not read.flaws:
        await show(message, screens.nothing_filled_in(place.id))
        return
    if read.flaws:
        await _tell_flaws(message, place, read)
        return
    async with act() as db:
        await planned_place(db, resident, place.id)
        version_id = await queries.save_draft(db, place.id, read.text, resident.id, act.now)
        await save_awaiting(db, resident.id, None)
        comments = await count_comments(db, version_id)
        draft = await find_version(db, version_id)
    if draft is None:
        raise Gone
    if understood:
        await show(message, screens.understood(place.id, version_id, understood.columns, read.text))
        return
    await show(message, screens.draft(draft, sum(1 for _each in read.text.measures()), comments))


async def _tell_flaws(message: Message, place: Municipality, read: ReadPlan) -> None:
    """All at once: the first in the chat, every one in a file."""
    if len(read.flaws) > cards.CELLS_SHOWN:
        every = cards.every_wrong_cell(read.flaws)
        await send_text(message, "wrong-cells.txt", every, cards.all_of_them())
    await show(message, screens.wrong_cells(place.id, read.flaws))
