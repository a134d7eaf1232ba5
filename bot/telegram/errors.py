"""Answers for what went wrong: a refusal in words, anything unexpected with an apology and a code."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import CancelHandler, SkipHandler
from aiogram.exceptions import (
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import CallbackQuery, InlineQuery, Message, TelegramObject
from markupsafe import escape
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.db.queries import find_resident
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.roles import Resident
from bot.telegram import texts
from bot.telegram.act import AlreadyActed
from bot.telegram.screen import Screen, acknowledge, send

log = structlog.get_logger()
Wording = dict[type[Refusal], Callable[..., str]]
# Troubles that pass. Acts are idempotent, so the whole update is handled again a little later.
PASSING = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter, PoolTimeout, ConnectionError)
# Of the database; the last when somebody was forgotten in the midst of an act that concerned them.
_PASSING_WORDS = ("locked", "deadlock", 'not present in table "residents"')
# An alert holds no more.
LONGEST_ALERT = 200


def passes(error: BaseException) -> bool:
    """Whether the same update may well succeed a moment later."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or any(words in str(error.orig) for words in _PASSING_WORDS)
    return isinstance(error, PASSING)


def _is_beyond_numbers(error: BaseException) -> bool:
    """Whether a forged button held a number that no row can have; the engines say so each in their way."""
    return isinstance(error, OverflowError) or (isinstance(error, DBAPIError) and "out of int" in str(error))


async def _has_left(error: BaseException, data: Mapping[str, Any]) -> bool:
    """Whether the act failed because there is no such resident any more."""
    resident: Resident | None = data.get("resident")
    if resident is None or not isinstance(error, IntegrityError):
        return False
    async with data["database"].read() as db:
        return await find_resident(db, resident.telegram_id) is None


class Answering(BaseMiddleware):
    """Sits around every handler of messages, buttons and questions typed after the bot's name."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        try:
            return await handler(event, data)
        except Refusal as refusal:
            if isinstance(refusal, NotAllowed):
                log.warning("not allowed", button=getattr(event, "data", None))
            await _tell(event, self._wording[type(refusal)](refusal))
        except AlreadyActed:
            # Handled before, but perhaps not answered: show where the person stands now.
            await data["show_home"](event, data["database"])
        except (SkipHandler, CancelHandler):
            raise
        except TelegramForbiddenError:
            log.info("the person has blocked the bot")
        except Exception as error:
            # Trying again would hold up the person's next letters, and its answer would come too late.
            if passes(error) and not isinstance(event, InlineQuery):
                raise
            if _is_beyond_numbers(error):
                await _tell(event, self._wording[Gone](Gone()))
            elif await _has_left(error, data):
                # Forgotten in this very moment: they are greeted as a stranger.
                await data["show_home"](event, data["database"])
            else:
                code = secrets.token_hex(3).upper()
                log.exception("an act failed", code=code)
                await _apologise(event, code)


async def _apologise(event: TelegramObject, code: str) -> None:
    if isinstance(event, CallbackQuery):
        await acknowledge(event, texts.apology_alert(code), alert=True)
    elif isinstance(event, Message):
        await send(event.bot, event.chat.id, Screen(texts.apology(code)))


async def _tell(event: TelegramObject, words: str) -> None:
    if isinstance(event, CallbackQuery):
        await acknowledge(event, words[:LONGEST_ALERT], alert=True)
    elif isinstance(event, Message):
        await send(event.bot, event.chat.id, Screen(escape(words)))
