"""Groups and channels that nobody links are left: whoever adds the bot there has no use of it."""

from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError

from bot.db.session import Database
from bot.features.hearings.officer_home import chat_texts as texts
from bot.features.hearings.officer_home.chat_queries import claim_unlinked, save_no_stranger
from bot.telegram.screen import Screen, send

log = structlog.get_logger()


async def leave_unlinked(bot: Bot, database: Database, now: datetime) -> int:
    """Leave the chats that were not linked in time; return how many. What fails is tried again later."""
    async with database.act() as db:
        overdue = await claim_unlinked(db, now)
    left = 0
    for chat_id in overdue:
        if await _is_left(bot, chat_id):
            async with database.act() as db:
                await save_no_stranger(db, chat_id)
            left += 1
    return left


async def _is_left(bot: Bot, chat_id: int) -> bool:
    """Whether the bot is in the chat no longer."""
    try:
        await _take_leave(bot, chat_id)
        await bot.leave_chat(chat_id)
    except (TelegramForbiddenError, TelegramBadRequest):
        # It was sent away before, or the chat is gone.
        return True
    except TelegramAPIError as error:
        log.info("a chat could not be left", trouble=type(error).__name__)
        return False
    return True


async def _take_leave(bot: Bot, chat_id: int) -> None:
    """One sentence in a group; the readers of a channel have nothing to do with it."""
    if (await bot.get_chat(chat_id)).type == ChatType.CHANNEL:
        return
    try:
        await send(bot, chat_id, Screen(texts.leaving()))
    except (TelegramForbiddenError, TelegramBadRequest):
        log.info("a group that is left could not be told so")
