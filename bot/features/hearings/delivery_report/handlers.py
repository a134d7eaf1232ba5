"""The dispatch report, stopping what still goes out, and the notice for the board. For officers only."""

import asyncio

from aiogram import Bot, Router
from aiogram.types import CallbackQuery

from bot.db.delivery_queries import save_stopped
from bot.db.queries import save_journal
from bot.db.session import Database
from bot.domain.hearing import HearingStatus
from bot.domain.refusals import Gone
from bot.domain.roles import Resident, Role, allowed
from bot.features.hearings.delivery_report import screens, texts
from bot.features.hearings.delivery_report.callbacks import (
    AskToStop,
    ExportDispatch,
    MakePoster,
    ShowDispatch,
    StopBroadcast,
)
from bot.features.hearings.delivery_report.exporting import dispatch_file
from bot.features.hearings.delivery_report.poster import poster
from bot.features.hearings.delivery_report.queries import (
    Dispatch,
    find_broadcast,
    find_dispatch,
)
from bot.features.hearings.hearing_queries import HearingCard, find_hearing
from bot.telegram.act import Act
from bot.telegram.files import say_being_made, send_files
from bot.telegram.names import username_of
from bot.telegram.screen import acknowledge, send, show

router = Router(name="dispatch")


@router.callback_query(ShowDispatch.filter())
async def show_dispatch(
    tap: CallbackQuery, callback_data: ShowDispatch, database: Database, resident: Resident
) -> None:
    await show(tap, screens.dispatch(await _dispatch(database, resident, callback_data.hearing_id)))


@router.callback_query(ExportDispatch.filter())
async def export_dispatch(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: ExportDispatch,
    act: Act,
    database: Database,
    resident: Resident,
) -> None:
    found = await _dispatch(database, resident, callback_data.hearing_id)
    form = callback_data.form
    async with act() as db:
        await save_journal(db, "dispatch.exported", by=resident.id, of=found.hearing, form=form)
    await say_being_made(tap, bot)
    await send_files(bot, tap.from_user.id, await dispatch_file(found, form, act.now), texts.caption(found))


@router.callback_query(MakePoster.filter())
async def make_poster(
    tap: CallbackQuery, bot: Bot, callback_data: MakePoster, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        hearing = await find_hearing(db, callback_data.hearing_id)
    _require_announced(resident, hearing)
    if hearing is None:
        raise Gone
    await say_being_made(tap, bot)
    printed = await asyncio.to_thread(poster, hearing, await username_of(bot))
    await send_files(bot, tap.from_user.id, {f"hearing-{hearing.id}.pdf": printed}, texts.for_the_board())


@router.callback_query(AskToStop.filter())
async def ask_to_stop(
    tap: CallbackQuery, callback_data: AskToStop, database: Database, resident: Resident
) -> None:
    """Asked in a message of its own: the bar that was tapped is edited again in a moment."""
    async with database.read() as db:
        broadcast = await find_broadcast(db, callback_data.broadcast_id)
    broadcast = allowed(resident, broadcast, Role.OFFICER)
    make = screens.sure_to_stop if broadcast.counts.waiting else screens.nothing_to_stop
    await acknowledge(tap)
    await send(tap.bot, tap.from_user.id, make(broadcast))


@router.callback_query(StopBroadcast.filter())
async def stop_broadcast(
    tap: CallbackQuery, callback_data: StopBroadcast, act: Act, resident: Resident
) -> None:
    """What was sent stays recorded. Where nothing waits any more, nothing is stopped."""
    async with act() as db:
        broadcast = allowed(resident, await find_broadcast(db, callback_data.broadcast_id), Role.OFFICER)
        if waited := broadcast.counts.waiting > 0:
            await save_stopped(db, broadcast.id, resident.id)
            await save_journal(db, "broadcast.stopped", by=resident.id, of=broadcast)
            broadcast = allowed(resident, await find_broadcast(db, broadcast.id), Role.OFFICER)
    await show(tap, (screens.stopped if waited else screens.nothing_to_stop)(broadcast))


async def _dispatch(database: Database, resident: Resident, hearing_id: int) -> Dispatch:
    async with database.read() as db:
        _require_announced(resident, await find_hearing(db, hearing_id))
        found = await find_dispatch(db, hearing_id)
    if found is None:
        raise Gone
    return found


def _require_announced(resident: Resident, hearing: HearingCard | None) -> None:
    if allowed(resident, hearing, Role.OFFICER).status is HearingStatus.DRAFT:
        raise Gone
