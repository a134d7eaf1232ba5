"""Answers for what went wrong: a refusal in words, anything unexpected with an apology and a code."""

import secrets
from collections.abc import Awaitable, Callable
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
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.telegram import texts
from bot.telegram.act import AlreadyActed
from bot.telegram.screen import Screen, acknowledge, send

log = structlog.get_logger()
Wording = dict[type[Refusal], Callable[..., str]]
# Troubles that pass. Acts are idempotent, so the whole update is handled again a little later.
PASSING = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter, PoolTimeout, ConnectionError)
# An alert holds no more.
LONGEST_ALERT = 200


def passes(error: BaseException) -> bool:
    """Whether the same update may well succeed a moment later."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or "locked" in str(error.orig) or "deadlock" in str(error.orig)
    return isinstance(error, PASSING)


def _is_beyond_numbers(error: BaseException) -> bool:
    """Whether a forged button held a number that no row can have; the engines say so each in their way."""
    return isinstance(error, OverflowError) or (isinstance(error, DBAPIError) and "out of int" in str(error))


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
