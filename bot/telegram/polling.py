"""Long polling: what is fetched is kept in the inbox, and then confirmed by the offset of the next call."""

import asyncio
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramRetryAfter
from aiogram.methods import TelegramMethod

from bot.telegram.errors import passes
from bot.telegram.inbox import Inbox
from bot.telegram.pulse import Pulse
from bot.telegram.raw_updates import number_of

log = structlog.get_logger()
LONG_POLL_SECONDS = 25
AFTER_TROUBLE_SECONDS = 2.0
LAST_CALL_SECONDS = 3
# Beyond the long poll itself: the way there and back.
ON_THE_WAY_SECONDS = 15


class GetRawUpdates(TelegramMethod[list[Any]]):
    """`getUpdates` as JSON: aiogram's own refuses all updates for one that it cannot read."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Poller:
    def __init__(self, bot: Bot, inbox: Inbox, pulse: Pulse, allowed_updates: list[str]) -> None:
        self._bot = bot
        self._inbox = inbox
        self._pulse = pulse
        self._allowed = allowed_updates
        # After the last update that is kept. Telegram may begin again with lower numbers after a quiet week.
        self._offset: int | None = None

    async def run(self) -> None:
        """Poll until cancelled; then confirm what is kept."""
        try:
            while True:
                await self._once()
        finally:
            await self._confirm()

    async def _once(self) -> None:
        try:
            updates = await self._fetch(LONG_POLL_SECONDS)
            self._pulse.hear()
            if updates:
                await self._keep(updates)
        except TelegramRetryAfter as error:
            await asyncio.sleep(error.retry_after)
        except Exception as error:
            # Nothing is confirmed, so Telegram keeps it meanwhile.
            if not isinstance(error, AiogramError) and not passes(error):
                log.exception("updates could not be taken")
            else:
                log.warning("no updates are taken", trouble=type(error).__name__)
            await asyncio.sleep(AFTER_TROUBLE_SECONDS)

    async def _keep(self, updates: list[Any]) -> None:
        await self._inbox.take(updates)
        numbers = [number for each in updates if (number := number_of(each)) is not None]
        if numbers:
            self._offset = numbers[-1] + 1

    async def _fetch(self, wait: int, limit: int | None = None) -> list[Any]:
        call = GetRawUpdates(offset=self._offset, limit=limit, timeout=wait, allowed_updates=self._allowed)
        return await self._bot(call, request_timeout=wait + ON_THE_WAY_SECONDS)

    async def _confirm(self) -> None:
        if self._offset is None:
            return
        try:
            call = GetRawUpdates(offset=self._offset, limit=1, timeout=0)
            await self._bot(call, request_timeout=LAST_CALL_SECONDS)
            self._pulse.hear()
        except AiogramError:
            log.warning("the last updates could not be confirmed; they will come again and be passed over")
