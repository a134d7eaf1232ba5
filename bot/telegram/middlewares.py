"""What every handler is given: who acts, in which language, and the door to the database."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.enums import ChatType
from aiogram.types import Chat, TelegramObject, Update, User

from bot.db.queries import find_resident, save_reachable
from bot.db.session import Database
from bot.domain.number_hashes import NumberHashes
from bot.domain.roles import Resident
from bot.domain.visible import visible
from bot.i18n import known_language, speaking
from bot.telegram.act import Act

# The commands that are listened to in groups and channels.
_COMMANDS = ("/start", "/link")
Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Visit(BaseMiddleware):
    """Around every update of a private chat, and every question typed after the bot's name in any chat:
    finds the resident and speaks their language.

    Handlers ask for ``resident`` (None for a stranger), ``act`` and ``database`` by name, and for ``now``,
    the moment of the act, where they only read. Of what happens in groups and channels only that passes
    which concerns the bot's own place there.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if not isinstance(event, Update):
            return None
        now: datetime = data["clock"]()
        data["now"] = now
        if _is_our_own(event, data["bot"]):
            return None
        user: User | None = data.get("event_from_user")
        if event.inline_query is None and not _is_private(data.get("event_chat")):
            return await self._in_chat(handler, event, data) if _concerns_us(event) else None
        if user is None:
            return None
        database: Database = data["database"]
        writes = event.my_chat_member is None and event.inline_query is None
        resident = await _welcome(database, user.id, writes=writes)
        if resident is not None:
            hashes: NumberHashes = data["hashes"]
            resident = replace(resident, number_hash=hashes.of_forgotten(user.id))
        data["resident"] = resident
        data["act"] = Act(database, event.update_id, now, once=event.message is not None, resident=resident)
        with speaking(resident.language if resident else known_language(user.language_code)):
            return await handler(_visible(event), data)

    async def _in_chat(self, handler: Handler, event: Update, data: dict[str, Any]) -> Any:
        """Here nobody is a resident: what is done is authorised by what was written."""
        data["resident"] = None
        data["act"] = Act(data["database"], event.update_id, data["now"], once=event.message is not None)
        return await handler(event, data)


def _visible(event: Update) -> Update:
    """The update without the invisible characters of what was typed: no feature has to think of them."""
    message = event.message
    if message is None:
        return event
    typed = {"text": message.text, "caption": message.caption}
    seen = {name: visible(words) for name, words in typed.items() if words and words != visible(words)}
    return event.model_copy(update={"message": message.model_copy(update=seen)}) if seen else event


def _is_our_own(event: Update, bot: Bot) -> bool:
    """What the bot itself offered, and somebody then put into a chat, is nobody's report."""
    via = event.message.via_bot if event.message else None
    return via is not None and via.id == bot.id


def _concerns_us(event: Update) -> bool:
    """Whether a code is handed over, or the bot was sent away, or the group has become another."""
    written = event.message or event.channel_post
    if written is None:
        return event.my_chat_member is not None
    return written.migrate_to_chat_id is not None or (written.text or "").startswith(_COMMANDS)


async def _welcome(database: Database, telegram_id: int, *, writes: bool) -> Resident | None:
    """The resident as they come in; whoever writes can be written to again."""
    async with database.read() as db:
        resident = await find_resident(db, telegram_id)
    if resident is not None and resident.blocked and writes:
        async with database.act() as db:
            await save_reachable(db, telegram_id, reachable=True)
    return resident


def _is_private(chat: Chat | None) -> bool:
    return chat is not None and chat.type == ChatType.PRIVATE


class Settled(BaseMiddleware):
    """Around the features that need a resident: whoever is none yet is led through the first visit."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        resident: Resident | None = data.get("resident")
        if resident is None or not resident.is_settled:
            return await data["show_home"](event, data["database"], data["now"])
        return await handler(event, data)
