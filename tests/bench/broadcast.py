"""A broadcast to many at a server that is as strict as Telegram, by itself and while people tap.

The server and the people are in this process; the bot is one of its own. What Telegram allows in a second
is shared by all messages, so the pace beside the people who tap is set to what they leave.
"""

import asyncio
import random
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from aiohttp import web
from sqlalchemy import func, select

from bot.commands import ready_database
from bot.db.models import Broadcast, Delivery, ResidentRow
from bot.db.session import Database
from bot.features.votes.ballot.callbacks import CastVote
from bot.sandbox.limits import Limits, Tally
from bot.sandbox.people import Message, Person
from bot.sandbox.server import create_app
from bot.sandbox.world import TOKEN, Callback, World
from tests.bench.town import Town, settle
from tests.sandbox.bot_process import BotProcess, started
from tests.sandbox.broadcast import AWAKE, SENT, WAITS, copies, outcome, tally_of, tell
from tests.sandbox.conftest import served_app

RECIPIENTS = 3_000
LIMITS = Limits(per_second=30)
# Two for whatever else is to be sent; and beside the people who tap, who get ten answers a second.
PACE_ALONE, PACE_BESIDE = 28, 15
TAPPING = 20
THINKING_SECONDS = (1.0, 3.0)
IDLE_SECONDS = 20
# The bot's menus are set, and the first taps are over.
SETTLING_SECONDS = 4
ANSWER_SECONDS = 60
LEAST_PACE = 0.97
MOST_LATENCY = 1.5


@dataclass
class Sent:
    """One broadcast: the pace it was to have and had, and what the server saw of everything meanwhile."""

    recipients: int
    configured: float
    reached: float
    doubles: int
    tally: Tally
    # Seconds that each answer took, before the broadcast and during it.
    idle: Sequence[float] = field(default_factory=list)
    busy: Sequence[float] = field(default_factory=list)

    @property
    def pace(self) -> float:
        return self.reached / self.configured

    @property
    def latency(self) -> float:
        """How much longer an answer takes than without the broadcast."""
        return median(self.busy) / median(self.idle) if self.busy else 1.0

    @property
    def is_good(self) -> bool:
        flawless = (self.tally.refused, self.doubles) == (0, 0)
        return flawless and self.pace >= LEAST_PACE and self.latency <= MOST_LATENCY


async def measure(url: str, folder: Path, recipients: int) -> tuple[Sent, Sent]:
    """By itself, to the people of one village; and while people tap, to all."""
    database, world = await ready_database(url), World()
    try:
        town = await settle(database, recipients, problems=40, on_ballot=20)
        for number in town.people:
            world.people[number] = Person(number, "Voter", "ky", started=True, extra=True)
            world.chats[number] = {}
        return (
            await Scene(database, world, town, folder, PACE_ALONE).alone(),
            await Scene(database, world, town, folder, PACE_BESIDE).beside(),
        )
    finally:
        await database.close()


@dataclass
class Scene:
    database: Database
    world: World
    town: Town
    folder: Path
    pace: float

    def __post_init__(self) -> None:
        tappers = self.town.people[:TAPPING]
        self.written = copies(self.world).total() + len(tappers)
        self.ballots = {each: self.world.new_message(each, from_bot=True, text="...") for each in tappers}

    async def alone(self) -> Sent:
        app = create_app(self.world, limits=LIMITS)
        async with served_app(app) as address, self.bot(address) as bot:
            await self.ready(bot)
            village = await self.first_village()
            await tell(self.database, 1, [village])
            return await self.sent(app, 1)

    async def beside(self) -> Sent:
        app = create_app(self.world, limits=LIMITS)
        async with served_app(app) as address, self.bot(address) as bot:
            await self.ready(bot)
            async with self.tapping() as taps:
                await asyncio.sleep(SETTLING_SECONDS)
                begun = len(taps)
                await asyncio.sleep(IDLE_SECONDS)
                told = len(taps)
                await tell(self.database, 2)
                sent = await self.sent(app, 2)
            sent.idle, sent.busy = taps[begun:told], taps[told:]
            return sent

    def bot(self, address: str) -> AbstractAsyncContextManager[BotProcess]:
        pace: dict[str, Any] = {"deliveries_per_second": self.pace, **AWAKE}
        return started(self.folder, token=TOKEN, api_url=address, database_url=self.database.url, **pace)

    async def ready(self, bot: BotProcess) -> None:
        await bot.says("taking updates")
        await asyncio.sleep(SETTLING_SECONDS)

    async def first_village(self) -> int:
        async with self.database.read() as db:
            found: int | None = await db.scalar(select(func.min(ResidentRow.village_id)))
        assert found is not None
        return found

    async def sent(self, app: web.Application, number: int) -> Sent:
        """Wait until the broadcast has been sent, and look back at it."""
        while (found := await outcome(self.database))[WAITS]:
            print(f"  {found[SENT]:,} sent, {found[WAITS]:,} wait ", end="\r", file=sys.stderr, flush=True)
            await asyncio.sleep(1)
        moments = select(
            func.count().label("rows"),
            func.min(Delivery.sent_at).label("first"),
            func.max(Delivery.sent_at).label("last"),
        ).join(Broadcast)
        async with self.database.read() as db:
            row = (await db.execute(moments.where(Broadcast.notice == f"round:{number}:opened"))).one()
        reached = (row.rows - 1) / (row.last - row.first).total_seconds()
        doubles = copies(self.world).total() - self.written - row.rows
        return Sent(row.rows, self.pace, reached, doubles, tally_of(app))

    @asynccontextmanager
    async def tapping(self) -> AsyncIterator[list[float]]:
        """People who tap, wait for the answer, think, and tap again; how long each answer took."""
        taken: list[float] = []
        tappers = self.town.people[:TAPPING]
        tasks = [asyncio.create_task(self.tap_on(each, taken)) for each in tappers]
        try:
            yield taken
        finally:
            for task in tasks:
                task.cancel()
            gone = await asyncio.gather(*tasks, return_exceptions=True)
        failed = [each for each in gone if not isinstance(each, asyncio.CancelledError)]
        assert not failed, failed

    async def tap_on(self, person: int, taken: list[float]) -> None:
        ballot, on = self.ballots[person], True
        while True:
            await asyncio.sleep(random.uniform(*THINKING_SECONDS))
            data = CastVote(round_id=self.town.round_id, problem_id=self.town.problems[0], page=0, on=on)
            before, begun = ballot.text, time.monotonic()
            callback = self.world.callbacks[self.world.tap(person, ballot.message_id, data.pack())]
            answered = partial(_is_answered, callback, ballot, before)
            if not await self.world.wait(answered, ANSWER_SECONDS):
                raise TimeoutError(f"{person} got no answer")
            taken.append(time.monotonic() - begun)
            on = not on


def _is_answered(callback: Callback, ballot: Message, before: str | None) -> bool:
    return callback.answered is not None and ballot.text != before
