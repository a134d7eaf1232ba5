"""Whatever no other feature took: answered kindly, never with a crash and never with silence.

Keyboards stay clickable in chats for years. A button that no class unpacks any more says so and
shows the home screen with fresh data instead of leaving a spinner.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.db.session import Database
from bot.features.residents.fallback import texts
from bot.telegram.awaiting import is_command
from bot.telegram.navigation import home_button
from bot.telegram.screen import Event, Screen, acknowledge, send

router = Router(name="stale")
ShowHome = Callable[[Event, Database, datetime], Awaitable[None]]


@router.message(Command("help"))
async def help_(message: Message) -> None:
    await send(message.bot, message.chat.id, Screen(texts.help_(), [[home_button()]]))


@router.callback_query()
async def old_button(tap: CallbackQuery, show_home: ShowHome, database: Database, now: datetime) -> None:
    await acknowledge(tap, texts.old_button(), alert=True)
    await show_home(tap, database, now)


@router.edited_message()
async def edited(message: Message) -> None:
    await send(message.bot, message.chat.id, Screen(texts.edited(), [[home_button()]]))


@router.message()
async def anything_else(message: Message, show_home: ShowHome, database: Database, now: datetime) -> None:
    if is_command(message):
        await show_home(message, database, now)
    else:
        words = texts.did_not_understand()
        await send(message.bot, message.chat.id, Screen(words, [[home_button()]]))
