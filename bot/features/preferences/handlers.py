"""/settings"""

from aiogram import Router
from aiogram.filters import Command

from bot.features.preferences import screens
from bot.features.preferences.callbacks import OpenSettings
from bot.telegram.screen import Event, show

router = Router(name="preferences")


@router.message(Command("settings"))
@router.callback_query(OpenSettings.filter())
async def open_settings(event: Event) -> None:
    await show(event, screens.settings())
