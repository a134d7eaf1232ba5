"""Answers for what went wrong: a refusal in words, anything unexpected with an apology and a code."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, TypeGuard

import structlog
from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import CancelHandler, SkipHandler
from aiogram.enums import ChatType
from aiogram.exceptions import (
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import CallbackQuery, InlineQuery, Message, TelegramObject
from markupsafe import escape
from sqlalchemy.exc import IntegrityError

from bot.db.inbox_queries import find_whether_acted
from bot.db.queries import find_resident, find_whether_lost
from bot.db.troubles import is_beyond_numbers, is_passing
from bot.domain.refusals import Gone, NotAllowed, Refusal, RoleTakenAway
from bot.domain.roles import Resident
from bot.telegram import texts
from bot.telegram.act import Act, AlreadyActed
from bot.telegram.screen import Screen, acknowledge, send
from bot.telegram.standing import Standing

log = structlog.get_logger()
Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
Wording = dict[type[Refusal], Callable[..., str]]
# Troubles of the way to Telegram that pass. Acts are idempotent, so the whole update is handled again.
PASSING = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter)
# An alert holds no more.
LONGEST_ALERT = 200


def passes(error: BaseException) -> bool:
    """Whether the same update may well succeed a moment later."""
    # aiogram takes a file that is too large for trouble of the network.
    is_passing_call = isinstance(error, PASSING) and not isinstance(error, TelegramEntityTooLarge)
    return is_passing_call or is_passing(error)


async def _has_left(error: BaseException, data: Mapping[str, Any]) -> bool:
    """Whether the act failed because there is no such resident any more."""
    resident: Resident | None = data.get("resident")
    if resident is None or not isinstance(error, IntegrityError):
        return False
    async with data["database"].read() as db:
        return await find_resident(db, resident.telegram_id) is None


class Answering(BaseMiddleware):
    """Sits around every handler of messages, buttons and questions typed after the bot's name."""

    def __init__(self, wording: Wording, standing: Standing) -> None:
        self._wording = wording
        self._standing = standing

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await self._handle(handler, event, data)
        except (SkipHandler, CancelHandler):
            raise
        except TelegramForbiddenError:
            log.info("the person has blocked the bot")
        except Exception as error:
            # Trying again would hold up the person's next letters, and its answer would come too late.
            if passes(error) and not isinstance(event, InlineQuery):
                raise
            if not await self._is_explained(event, data, error):
                code = secrets.token_hex(3).upper()
                log.exception("an act failed", code=code)
                await _apologise(event, code)

    async def _handle(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            await _require_new(event, data)
            return await handler(event, data)
        except Refusal as refusal:
            is_over = await self._refuse(event, data, refusal)
        except AlreadyActed:
            # Handled before, but perhaps not answered: show where the person stands now.
            if _is_private(event):
                await self._standing.show(event, data["database"], data["settings"], data["now"])
            return None
        if is_over and _says_something(event):
            return await self._handle(handler, event, data | {"resident": await _read_anew(data)})
        return None

    async def _is_explained(self, event: TelegramObject, data: Mapping[str, Any], error: Exception) -> bool:
        """Whether it was no fault of the bot, and the person was told what there is instead."""
        if is_beyond_numbers(error):
            await _tell(event, self._wording[Gone](Gone()))
            return True
        if await _has_left(error, data):
            # Forgotten in this very moment: they are greeted as a stranger.
            await data["show_home"](event, data["database"], data["now"])
            return True
        return False

    async def _refuse(self, event: TelegramObject, data: Mapping[str, Any], refusal: Refusal) -> bool:
        """Say why not; return whether the question that the message was to answer is over with that.

        A wrong answer leaves it open. One that came too late ends it, and is free text like any other.
        """
        if isinstance(refusal, NotAllowed):
            log.warning("not allowed", button=getattr(event, "data", None))
        over = await self._over(event, data)
        refusal = await _why(over or refusal, data)
        await _tell(event, self._wording[type(refusal)](refusal))
        return over is not None

    async def _over(self, event: TelegramObject, data: Mapping[str, Any]) -> Refusal | None:
        resident: Resident | None = data.get("resident")
        if resident is None or not resident.awaiting or not isinstance(event, Message):
            return None
        return await self._standing.why_ended(
            event, data["database"], resident, data["settings"], data["now"]
        )


async def _require_new(event: TelegramObject, data: Mapping[str, Any]) -> None:
    """Refuse a message that was acted upon before: by now another question may be open, and it is no answer
    to that one.
    """
    act: Act | None = data.get("act")
    if not _is_private(event) or act is None:
        return
    async with data["database"].read() as db:
        if await find_whether_acted(db, act.update_id):
            raise AlreadyActed


async def _why(refusal: Refusal, data: Mapping[str, Any]) -> Refusal:
    """Whoever lacks a role because it was taken away is told so."""
    resident: Resident | None = data.get("resident")
    if resident is None or not isinstance(refusal, NotAllowed) or not refusal.roles:
        return refusal
    async with data["database"].read() as db:
        is_lost = await find_whether_lost(db, resident.id, refusal.roles, refusal.municipality_id)
    return RoleTakenAway() if is_lost else refusal


def _is_private(event: TelegramObject) -> TypeGuard[Message]:
    return isinstance(event, Message) and event.chat.type == ChatType.PRIVATE


def _says_something(event: TelegramObject) -> bool:
    """Whether it holds words: a bare photo or a file was only meant for the question that is over."""
    return isinstance(event, Message) and bool(event.text or event.voice or (event.photo and event.caption))


async def _read_anew(data: Mapping[str, Any]) -> Resident | None:
    before: Resident = data["resident"]
    async with data["database"].read() as db:
        now = await find_resident(db, before.telegram_id)
    return now and replace(now, number_hash=before.number_hash)


async def _apologise(event: TelegramObject, code: str) -> None:
    if isinstance(event, CallbackQuery):
        await acknowledge(event, texts.apology_alert(code), alert=True)
    elif _is_private(event):
        await send(event.bot, event.chat.id, Screen(texts.apology(code)))


async def _tell(event: TelegramObject, words: str) -> None:
    if isinstance(event, CallbackQuery):
        await acknowledge(event, words[:LONGEST_ALERT], alert=True)
    elif _is_private(event):
        await send(event.bot, event.chat.id, Screen(escape(words)))
