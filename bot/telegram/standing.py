"""Where a person stands: the question that waits for them, the words that wait for a yes or no, or home.

Shown when a message was acted upon, but its answer may have been lost on the way.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from aiogram.types import Message
from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import find_resident
from bot.db.session import Database
from bot.domain.refusals import Refusal
from bot.domain.roles import Resident
from bot.settings import Settings
from bot.telegram import texts
from bot.telegram.awaiting import is_command
from bot.telegram.prompts import Asking, Prompts, put_again, why_ended
from bot.telegram.screen import Screen, show

FindOffer = Callable[[AsyncConnection, Resident], Awaitable[Screen | None]]
FindHome = Callable[[Database, int, datetime], Awaitable[Screen]]


@dataclass(frozen=True, slots=True)
class Standing:
    """`offer` finds what was written out of the blue and not answered yet, `home` the home screen."""

    prompts: Prompts
    offer: FindOffer
    home: FindHome

    async def show(self, message: Message, database: Database, settings: Settings, now: datetime) -> None:
        """The newest screen that this person should have seen."""
        if message.from_user is not None:
            person = message.from_user.id
            await show(message, await self._screen(message, person, database, settings, now))

    async def _screen(
        self, message: Message, person: int, database: Database, settings: Settings, now: datetime
    ) -> Screen:
        async with database.read() as db:
            resident = await find_resident(db, person)
        if resident is None or not resident.is_settled:
            return await self.home(database, person, now)
        question = await put_again(self.prompts, Asking(database, resident, settings, now))
        if question is not None:
            return question
        async with database.read() as db:
            offer = await self.offer(db, resident)
        if offer is not None:
            return offer
        home = await self.home(database, person, now)
        return home if is_command(message) else _with(texts.taken(), home)

    async def why_ended(
        self, message: Message, database: Database, resident: Resident, settings: Settings, now: datetime
    ) -> Refusal | None:
        """Why the question that this message was to answer is over, if it is; from now on none waits."""
        if is_command(message):
            return None
        return await why_ended(self.prompts, Asking(database, resident, settings, now))


def _with(note: Markup, screen: Screen) -> Screen:
    return Screen(note + Markup("\n\n") + screen.text, screen.rows)
