"""The one transaction of an update."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.inbox_queries import update_acted
from bot.db.queries import lock_grants
from bot.db.session import Database
from bot.domain.refusals import NotAllowed
from bot.domain.roles import Resident


class AlreadyActed(Exception):
    """This very message was acted upon before; only the answer may have been lost."""


class Act:
    """Opens the transaction of one update: ``async with act() as db: ...``, and only then talk.

    A button carries the wanted state, so pressing it twice is harmless. A typed message does not:
    its update is marked in the same transaction, and refused the second time. Handlers look at the roles
    of `resident` as they were read before; an act is refused when one was taken away since.
    All that it writes and decides has one moment, `now`: when the handling of the update began.
    """

    def __init__(
        self,
        database: Database,
        update_id: int,
        now: datetime,
        *,
        once: bool,
        resident: Resident | None = None,
    ) -> None:
        self._database = database
        self._once = once
        self._resident = resident
        self.update_id = update_id
        self.now = now

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[AsyncConnection]:
        async with self._database.act() as db:
            if self._once and not await update_acted(db, self.update_id):
                raise AlreadyActed
            if self._resident is not None and self._resident.grants:
                await _require_held(db, self._resident)
            yield db


async def _require_held(db: AsyncConnection, resident: Resident) -> None:
    for lost in resident.grants - await lock_grants(db, resident.id):
        raise NotAllowed((lost.role,), lost.municipality_id)
