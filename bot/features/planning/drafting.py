"""The draft: looked at, shown for discussion, changed by little, dropped."""

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.plan_queries import ItemCard, Version, count_comments, count_items, find_draft, find_item
from bot.db.queries import save_awaiting
from bot.db.session import Database
from bot.domain.plan import Part
from bot.domain.refusals import Gone
from bot.domain.roles import Resident
from bot.features.planning import queries, screens, texts
from bot.features.planning.access import own_draft, own_item, own_version
from bot.features.planning.callbacks import (
    AskPart,
    AskToDropPlanDraft,
    AskToRemoveMeasure,
    DropPlanDraft,
    EditMeasure,
    ListComments,
    OpenPlanDraft,
    OpenPlanning,
    RemoveMeasure,
    ShowForDiscussion,
)
from bot.features.planning.importing import open_planning
from bot.features.planning.rows import reread
from bot.features.planning.states import PARTS, part_awaited
from bot.features.planning.telling import tell_discussed
from bot.telegram.act import Act
from bot.telegram.screen import Screen, show

router = Router(name="plan_drafting")
# Sent instead of words, it leaves the part empty.
NOTHING = "-"


class AwaitsPart(Filter):
    """Lets a typed message through when it words a part of a measure anew."""

    async def __call__(self, _message: Message, resident: Resident | None = None) -> bool:
        return resident is not None and resident.awaiting in PARTS


async def draft_screen(db: AsyncConnection, version: Version) -> Screen:
    measures = await count_items(db, version.id)
    return screens.draft(version, measures, await count_comments(db, version.id))


@router.callback_query(OpenPlanDraft.filter())
async def open_draft(
    tap: CallbackQuery, callback_data: OpenPlanDraft, act: Act, database: Database, resident: Resident
) -> None:
    if resident.awaiting:
        async with act() as db:
            await save_awaiting(db, resident.id, None)
    async with database.read() as db:
        version = await own_draft(db, resident, callback_data.version_id)
        screen = await draft_screen(db, version)
    await show(tap, screen)


@router.callback_query(AskToDropPlanDraft.filter())
async def ask_to_drop(
    tap: CallbackQuery, callback_data: AskToDropPlanDraft, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        version = await own_draft(db, resident, callback_data.version_id)
        comments = await count_comments(db, version.id)
    await show(tap, screens.ask_to_drop(version, comments))


@router.callback_query(DropPlanDraft.filter())
async def drop_draft(
    tap: CallbackQuery, callback_data: DropPlanDraft, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        version = await own_draft(db, resident, callback_data.version_id, lock=True)
        await queries.drop_draft(db, version, resident.id)
    await open_planning(tap, OpenPlanning(municipality_id=version.municipality_id), act, database, resident)


@router.callback_query(ShowForDiscussion.filter())
async def show_for_discussion(
    tap: CallbackQuery, callback_data: ShowForDiscussion, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        version = await own_draft(db, resident, callback_data.version_id, lock=True)
        changed = await queries.save_shown(db, version, resident.id, shown=callback_data.on)
        if changed and callback_data.on:
            await tell_discussed(db, version, resident.id)
    async with database.read() as db:
        version = await own_draft(db, resident, callback_data.version_id)
        screen = await draft_screen(db, version)
    await show(tap, screen, toast=texts.shown_toast() if callback_data.on else texts.hidden_toast())


@router.callback_query(ListComments.filter())
async def list_comments(
    tap: CallbackQuery, callback_data: ListComments, database: Database, resident: Resident
) -> None:
    page = max(callback_data.page, 0)
    async with database.read() as db:
        version = await own_version(db, resident, callback_data.version_id)
        found = await queries.list_comments(db, version.id, page)
        count = await count_comments(db, version.id)
    await show(tap, screens.comments(version, found, page, count))


@router.callback_query(EditMeasure.filter())
async def edit_measure(tap: CallbackQuery, callback_data: EditMeasure, act: Act, resident: Resident) -> None:
    """From the plan in force, a draft with the same words is begun, or the one at work goes on."""
    async with act() as db:
        card = await own_item(db, resident, callback_data.item_id)
        if not card.version.is_draft:
            draft = await find_draft(db, card.version.municipality_id)
            version_id = draft.id if draft else await queries.begin_draft(db, card.version, resident.id)
            copy = await queries.find_copy(db, version_id, card.measure.number)
            card = await _found(db, copy)
    await show(tap, screens.edit_measure(card))


async def _found(db: AsyncConnection, item_id: int | None) -> ItemCard:
    card = await find_item(db, item_id) if item_id else None
    if card is None:
        raise Gone
    return card


async def _own_item_of_draft(db: AsyncConnection, resident: Resident, item_id: int) -> ItemCard:
    card = await own_item(db, resident, item_id)
    if not card.version.is_draft:
        raise Gone
    return card


@router.callback_query(AskPart.filter())
async def ask_part(tap: CallbackQuery, callback_data: AskPart, act: Act, resident: Resident) -> None:
    if callback_data.part not in screens.EDITABLE:
        raise Gone
    async with act() as db:
        card = await _own_item_of_draft(db, resident, callback_data.item_id)
        await save_awaiting(db, resident.id, part_awaited(callback_data.part), card.id)
    await show(tap, screens.ask_part(card, callback_data.part))


@router.message(AwaitsPart(), F.text, ~F.text.startswith("/"))
async def take_part(message: Message, act: Act, resident: Resident) -> None:
    part, typed = PARTS[resident.awaiting or ""], (message.text or "").strip()
    async with act() as db:
        card = await _own_item_of_draft(db, resident, resident.awaiting_id or 0)
        years = card.version.first_year, card.version.last_year
        problem, measure, wrong = reread(
            card.problem, card.measure, part, "" if typed == NOTHING else typed, years
        )
        if not wrong:
            await _save(db, card, part, problem.goal)
            await queries.save_measure(db, card.id, problem, measure, card.measure_id)
            await save_awaiting(db, resident.id, None)
            card = await _found(db, card.id)
    await show(message, screens.ask_part(card, part, wrong) if wrong else screens.edit_measure(card))


async def _save(db: AsyncConnection, card: ItemCard, part: Part, goal: str) -> None:
    if part is Part.GOAL:
        await queries.save_problem(db, card.version.id, card.problem, {"goal": goal})


@router.callback_query(AskToRemoveMeasure.filter())
async def ask_to_remove(
    tap: CallbackQuery, callback_data: AskToRemoveMeasure, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        card = await _own_item_of_draft(db, resident, callback_data.item_id)
    await show(tap, screens.ask_to_remove(card))


@router.callback_query(RemoveMeasure.filter())
async def remove_measure(
    tap: CallbackQuery, callback_data: RemoveMeasure, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        card = await _own_item_of_draft(db, resident, callback_data.item_id)
        await queries.remove_measure(db, card.version, card.measure.number)
    async with database.read() as db:
        screen = await draft_screen(db, card.version)
    await show(tap, screen, toast=texts.removed_toast())
