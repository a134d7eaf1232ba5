"""What every handler is given: who acts, in which language, and the door to the database."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message, TelegramObject, Update, User

from bot.db.queries import find_resident
from bot.db.session import Database
from bot.domain.refusals import NotSettled
from bot.i18n import known_language, speaking
from bot.telegram.act import Act

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Visit(BaseMiddleware):
    """Around every update of a private chat: finds the resident and speaks their language.

    Handlers ask for ``resident`` (None for a stranger), ``act`` and ``database`` by name.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        user: User | None = data.get("event_from_user")
        if not isinstance(event, Update) or user is None or user.is_bot:
            return None
        async with self._database.read() as db:
            resident = await find_resident(db, user.id)
        data["resident"] = resident
        data["act"] = Act(self._database, event.update_id, once=event.message is not None)
        data["database"] = self._database
        with speaking(resident.language if resident else known_language(user.language_code)):
            return await handler(event, data)


class Settled(BaseMiddleware):
    """Around the features that need a resident who has gone through /start."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        resident = data.get("resident")
        if resident is None or not resident.is_settled:
            raise NotSettled
        return await handler(event, data)


def is_private(event: TelegramObject) -> bool:
    """Whether an event happened in a person's own chat with the bot."""
    if isinstance(event, CallbackQuery):
        return event.message is None or event.message.chat.type == ChatType.PRIVATE
    return isinstance(event, Message) and event.chat.type == ChatType.PRIVATE
