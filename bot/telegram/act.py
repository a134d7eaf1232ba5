"""The one transaction of an update."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import SeenUpdate
from bot.db.session import Database


class AlreadyActed(Exception):
    """This very message was acted upon before; only the answer may have been lost."""


class Act:
    """Opens the transaction of one update: ``async with act() as db: ...``, and only then talk.

    A button carries the wanted state, so pressing it twice is harmless. A typed message does not:
    its update is remembered in the same transaction, and refused the second time.
    """

    def __init__(self, database: Database, update_id: int, *, once: bool) -> None:
        self._database = database
        self._once = once
        self.update_id = update_id

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[AsyncConnection]:
        async with self._database.act() as db:
            if self._once:
                await self._remember(db)
            yield db

    async def _remember(self, db: AsyncConnection) -> None:
        try:
            await db.execute(insert(SeenUpdate).values(update_id=self.update_id, at=datetime.now(UTC)))
        except IntegrityError:
            raise AlreadyActed from None
