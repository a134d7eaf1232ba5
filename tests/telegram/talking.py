"""A bot that speaks to the sandbox's Bot API without HTTP, and what became of its calls."""

from collections.abc import Callable
from typing import Any

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.methods import TelegramMethod

from bot.sandbox.limits import Limits
from bot.sandbox.methods import BotApi
from bot.sandbox.world import TOKEN, World
from bot.telegram.traffic import Traffic
from tests.stage import DirectSession
from tests.telegram.in_no_time import now

# What goes wrong with a call, by the call; None when nothing does.
Trouble = Callable[[TelegramMethod[Any]], Exception | None]


class Talker(DirectSession):
    """Notes the moments at which calls were made; some of them meet a trouble."""

    def __init__(self, api: BotApi, trouble: Trouble | None = None) -> None:
        super().__init__(api)
        self.made: list[tuple[float, Any]] = []
        self._trouble = trouble or (lambda _method: None)

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109  # aiogram's signature
    ) -> Any:
        self.made.append((now(), getattr(method, "chat_id", None)))
        if error := self._trouble(method):
            raise error
        return await super().make_request(bot, method, timeout)

    def moments(self, chat_id: int) -> list[float]:
        return [moment for moment, chat in self.made if chat == chat_id]


class Talk:
    """The bot, and people who may be written to."""

    def __init__(
        self, most_a_second: int = 30, limits: Limits | None = None, trouble: Trouble | None = None
    ) -> None:
        self.world = World()
        self.session = Talker(BotApi(self.world, limits), trouble)
        self.traffic = Traffic(most_a_second)
        self.session.middleware(self.traffic)
        self.bot = Bot(TOKEN, self.session, DefaultBotProperties(parse_mode="HTML"))

    def person(self) -> int:
        someone = self.world.add_person("Visitor", "ru")
        someone.started = True
        return someone.id

    def people(self, number: int) -> list[int]:
        return [self.person() for _each in range(number)]

    def hold(self, chat_id: int, seconds: int) -> None:
        """Telegram will ask for patience with this chat."""
        self.session.server.pace.hold(chat_id, seconds)
