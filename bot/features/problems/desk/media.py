"""Taking a photo, voice message or place out of a problem: each by itself, after it was looked at."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import save_journal
from bot.db.session import Database
from bot.domain.refusals import Gone
from bot.domain.roles import Resident
from bot.features.problems import card_texts as cards
from bot.features.problems.desk import media_queries, media_screens, media_texts
from bot.features.problems.desk.access import moderated
from bot.features.problems.desk.callbacks import ListMedia, RemoveMedia, SeeMedia
from bot.features.problems.desk.media_queries import Kept
from bot.features.problems.desk.queries import Report
from bot.telegram.act import Act
from bot.telegram.media import send_media
from bot.telegram.screen import Screen, acknowledge, send, show

router = Router(name="media of problems")


@router.callback_query(ListMedia.filter())
async def list_media(
    tap: CallbackQuery, callback_data: ListMedia, database: Database, resident: Resident, now: datetime
) -> None:
    async with database.read() as db:
        screen = await _listed(db, resident, callback_data.problem_id, now)
    await show(tap, screen)


@router.callback_query(SeeMedia.filter())
async def see_media(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: SeeMedia,
    database: Database,
    resident: Resident,
    now: datetime,
) -> None:
    """The button that takes it out comes below it, in a message of its own."""
    async with database.read() as db:
        report = await moderated(db, resident, callback_data.problem_id, now)
        place, kept = await _one_of(db, report, callback_data.attachment_id)
    await acknowledge(tap)
    caption = cards.media_caption(kept.media.kind, report.card.number)
    await send_media(bot, tap.from_user.id, [kept.media], [caption])
    await send(bot, tap.from_user.id, media_screens.seen(report.card, place, kept))


@router.callback_query(RemoveMedia.filter())
async def remove_media(tap: CallbackQuery, callback_data: RemoveMedia, act: Act, resident: Resident) -> None:
    """The same press again finds it gone."""
    async with act() as db:
        report = await moderated(db, resident, callback_data.problem_id, act.now, lock=True)
        kind = await media_queries.delete_media(db, report.card.id, callback_data.attachment_id)
        if kind is not None:
            await save_journal(db, "problem.media_removed", by=resident.id, of=report, kind=kind)
        screen = await _listed(db, resident, report.card.id, act.now)
    await show(tap, screen, toast=media_texts.removed_toast())


async def _listed(db: AsyncConnection, resident: Resident, problem_id: int, now: datetime) -> Screen:
    report = await moderated(db, resident, problem_id, now)
    return media_screens.listed(report.card, await media_queries.list_kept(db, problem_id))


async def _one_of(db: AsyncConnection, report: Report, attachment_id: int) -> tuple[int, Kept]:
    """Its place in the list, from 1, and the thing itself."""
    for place, kept in enumerate(await media_queries.list_kept(db, report.card.id), 1):
        if kept.id == attachment_id:
            return place, kept
    raise Gone
