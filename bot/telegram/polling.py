"""Long polling that confirms an update to Telegram only after its act is committed.

Telegram forgets every update below the offset it is asked with, so the offset is the lowest update
still being handled. Later ones are handled meanwhile; those that Telegram repeats are passed over.
"""

import asyncio
from functools import partial

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramNetworkError, TelegramRetryAfter
from aiogram.methods import GetUpdates
from aiogram.types import Update

from bot.telegram.inbox import Inbox

log = structlog.get_logger()
LONG_POLL_SECONDS = 25
# While acts are running Telegram answers at once, so it is asked at this pace instead.
PACE_SECONDS = 0.05
AFTER_TROUBLE_SECONDS = 2.0
LAST_ACTS_SECONDS = 15


class Poller:
    def __init__(self, bot: Bot, inbox: Inbox, allowed_updates: list[str]) -> None:
        self._bot = bot
        self._inbox = inbox
        self._allowed = allowed_updates
        self._running: dict[int, asyncio.Task[None]] = {}
        self._next = 0

    async def run(self) -> None:
        """Poll until cancelled; then let the acts at work finish and confirm them."""
        try:
            while True:
                await self._once()
        finally:
            await self._finish()

    async def _once(self) -> None:
        if self._running:
            await asyncio.wait(self._running.values(), timeout=PACE_SECONDS)
        try:
            updates = await self._fetch(0 if self._running else LONG_POLL_SECONDS)
        except TelegramRetryAfter as error:
            await asyncio.sleep(error.retry_after)
        except (TelegramNetworkError, TelegramAPIError) as error:
            log.warning("Telegram does not answer", trouble=type(error).__name__)
            await asyncio.sleep(AFTER_TROUBLE_SECONDS)
        else:
            self._begin(updates)

    async def _fetch(self, wait: int) -> list[Update]:
        offset = min(self._running, default=self._next) or None
        call = GetUpdates(offset=offset, timeout=wait, allowed_updates=self._allowed)
        return await self._bot(call, request_timeout=wait + 15)

    def _begin(self, updates: list[Update]) -> None:
        for update in updates:
            if update.update_id >= self._next:
                self._next = update.update_id + 1
                task = asyncio.create_task(self._inbox.handle(update))
                self._running[update.update_id] = task
                task.add_done_callback(partial(self._done, update.update_id))

    def _done(self, update_id: int, _task: asyncio.Task[None]) -> None:
        del self._running[update_id]

    async def _finish(self) -> None:
        if self._running:
            await asyncio.wait(self._running.values(), timeout=LAST_ACTS_SECONDS)
        if self._next:
            try:
                offset = min(self._running, default=self._next)
                await self._bot(GetUpdates(offset=offset, limit=1, timeout=0), request_timeout=5)
            except TelegramAPIError:
                log.warning("the last updates could not be confirmed; they will come again")
