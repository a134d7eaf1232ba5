"""What a person is told when their update was not handled, said with as little as is certain: a chat.

No handler has run, or it has failed; perhaps the database is away, and with it the person's own language.
"""

from collections.abc import Callable

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from markupsafe import Markup

from bot.db.queries import find_resident
from bot.db.session import Database
from bot.i18n import known_language, speaking
from bot.telegram import texts
from bot.telegram.errors import passes
from bot.telegram.raw_updates import Raw, callback_of, kind_of, language_of, person_of, private_chat_of
from bot.telegram.screen import Screen, send

log = structlog.get_logger()
# Somebody types on: the answer to an unfinished question would come too late.
_NOT_TOLD = {"inline_query", "my_chat_member"}


async def apologise(bot: Bot, database: Database, raw: Raw, code: str) -> None:
    await _tell(bot, database, raw, lambda: texts.apology(code), lambda: texts.apology_alert(code))


async def say_unreadable(bot: Bot, database: Database, raw: Raw) -> None:
    await _tell(bot, database, raw, texts.unreadable)


async def say_too_many(bot: Bot, database: Database, raw: Raw, not_read: int) -> None:
    """`not_read` are the updates that nobody will look at."""
    await _tell(bot, database, raw, lambda: texts.too_many_at_once(not_read))


async def _tell(
    bot: Bot,
    database: Database,
    raw: Raw,
    words: Callable[[], Markup],
    alert: Callable[[], str] | None = None,
) -> None:
    chat_id = private_chat_of(raw)
    if chat_id is None or kind_of(raw) in _NOT_TOLD:
        return
    with speaking(await _language(database, raw)):
        try:
            if await _is_alerted(bot, raw, alert):
                return
            await send(bot, chat_id, Screen(words()))
        except TelegramAPIError as error:
            if passes(error):
                raise
            log.info("the person could not be told", trouble=type(error).__name__)


async def _is_alerted(bot: Bot, raw: Raw, alert: Callable[[], str] | None) -> bool:
    """Whether a tap was answered in its place; its spinner stops in any case."""
    callback_id = callback_of(raw)
    if callback_id is None:
        return False
    try:
        await bot.answer_callback_query(callback_id, text=alert() if alert else None, show_alert=bool(alert))
    except TelegramAPIError:
        return False  # pressed too long ago
    return alert is not None


async def _language(database: Database, raw: Raw) -> str:
    """The one they chose; that of their Telegram where the database cannot be asked."""
    try:
        async with database.read() as db:
            resident = await find_resident(db, person_of(raw))
    except Exception as error:
        if not passes(error):
            raise
        resident = None
    return resident.language if resident else known_language(language_of(raw))
