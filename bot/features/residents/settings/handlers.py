"""/settings"""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery

from bot.db.session import Database
from bot.domain.roles import Resident
from bot.features.residents.settings import queries, screens, texts
from bot.features.residents.settings.callbacks import OpenNotices, OpenSettings, SetNotice
from bot.telegram.act import Act
from bot.telegram.navigation import ChooseNotices
from bot.telegram.screen import Event, Screen, acknowledge, send, show

router = Router(name="preferences")


@router.message(Command("settings"))
@router.callback_query(OpenSettings.filter())
async def open_settings(event: Event) -> None:
    await show(event, screens.settings())


@router.callback_query(OpenNotices.filter())
async def open_notices(tap: CallbackQuery, database: Database, resident: Resident) -> None:
    await show(tap, await _notices(database, resident))


@router.callback_query(ChooseNotices.filter())
async def choose_notices(tap: CallbackQuery, database: Database, resident: Resident) -> None:
    """Below the notice, for that may still have to be read and answered."""
    screen = await _notices(database, resident)
    await acknowledge(tap)
    await send(tap.bot, tap.from_user.id, screen)


@router.callback_query(SetNotice.filter())
async def set_notice(tap: CallbackQuery, callback_data: SetNotice, act: Act, resident: Resident) -> None:
    topic, on = callback_data.topic, callback_data.on
    async with act() as db:
        await queries.save_notice(db, resident.id, topic, on=on)
        muted = await queries.list_muted(db, resident.id)
    await show(tap, screens.notices(muted), toast=texts.set_toast(on=on))


async def _notices(database: Database, resident: Resident) -> Screen:
    async with database.read() as db:
        return screens.notices(await queries.list_muted(db, resident.id))
