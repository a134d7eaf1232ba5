"""/plan: read by everybody, an overview first and a measure with its whole chain last."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import find_municipality, list_topics, list_villages, save_awaiting
from bot.db.session import Database
from bot.db.silence_queries import require_may_write
from bot.domain.clock import local_day
from bot.domain.plan import LONGEST_COMMENT
from bot.domain.refusals import Gone, NotShown
from bot.domain.roles import PLANNERS, Resident, Role
from bot.domain.text import checked_text
from bot.features.plan.plan_queries import (
    ItemCard,
    Version,
    count_comments,
    find_before,
    find_current,
    find_draft,
    find_item,
    find_item_of,
    find_summary,
    like,
    list_items,
    list_shares,
    list_versions,
    list_village_counts,
)
from bot.features.plan.reading import queries, screens, texts
from bot.features.plan.reading.callbacks import (
    CommentItem,
    FollowMeasure,
    ListDirections,
    ListMeasures,
    ListPlanVillages,
    ListVersions,
    OpenPlan,
    OpenPlanOf,
    OpenPlanPapers,
    SearchPlan,
    ShowChanges,
    ShowMeasure,
    ShowPlanItem,
    View,
)
from bot.features.plan.reading.queries import Overview
from bot.features.plan.reading.states import COMMENT, SEARCH
from bot.i18n import named
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Event, Screen, show

router = Router(name="plan_reading")
SHORTEST_COMMENT = 3


async def readable(db: AsyncConnection, resident: Resident, version_id: int) -> Version:
    version = await queries.readable(db, resident, version_id)
    if version is None:
        raise Gone
    return version


@router.message(Command("plan"))
@router.callback_query(OpenPlan.filter())
async def open_plan(event: Event, act: Act, database: Database, resident: Resident) -> None:
    """The plan in force of one's own municipality, or that there is none yet."""
    await _end_question(act, resident)
    place_id = resident.municipality_id or 0
    async with database.read() as db:
        current = await find_current(db, place_id)
        if current:
            screen = await _overview(db, resident, current, act.now)
        else:
            place, draft = await find_municipality(db, place_id), await _shown_draft(db, place_id)
            if place is None:
                raise Gone
            screen = screens.no_plan(place.name, draft)
    await show(event, screen)


async def _end_question(act: Act, resident: Resident) -> None:
    """Whoever goes back to the plan has stopped answering."""
    if resident.awaiting in {SEARCH, COMMENT}:
        async with act() as db:
            await save_awaiting(db, resident.id, None)


async def _shown_draft(db: AsyncConnection, municipality_id: int) -> Version | None:
    draft = await find_draft(db, municipality_id)
    return draft if draft and draft.shown_at else None


async def _overview(db: AsyncConnection, resident: Resident, version: Version, now: datetime) -> Screen:
    is_at_home = resident.municipality_id == version.municipality_id
    found = Overview(
        version,
        await find_summary(db, version.id, local_day(now)),
        draft=await _shown_draft(db, version.municipality_id) if is_at_home else None,
    )
    return screens.overview(found, resident.village_id if is_at_home else None)


@router.callback_query(OpenPlanOf.filter())
async def open_plan_of(
    tap: CallbackQuery, callback_data: OpenPlanOf, act: Act, database: Database, resident: Resident
) -> None:
    await _end_question(act, resident)
    async with database.read() as db:
        version = await readable(db, resident, callback_data.version_id)
        screen = await _overview(db, resident, version, act.now)
    await show(tap, screen)


@router.callback_query(OpenPlanPapers.filter())
async def open_plan_papers(
    tap: CallbackQuery, callback_data: OpenPlanPapers, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        version = await readable(db, resident, callback_data.version_id)
        screen = await papers_screen(db, resident, version)
    await show(tap, screen)


async def papers_screen(db: AsyncConnection, resident: Resident, version: Version) -> Screen:
    has_older = await find_before(db, version) is not None
    may_plan = resident.is_one_of(PLANNERS, version.municipality_id)
    comments = await count_comments(db, version.id) if may_plan else 0
    return screens.papers(version, has_older=has_older, comments=comments)


@router.callback_query(ListDirections.filter())
async def list_directions(
    tap: CallbackQuery, callback_data: ListDirections, database: Database, resident: Resident, now: datetime
) -> None:
    async with database.read() as db:
        version = await readable(db, resident, callback_data.version_id)
        shares = await list_shares(db, version.id, local_day(now))
    await show(tap, screens.directions(version, shares))


@router.callback_query(ListPlanVillages.filter())
async def list_plan_villages(
    tap: CallbackQuery, callback_data: ListPlanVillages, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        version = await readable(db, resident, callback_data.version_id)
        found = await list_village_counts(db, version.id)
    await show(tap, screens.villages(version, found, callback_data.page))


@router.callback_query(ListMeasures.filter())
async def list_measures(
    tap: CallbackQuery, callback_data: ListMeasures, database: Database, resident: Resident, now: datetime
) -> None:
    view, key = callback_data.view, callback_data.key
    async with database.read() as db:
        version = await readable(db, resident, callback_data.version_id)
        found = await queries.find_page(db, version, view, key, callback_data.page, local_day(now))
        name = await _name(db, version, view, key)
    await show(tap, screens.measures(found, name, local_day(now)))


async def _name(db: AsyncConnection, version: Version, view: View, key: int) -> str:
    """Of the direction or the village that a list is about."""
    if view is View.DIRECTION:
        return next(
            (f"{each.emoji} {named(each.short)}" for each in await list_topics(db) if each.id == key), ""
        )
    if view is View.VILLAGE:
        villages = await list_villages(db, version.municipality_id)
        return next((named(each.name) for each in villages if each.id == key), "")
    return ""


@router.callback_query(SearchPlan.filter())
async def search_plan(tap: CallbackQuery, callback_data: SearchPlan, act: Act, resident: Resident) -> None:
    async with act() as db:
        version = await readable(db, resident, callback_data.version_id)
        await save_awaiting(db, resident.id, SEARCH, version.id)
    await show(tap, screens.ask_words(version))


async def _words_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        return screens.ask_words(await readable(db, asking.resident, asking.about))


@router.message(Awaits(SEARCH), F.text)
async def take_words(
    message: Message, about: int, database: Database, resident: Resident, now: datetime
) -> None:
    """The search goes on until another button is pressed."""
    typed = message.text or ""
    async with database.read() as db:
        version = await readable(db, resident, about)
        conditions = like(typed)
        items = await list_items(db, version.id, conditions, limit=queries.MOST_FOUND) if conditions else []
    await show(message, screens.found(version, typed, items, local_day(now)))


@router.callback_query(ShowPlanItem.filter())
async def show_plan_item(
    tap: CallbackQuery, callback_data: ShowPlanItem, act: Act, database: Database, resident: Resident
) -> None:
    await _end_question(act, resident)
    async with database.read() as db:
        screen = await item_screen(db, resident, await _item(db, resident, callback_data.item_id), act.now)
    await show(tap, screen)


@router.callback_query(ShowMeasure.filter())
async def show_measure(
    tap: CallbackQuery, callback_data: ShowMeasure, database: Database, resident: Resident, now: datetime
) -> None:
    async with database.read() as db:
        screen = await measure_screen(db, resident, callback_data.measure_id, now)
    await show(tap, screen)


async def measure_screen(db: AsyncConnection, resident: Resident, measure_id: int, now: datetime) -> Screen:
    """A measure in the newest version that holds it."""
    item_id = await find_item_of(db, measure_id)
    if item_id is None:
        raise Gone
    return await item_screen(db, resident, await _item(db, resident, item_id), now)


async def _item(db: AsyncConnection, resident: Resident, item_id: int) -> ItemCard:
    card = await find_item(db, item_id)
    if card is None:
        raise Gone
    queries.require_readable(resident, card.version)
    return card


async def item_screen(db: AsyncConnection, resident: Resident, card: ItemCard, now: datetime) -> Screen:
    place = card.version.municipality_id
    follows = bool(card.measure_id) and await queries.is_following(db, resident.id, card.measure_id or 0)
    return screens.item(
        card,
        local_day(now),
        follows=follows,
        may_plan=resident.is_one_of(PLANNERS, place),
        may_check=resident.holds(Role.MONITOR, place),
    )


@router.callback_query(FollowMeasure.filter())
async def follow_measure(
    tap: CallbackQuery, callback_data: FollowMeasure, act: Act, resident: Resident
) -> None:
    on = callback_data.on
    async with act() as db:
        if await find_item_of(db, callback_data.measure_id) is None:
            raise Gone
        await queries.save_follower(db, resident.id, callback_data.measure_id, on=on)
        screen = await measure_screen(db, resident, callback_data.measure_id, act.now)
    await show(tap, screen, toast=texts.follow_toast() if on else texts.unfollow_toast())


@router.callback_query(CommentItem.filter())
async def comment_item(tap: CallbackQuery, callback_data: CommentItem, act: Act, resident: Resident) -> None:
    async with act() as db:
        card = await _discussed_by(db, resident, callback_data.item_id, act.now)
        await save_awaiting(db, resident.id, COMMENT, card.id)
    await show(tap, screens.ask_comment(card))


async def _discussed(db: AsyncConnection, resident: Resident, item_id: int) -> ItemCard:
    """A measure of a draft that is shown to this person for discussion."""
    card = await _item(db, resident, item_id)
    if not card.version.is_draft or card.version.shown_at is None:
        raise NotShown
    return card


async def _discussed_by(db: AsyncConnection, resident: Resident, item_id: int, now: datetime) -> ItemCard:
    """The same for somebody who is to say something of it."""
    card = await _discussed(db, resident, item_id)
    await require_may_write(db, resident.id, card.version.municipality_id, now)
    return card


async def _comment_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        card = await _discussed(db, asking.resident, asking.about)
        await queries.require_comments_left(db, card.version.id, asking.resident, asking.now)
    return screens.ask_comment(card)


PROMPTS: Prompts = {SEARCH: _words_again, COMMENT: _comment_again}


@router.message(Awaits(COMMENT), F.text)
async def take_comment(message: Message, about: int, act: Act, resident: Resident) -> None:
    words = checked_text(message.text or "", SHORTEST_COMMENT, LONGEST_COMMENT)
    async with act() as db:
        card = await _discussed_by(db, resident, about, act.now)
        await queries.save_comment(db, card.version.id, card.measure.number, resident, words, act.now)
        await save_awaiting(db, resident.id, None)
    await show(message, screens.commented(card))


@router.callback_query(ListVersions.filter())
async def list_all_versions(tap: CallbackQuery, callback_data: ListVersions, database: Database) -> None:
    async with database.read() as db:
        found = await list_versions(db, callback_data.municipality_id, limit=screens.MOST_VERSIONS)
    await show(tap, screens.versions(found))


@router.callback_query(ShowChanges.filter())
async def show_changes(
    tap: CallbackQuery, callback_data: ShowChanges, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        version = await readable(db, resident, callback_data.version_id)
        found = await queries.find_changes(db, version)
    await show(tap, screens.changes(version, found, callback_data.page))
