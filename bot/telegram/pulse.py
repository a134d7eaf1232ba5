"""How lately Telegram was heard: what was pressed while nobody listened is lost, and must be made good.

Telegram keeps a tap for 150 seconds, a message for a day (tdlib/telegram-bot-api, Client.cpp).
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db import link_queries as queries
from bot.db.session import Database
from bot.telegram.errors import passes

log = structlog.get_logger()
# Short enough that with the time of a start it stays below the 150 seconds that Telegram keeps a tap.
GAP = timedelta(minutes=2)
NOTE_SECONDS = 10.0
# A stop does not wait for a database that is away.
LAST_NOTE_SECONDS = 2.0
# Makes good, in the same transaction, what people did between two moments in vain.
OnGap = Callable[[AsyncConnection, datetime, datetime], Awaitable[object]]


class Pulse:
    """One process's ear; the row it writes is common to all."""

    def __init__(self, database: Database, on_gap: OnGap) -> None:
        self._database = database
        self._on_gap = on_gap
        self._heard_at: datetime | None = None
        # By the monotonic clock: a wall clock that is set forward makes no gap.
        self._noted = -GAP.total_seconds()
        self._noted_heard: datetime | None = None

    def hear(self) -> None:
        """Telegram has just answered, or brought something."""
        self._heard_at = datetime.now(UTC)

    async def run(self) -> None:
        """Note it every few seconds until cancelled."""
        while True:
            await self._try_to_note()
            await asyncio.sleep(NOTE_SECONDS if self._noted_heard else 1.0)

    async def close(self) -> None:
        """Note it for the last time, so that a short stop is not taken for a long silence."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_NOTE_SECONDS):
                await self._try_to_note()

    async def _try_to_note(self) -> None:
        try:
            await self.note()
        except Exception as error:
            if not passes(error):
                log.exception("the pulse could not be noted")

    async def note(self) -> None:
        """Write when Telegram was heard last; after a gap, make good what was lost in it."""
        heard_at = self._heard_at
        if heard_at is None or heard_at == self._noted_heard:
            return
        was_lately = time.monotonic() - self._noted < GAP.total_seconds()
        async with self._database.act() as db:
            before = await queries.lock_heard_at(db)
            if before is None or before < heard_at:
                await queries.update_heard_at(db, heard_at)
            if before is not None and heard_at - before > GAP and not was_lately:
                log.error(
                    "nothing was heard from Telegram for a while", since=str(before), until=str(heard_at)
                )
                await self._on_gap(db, before, heard_at)
        self._noted, self._noted_heard = time.monotonic(), heard_at
