"""What people, and the bot itself, go by in Telegram now; no name is stored."""

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError


async def name_of(bot: Bot, telegram_id: int) -> str:
    """The first name, or nothing where Telegram does not tell it."""
    try:
        return (await bot.get_chat(telegram_id)).first_name or ""
    except TelegramAPIError:
        return ""


async def username_of(bot: Bot) -> str:
    """The bot's own name, as it stands in links; Telegram is asked once."""
    return (await bot.me()).username or ""
