"""Menus of commands are set at the start for whoever can have one."""

from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware
from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter
from aiogram.methods import SetMyCommands, TelegramMethod
from aiogram.types import BotCommandScopeChat
from structlog.testing import capture_logs

from bot.app import introduce
from bot.sandbox.methods import menu_of
from tests.stage import Stage, Visitor


class Choosy(BaseRequestMiddleware):
    """Telegram does not know some people, and asks for patience with others, once."""

    def __init__(self, unknown: set[int], slow: set[int]) -> None:
        self._unknown = unknown
        self._slow = slow

    async def __call__(self, make_request: Any, bot: Bot, method: TelegramMethod[Any]) -> Any:
        if isinstance(method, SetMyCommands) and isinstance(method.scope, BotCommandScopeChat):
            if method.scope.chat_id in self._unknown:
                raise TelegramBadRequest(method, "chat not found")
            if method.scope.chat_id in self._slow:
                self._slow.remove(int(method.scope.chat_id))
                raise TelegramRetryAfter(method, "retry after", retry_after=1)
        return await make_request(bot, method)


async def test_whoever_telegram_does_not_know_keeps_nobody_else_from_a_menu(stage: Stage) -> None:
    staff = [await stage.facilitator() for _each in range(4)]
    gone, slow, *_others = [each.id for each in staff]
    expected = [commands(stage, each) for each in staff]
    stage.world.commands.clear()
    stage.bot.session.middleware(Choosy({gone}, {slow}))
    with capture_logs() as logged:
        await introduce(stage.bot, stage.database)
    assert [commands(stage, each) for each in staff[1:]] == expected[1:]
    told = [line for line in logged if "menus" in line["event"]]
    assert [line["troubles"] for line in told] == [{"TelegramBadRequest": 1}]


def commands(stage: Stage, visitor: Visitor) -> list[str]:
    return [each["command"] for each in menu_of(stage.world, stage.world.people[visitor.id])]
