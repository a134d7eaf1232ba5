"""The draft: looked at, shown for discussion, changed by little, dropped."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import lock_municipality, save_awaiting
from bot.db.session import Database
from bot.domain.plan import COLUMN_OF, OF_PROBLEM, Measure, Part, PlannedProblem
from bot.domain.refusals import Gone, OldVersion, OtherDraft
from bot.domain.roles import Resident
from bot.features.plan.drafting import queries, screens, texts
from bot.features.plan.drafting.access import own_draft, own_item, own_version
from bot.features.plan.drafting.callbacks import (
    AddOrRemove,
    AskNewMeasure,
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
from bot.features.plan.drafting.importing import open_planning
from bot.features.plan.drafting.rows import edit_cell
from bot.features.plan.drafting.states import ADDED, PARTS
from bot.features.plan.drafting.telling import tell_discussed
from bot.features.plan.plan_queries import (
    ItemCard,
    Version,
    count_comments,
    count_items,
    find_current,
    find_draft,
    find_item,
)
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="plan_drafting")
# Sent instead of words, it leaves the part empty.
NOTHING = "-"


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
        changed = await queries.save_shown(db, version, resident.id, act.now, shown=callback_data.on)
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
    async with database.read() as db:
        version = await own_version(db, resident, callback_data.version_id)
        found, page = await queries.list_comments(db, version.id, callback_data.page)
    await show(tap, screens.comments(version, found, page))


@router.callback_query(EditMeasure.filter())
async def edit_measure(tap: CallbackQuery, callback_data: EditMeasure, act: Act, resident: Resident) -> None:
    """From the plan in force, a draft with the same words is begun, or the one at work goes on."""
    async with act() as db:
        card = await own_item(db, resident, callback_data.item_id)
        if not card.version.is_draft:
            version_id = await _draft_of_the_same(db, card.version, resident, act.now)
            copy = await queries.find_copy(db, version_id, card.measure.number)
            card = await _found(db, copy)
    await show(tap, screens.edit_measure(card))


async def _draft_of_the_same(db: AsyncConnection, version: Version, resident: Resident, now: datetime) -> int:
    """The draft at work, or one begun from the plan in force, whichever version the button stands below."""
    await lock_municipality(db, version.municipality_id)
    draft = await find_draft(db, version.municipality_id)
    if draft and draft.plan_id == version.plan_id:
        return draft.id
    current = await find_current(db, version.municipality_id)
    if current is None or current.plan_id != version.plan_id:
        raise OldVersion
    if draft:
        raise OtherDraft
    return await queries.begin_draft(db, current, resident.id, now)


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


async def _locked_item(db: AsyncConnection, resident: Resident, item_id: int) -> ItemCard:
    """Held until the act is committed: planners change one after the other, and never what was adopted."""
    card = await _own_item_of_draft(db, resident, item_id)
    await own_draft(db, resident, card.version.id, lock=True)
    return await _found(db, item_id)


@router.callback_query(AskPart.filter())
async def ask_part(tap: CallbackQuery, callback_data: AskPart, act: Act, resident: Resident) -> None:
    if callback_data.part not in screens.EDITABLE:
        raise Gone
    async with act() as db:
        card = await _own_item_of_draft(db, resident, callback_data.item_id)
        await save_awaiting(db, resident.id, f"{PARTS}{callback_data.part}", card.id)
    await show(tap, screens.ask_part(card, callback_data.part))


async def _part_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        card = await _own_item_of_draft(db, asking.resident, asking.about)
    return screens.ask_part(card, asking.part(PARTS, Part))


async def _new_measure_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        return screens.ask_new_measure(await _own_item_of_draft(db, asking.resident, asking.about))


PROMPTS: Prompts = {PARTS: _part_again, ADDED: _new_measure_again}


@router.message(Awaits(PARTS, then=Part), F.text)
async def take_part(message: Message, about: int, part: Part, act: Act, resident: Resident) -> None:
    typed = (message.text or "").strip()
    async with act() as db:
        card = await _locked_item(db, resident, about)
        years = card.version.first_year, card.version.last_year
        problem, measure, wrong = edit_cell(
            card.problem, card.measure, part, "" if typed == NOTHING else typed, years
        )
        if not wrong:
            await _save(db, card, part, problem)
            await queries.save_measure(db, card, problem, measure)
            await save_awaiting(db, resident.id, None)
            card = await _found(db, card.id)
    await show(message, screens.ask_part(card, part, wrong) if wrong else screens.edit_measure(card))


async def _save(db: AsyncConnection, card: ItemCard, part: Part, problem: PlannedProblem) -> None:
    column = COLUMN_OF[part]
    if column in OF_PROBLEM:
        values = {column.field: getattr(problem, column.field)}
        await queries.save_problem(db, card.version.id, card.problem, values)


@router.callback_query(AddOrRemove.filter())
async def add_or_remove(
    tap: CallbackQuery, callback_data: AddOrRemove, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        card = await _own_item_of_draft(db, resident, callback_data.item_id)
    await show(tap, screens.add_or_remove(card))


@router.callback_query(AskNewMeasure.filter())
async def ask_new_measure(
    tap: CallbackQuery, callback_data: AskNewMeasure, act: Act, resident: Resident
) -> None:
    async with act() as db:
        card = await _own_item_of_draft(db, resident, callback_data.item_id)
        await save_awaiting(db, resident.id, ADDED, card.id)
    await show(tap, screens.ask_new_measure(card))


@router.message(Awaits(ADDED), F.text)
async def take_new_measure(message: Message, about: int, act: Act, resident: Resident) -> None:
    typed = (message.text or "").strip()
    async with act() as db:
        card = await _locked_item(db, resident, about)
        years = card.version.first_year, card.version.last_year
        _problem, measure, wrong = edit_cell(card.problem, Measure(0, ""), Part.MEASURE, typed, years)
        if not wrong:
            card = await _found(db, await queries.add_measure(db, card, measure))
            await save_awaiting(db, resident.id, None)
    await show(message, screens.ask_new_measure(card, wrong) if wrong else screens.edit_measure(card))


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
        card = await _locked_item(db, resident, callback_data.item_id)
        await queries.remove_measure(db, card.version, card.measure.number)
    async with database.read() as db:
        screen = await draft_screen(db, card.version)
    await show(tap, screen, toast=texts.removed_toast())
