"""The menu of commands, in each language, for everyone and for the staff."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramAPIError, TelegramRetryAfter
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.domain.roles import COMMAND_OF, Role
from bot.i18n import LANGUAGES, speaking
from bot.telegram import role_texts, texts


async def register_commands(bot: Bot) -> None:
    """The menu that everyone sees, by the language of their Telegram (Russian where it is neither)."""
    scope = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands(_menu(()), scope=scope)
    for language in LANGUAGES:
        with speaking(language):
            await bot.set_my_commands(_menu(()), scope=scope, language_code=language)


async def register_own_commands(bot: Bot, chat_id: int, language: str, roles: Collection[Role]) -> None:
    """One person's menu: in the language they chose in the bot, with what their roles allow."""
    with speaking(language):
        await bot.set_my_commands(_menu(roles), scope=BotCommandScopeChat(chat_id=chat_id))


async def withdraw_own_commands(bot: Bot, chat_id: int) -> None:
    """Give a person everybody's menu again. It is a nicety: nothing else waits for it."""
    with suppress(TelegramAPIError):
        await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=chat_id))


async def trouble_of(menu: Callable[[], Awaitable[None]]) -> str | None:
    """Set a menu, waiting where Telegram asks for it; return what kept it from being set, if anything did."""
    while True:
        try:
            await menu()
        except TelegramRetryAfter as error:
            await asyncio.sleep(error.retry_after)
        except AiogramError as error:
            return type(error).__name__
        else:
            return None


def _menu(roles: Collection[Role]) -> list[BotCommand]:
    everybodys = [BotCommand(command=name, description=said()) for name, said in texts.COMMANDS.items()]
    own = [
        BotCommand(command=name, description=role_texts.command(role))
        for role, name in COMMAND_OF.items()
        if role in roles
    ]
    return [*everybodys, *own]
