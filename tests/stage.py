"""A stage for feature tests: the real dispatcher and a real database, with visitors who send and tap.

The bot's calls go to the sandbox's Bot API without HTTP, so what Telegram would refuse is refused here.
"""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.enums import ParseMode
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import TelegramMethod
from aiogram.types import InputFile

from bot.app import App, create_app
from bot.db.session import Database
from bot.domain.clock import Clock, utc_now
from bot.domain.roles import Role
from bot.features.residents.invitations.invites import make_invite
from bot.sandbox.methods import BotApi
from bot.sandbox.people import Message
from bot.sandbox.world import TOKEN, StoredFile, World
from bot.settings import Settings

# Tests run at any hour, and a person of theirs may hear two things within a second.
UNHURRIED = Settings(
    _env_file=None,
    quiet_from=0,
    quiet_to=0,
    deliveries_per_second=1000,
    messages_per_second=1000,
    person_pause_seconds=0,
    group_messages_per_minute=6000,
    words_back_per_day=20,
)


class DirectSession(BaseSession):
    """Hands every call straight to the sandbox's Bot API."""

    def __init__(self, api: BotApi) -> None:
        super().__init__()
        self.server = api
        self.calls: list[str] = []

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109  # aiogram's signature
    ) -> Any:
        files: dict[str, InputFile] = {}
        params = {
            name: prepared
            for name, value in method.model_dump(warnings=False).items()
            if (prepared := self.prepare_value(value, bot=bot, files=files)) is not None
        }
        uploads = {name: await _read(file, bot) for name, file in files.items()}
        self.calls.append(method.__api_method__)
        answer = await self.server.call(bot.token, method.__api_method__, params, uploads)
        status = 200 if answer["ok"] else answer["error_code"]
        return self.check_response(bot, method, status, self.json_dumps(answer)).result

    async def stream_content(self, url: str, *_args: Any, **_kwargs: Any) -> AsyncGenerator[bytes, None]:
        """A file is stored under its number, with which its address ends."""
        yield self.server.world.files[url.rpartition("/")[2]].content

    async def close(self) -> None:
        pass


async def _read(file: InputFile, bot: Bot) -> StoredFile:
    content = b"".join([chunk async for chunk in file.read(bot)])
    return StoredFile(file.filename or "file", "application/octet-stream", content)


class Stage:
    """The bot, its database, and the people around it."""

    def __init__(
        self,
        database: Database,
        settings: Settings | None = None,
        world: World | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self.world = world or World()
        self.database = database
        self.session = DirectSession(BotApi(self.world))
        self.bot = Bot(TOKEN, self.session, DefaultBotProperties(parse_mode=str(ParseMode.HTML.value)))
        self.app: App = create_app(settings or UNHURRIED, database, self.bot, clock)

    def visitor(self, language: str = "ru") -> "Visitor":
        return Visitor(self, self.world.add_person("Visitor", language).id)

    async def resident(
        self, language: str = "ru", municipality: str = "jazy", village: str = "", *, has_voted: bool = True
    ) -> "Visitor":
        """Somebody who has gone through /start, and before a first vote through its two questions."""
        visitor = self.visitor(language)
        await self.settle(visitor, language, municipality, village)
        if has_voted:
            await visitor.press("meage:0:")
        return visitor

    async def settle(
        self, visitor: "Visitor", language: str = "ru", municipality: str = "jazy", village: str = ""
    ) -> None:
        """Go through /start to its end, for the first time or again."""
        await visitor.start(f"m_{municipality}")
        await visitor.tap("lang:" + language)
        await visitor.tap("vil:", village)
        await visitor.tap("agree")

    async def facilitator(self, municipality: str = "jazy", language: str = "ru") -> "Visitor":
        return await self._with_role(Role.FACILITATOR, municipality, language)

    async def officer(self, municipality: str = "jazy", language: str = "ru") -> "Visitor":
        return await self._with_role(Role.OFFICER, municipality, language)

    async def monitor(self, municipality: str = "jazy", language: str = "ru") -> "Visitor":
        return await self._with_role(Role.MONITOR, municipality, language)

    async def _with_role(self, role: Role, municipality: str, language: str) -> "Visitor":
        visitor = await self.resident(language, municipality)
        await visitor.start(await make_invite(self.database, role, municipality, 1, self.app.parts.clock()))
        return visitor

    async def handle(self, update: dict[str, Any]) -> None:
        """As the bot gets it: kept, and then handled to the end."""
        await asyncio.gather(*(each.handled for each in await self.app.inbox.take([update])))

    async def handle_all(self) -> None:
        for update in self.world.take_updates():
            await self.handle(update)

    async def deliver(self) -> None:
        """Send everything that waits."""
        while await self.app.courier.send_due() or await self._send_what_had_to_wait():
            pass

    async def _send_what_had_to_wait(self) -> int:
        """The second message to a group waits for a moment after the first."""
        await asyncio.sleep(0.02)
        return await self.app.courier.send_due()


class Visitor:
    """A person with a telephone. What they do is handled before the next line of the test runs."""

    def __init__(self, stage: Stage, person_id: int) -> None:
        self._stage = stage
        self.id = person_id
        self.alert: str | None = None

    @property
    def messages(self) -> list[Message]:
        return self._stage.world.messages(self.id)

    @property
    def screen(self) -> Message:
        """The newest message of the bot."""
        return next(message for message in reversed(self.messages) if message.from_bot)

    @property
    def text(self) -> str:
        return self.screen.text or self.screen.caption or ""

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.screen.buttons for button in row]

    @property
    def data(self) -> list[str]:
        return [button.get("callback_data", "") for row in self.screen.buttons for button in row]

    async def start(self, payload: str = "") -> None:
        self._stage.world.start(self.id, payload)
        await self._stage.handle_all()

    async def send(self, text: str) -> None:
        self._stage.world.say(self.id, text)
        await self._stage.handle_all()

    async def tap(self, data: str, label: str = "") -> None:
        """Tap the first button whose data begins with `data` and whose text holds `label`."""
        for message in reversed(self.messages):
            for button in [button for row in message.buttons for button in row]:
                if button.get("callback_data", "").startswith(data) and label in button["text"]:
                    await self.press(button["callback_data"], message.message_id)
                    return
        raise AssertionError(
            f"no button {data!r} {label!r} in the chat; the last screen: {self.text!r} {self.data}"
        )

    async def ask_inline(self, typed: str = "") -> dict[str, Any]:
        """Type the bot's name and these words in some other chat; the answer as Telegram took it."""
        asked = self._stage.world.ask_inline(self.id, typed)
        await self._stage.handle_all()
        assert asked.answered is not None, "nobody answered"
        return asked.answered

    async def press(self, data: str | CallbackData, message_id: int | None = None) -> None:
        """Send callback data, whether or not a button holds it: anyone can forge it."""
        packed = data if isinstance(data, str) else data.pack()
        callback_id = self._stage.world.tap(self.id, message_id or self.screen.message_id, packed)
        await self._stage.handle_all()
        answer = self._stage.world.answer(callback_id)
        assert answer is not None, "a button was left spinning"
        self.alert = answer["text"] or None
