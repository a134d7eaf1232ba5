"""The desk: what waits, narrowed to a village or a topic, and the next report to decide on."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import list_names, list_topics, list_villages, save_awaiting
from bot.db.session import Database
from bot.domain.moderation import Narrowing
from bot.domain.problem import Purpose
from bot.domain.refusals import Gone, NotAllowed
from bot.domain.roles import Resident, Role
from bot.features.problems import card_texts as cards
from bot.features.problems.desk import access, queries, screens, texts
from bot.features.problems.desk.callbacks import (
    ListWaitingTopics,
    ListWaitingVillages,
    NarrowQueue,
    OpenDesk,
    OpenDeskOf,
    ShowDeskProblem,
    ShowMore,
    ShowNextReport,
    ShowReport,
    ShowReportMedia,
    TakeProblem,
)
from bot.features.problems.problem_queries import list_attachments
from bot.telegram.act import Act
from bot.telegram.media import send_media
from bot.telegram.screen import Event, Screen, acknowledge, show

router = Router(name="desk")


@router.message(Command("desk"))
@router.callback_query(OpenDesk.filter())
async def open_desk(event: Event, act: Act, database: Database, resident: Resident) -> None:
    held = resident.municipalities_as(Role.FACILITATOR)
    if not held:
        raise NotAllowed((Role.FACILITATOR,))
    async with act() as db:
        await _put_down(db, resident)
        names = await list_names(db, held)
    if len(held) == 1:
        await show(event, await _desk(database, held[0], resident, act.now))
    else:
        await show(event, screens.which_desk(names))


@router.callback_query(OpenDeskOf.filter())
async def open_desk_of(
    tap: CallbackQuery, callback_data: OpenDeskOf, act: Act, database: Database, resident: Resident
) -> None:
    resident.require(Role.FACILITATOR, callback_data.municipality_id)
    async with act() as db:
        await _put_down(db, resident)
    await show(tap, await _desk(database, callback_data.municipality_id, resident, act.now))


async def _put_down(db: AsyncConnection, resident: Resident) -> None:
    """Whoever comes back to the desk has nothing before them, and is asked nothing any more."""
    await queries.save_freed(db, resident.id)
    if resident.awaiting:
        await save_awaiting(db, resident.id, None)


async def _desk(database: Database, municipality_id: int, resident: Resident, now: datetime) -> Screen:
    async with database.read() as db:
        narrowing = await queries.find_narrowing(db, resident.id, municipality_id)
        found = await queries.find_desk(db, municipality_id, narrowing, now)
    if found is None:
        raise Gone
    return screens.desk(found)


@router.callback_query(ShowNextReport.filter())
async def show_next_report(
    tap: CallbackQuery, callback_data: ShowNextReport, act: Act, database: Database, resident: Resident
) -> None:
    municipality_id = callback_data.municipality_id
    resident.require(Role.FACILITATOR, municipality_id)
    async with act() as db:
        following = await take_next(db, municipality_id, callback_data.after, resident, act.now)
    await show(tap, await next_screen(database, municipality_id, following, resident, act.now))


async def take_next(
    db: AsyncConnection, municipality_id: int, after: int, resident: Resident, now: datetime
) -> int | None:
    """The next report that nobody else has, now held by this facilitator."""
    narrowing = await queries.find_narrowing(db, resident.id, municipality_id)
    return await queries.save_next_held(db, municipality_id, after, narrowing, resident.id, now)


async def next_screen(
    database: Database, municipality_id: int, problem_id: int | None, resident: Resident, now: datetime
) -> Screen:
    async with database.read() as db:
        report = await queries.find_report(db, problem_id, now, reader=resident.id) if problem_id else None
        narrowing = await queries.find_narrowing(db, resident.id, municipality_id)
        desk = await queries.find_desk(db, municipality_id, narrowing, now)
    if desk is None:
        raise Gone
    if report is None:
        return screens.queue_is_empty(desk)
    return screens.report(report, desk.narrowed)


async def decided_screen(database: Database, problem_id: int, resident: Resident, now: datetime) -> Screen:
    """What was just decided, and the ways on."""
    async with database.read() as db:
        report = await access.moderated(db, resident, problem_id, now)
        narrowing = await queries.find_narrowing(db, resident.id, report.municipality_id)
        desk = await queries.find_desk(db, report.municipality_id, narrowing, now)
    if desk is None:
        raise Gone
    return screens.decided(report, desk)


@router.callback_query(ShowReport.filter())
@router.callback_query(ShowDeskProblem.filter())
async def show_report(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: ShowReport | ShowDeskProblem,
    act: Act,
    database: Database,
    resident: Resident,
) -> None:
    await show(tap, await access.open_and_hold(act, database, bot, resident, callback_data.problem_id))


@router.callback_query(TakeProblem.filter())
async def take_problem(
    tap: CallbackQuery, bot: Bot, callback_data: TakeProblem, act: Act, database: Database, resident: Resident
) -> None:
    """Take over what a colleague has before them; they are told when they decide."""
    async with act() as db:
        report = await access.moderated(db, resident, callback_data.problem_id, act.now)
        await queries.save_freed(db, resident.id, besides=report.card.id)
        await queries.save_held(db, report.card.id, resident.id, act.now, take_over=True)
    await show(tap, await access.open_and_hold(act, database, bot, resident, callback_data.problem_id))


@router.callback_query(ShowMore.filter())
async def show_more(
    tap: CallbackQuery, callback_data: ShowMore, database: Database, resident: Resident, now: datetime
) -> None:
    async with database.read() as db:
        report = await access.moderated(db, resident, callback_data.problem_id, now)
    await show(tap, screens.more(report))


@router.callback_query(NarrowQueue.filter())
async def narrow_queue(
    tap: CallbackQuery, callback_data: NarrowQueue, act: Act, database: Database, resident: Resident
) -> None:
    municipality_id = callback_data.municipality_id
    resident.require(Role.FACILITATOR, municipality_id)
    wanted = Narrowing(callback_data.village_id or None, callback_data.topic_id or None)
    async with act() as db:
        await _require_known(db, municipality_id, wanted)
        await queries.save_narrowing(db, resident.id, municipality_id, wanted)
    await show(tap, await _desk(database, municipality_id, resident, act.now))


async def _require_known(db: AsyncConnection, municipality_id: int, wanted: Narrowing) -> None:
    villages = {each.id for each in await list_villages(db, municipality_id)}
    topics = {each.id for each in await list_topics(db)}
    if wanted.village_id not in {None, *villages} or wanted.topic_id not in {None, *topics}:
        raise Gone


@router.callback_query(ListWaitingVillages.filter())
@router.callback_query(ListWaitingTopics.filter())
async def list_shares(
    tap: CallbackQuery,
    callback_data: ListWaitingVillages | ListWaitingTopics,
    database: Database,
    resident: Resident,
) -> None:
    municipality_id, page = callback_data.municipality_id, callback_data.page
    resident.require(Role.FACILITATOR, municipality_id)
    async with database.read() as db:
        narrowing = await queries.find_narrowing(db, resident.id, municipality_id)
        if isinstance(callback_data, ListWaitingVillages):
            villages = await queries.list_shares_of_villages(db, municipality_id)
            screen = screens.which_village(municipality_id, villages, narrowing, page)
        else:
            topics = await queries.list_shares_of_topics(db, municipality_id)
            screen = screens.which_topic(municipality_id, topics, narrowing, page)
    await show(tap, screen)


@router.callback_query(ShowReportMedia.filter())
async def show_report_media(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: ShowReportMedia,
    database: Database,
    resident: Resident,
    now: datetime,
) -> None:
    async with database.read() as db:
        report = await access.moderated(db, resident, callback_data.problem_id, now)
        media = [
            each
            for purpose in Purpose
            for each in await list_attachments(db, report.card.id, purpose, kept_back=True)
        ]
    await acknowledge(tap, None if media else texts.no_photo())
    captions = [cards.media_caption(each.kind, report.card.number) for each in media]
    await send_media(bot, tap.from_user.id, media, captions)
