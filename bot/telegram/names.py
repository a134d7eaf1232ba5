"""What people go by in Telegram now; no name is stored."""

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError


async def name_of(bot: Bot | None, telegram_id: int) -> str:
    """The first name, or nothing where Telegram does not tell it."""
    if bot is None:
        return ""
    try:
        return (await bot.get_chat(telegram_id)).first_name or ""
    except TelegramAPIError:
        return ""
