"""Files that a person gets: said at once to be on their way, and sent once they are made."""

from collections.abc import Mapping

from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.types import BufferedInputFile, CallbackQuery

from bot.telegram import texts
from bot.telegram.screen import acknowledge


async def say_being_made(tap: CallbackQuery, bot: Bot) -> None:
    """Before a file is made, for that takes a while."""
    await acknowledge(tap, texts.being_made())
    await bot.send_chat_action(tap.from_user.id, ChatAction.UPLOAD_DOCUMENT)


async def say_being_drawn(tap: CallbackQuery, bot: Bot) -> None:
    """Before pictures are drawn."""
    await acknowledge(tap, texts.being_drawn())
    await bot.send_chat_action(tap.from_user.id, ChatAction.UPLOAD_PHOTO)


async def send_files(bot: Bot, chat_id: int, files: Mapping[str, bytes], caption: str | None = None) -> None:
    """One after another, by their names, each with the same caption in plain words."""
    for name, content in files.items():
        await bot.send_document(chat_id, BufferedInputFile(content, name), caption=caption, parse_mode=None)


async def send_stored(bot: Bot, chat_id: int, file_id: str, caption: str, *, is_photo: bool) -> None:
    """A file that somebody once sent to the bot, by Telegram's number of it."""
    send = bot.send_photo if is_photo else bot.send_document
    await send(chat_id, file_id, caption=caption, parse_mode=None)
