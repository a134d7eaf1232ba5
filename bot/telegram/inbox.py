"""Takes updates in, however they come: one person's one after another, everybody else's side by side."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update
from structlog.contextvars import bound_contextvars

from bot.telegram.errors import passes

log = structlog.get_logger()
# Waits between the tries of an update that met a passing trouble, in seconds: about ten minutes in all.
WAITS = (0.5, 1, 2, 5, 10, 20, *[30] * 18)


class Inbox:
    """`context` is handed to every handler by name."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, context: Mapping[str, Any]) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._context = context
        self._lines: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waiting: dict[int, int] = defaultdict(int)

    async def handle(self, update: Update) -> None:
        """Return once the act is committed and answered, or has failed for good (which is logged)."""
        person = _person(update)
        self._waiting[person] += 1
        try:
            async with self._lines[person]:
                with bound_contextvars(update_id=update.update_id):
                    await self._persist(update)
        finally:
            self._waiting[person] -= 1
            if not self._waiting[person]:
                del self._waiting[person], self._lines[person]

    async def _persist(self, update: Update) -> None:
        for wait in (*WAITS, None):
            try:
                await self._dispatcher.feed_update(self._bot, update, **self._context)
            except Exception as error:
                if wait is None or not passes(error):
                    log.exception("an update was given up")
                    return
                log.warning(
                    "an update is tried again", update_id=update.update_id, trouble=type(error).__name__
                )
                await asyncio.sleep(max(wait, getattr(error, "retry_after", 0)))
            else:
                return


def _person(update: Update) -> int:
    event = update.event
    user = getattr(event, "from_user", None) or getattr(event, "user", None)
    return user.id if user else 0
