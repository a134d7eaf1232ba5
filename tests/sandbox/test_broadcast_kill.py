"""kill -9 in the midst of a broadcast: everybody hears it, and only what was on the wire comes twice."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.db.session import Database
from bot.sandbox.limits import Limits, Tally
from bot.sandbox.people import Person
from bot.sandbox.server import create_app
from bot.sandbox.world import TOKEN, World
from bot.telegram.delivery import SENDERS
from tests.engines import POSTGRESQL, SQLITE
from tests.sandbox.bot_process import BotProcess, free_port
from tests.sandbox.broadcast import (
    AWAKE,
    SENT,
    WAITS,
    copies,
    doubles,
    outcome,
    settle,
    tally_of,
    tell,
    unmarked,
    until_told,
)
from tests.sandbox.conftest import served_app
from tests.sandbox.faults import Faults
from tests.sandbox.forked import forked

log = logging.getLogger(__name__)
KILLS = 10
SECONDS = 60
SHORT_LEASE, LONG_LEASE = 2, 60
STOP_SECONDS = 10


@dataclass
class Town:
    """A served world in the midst of a broadcast, and what it takes to send a bot there."""

    database: Database
    world: World
    people: list[Person]
    address: str
    folder: Path
    tally: Tally
    # All processes stand behind one address, as behind a balancer; nobody writes to them here.
    webhook_url: str = field(default_factory=lambda: f"http://127.0.0.1:{free_port()}")
    broadcasts: int = 1

    def bot(self, pace: float, lease: float = LONG_LEASE) -> AbstractAsyncContextManager[BotProcess]:
        """A process of its own that is told of updates by webhook: of pollers there can be only one.

        A short `lease` is for those that are killed: else, on a slow machine, what one is sending may look as
        if it had died.
        """
        return forked(
            self.folder,
            token=TOKEN,
            api_url=self.address,
            database_url=self.database.url,
            webhook_url=self.webhook_url,
            webhook_port=free_port(),
            webhook_secret="a-secret",
            deliveries_per_second=pace,
            messages_per_second=int(pace * 1.2),
            lease_seconds=lease,
            **AWAKE,
        )

    async def until(self, share: float) -> None:
        """Wait until so many messages have arrived, as a share of the first broadcast."""
        wanted = share * len(self.people)
        assert await self.world.wait(lambda: copies(self.world).total() >= wanted, SECONDS)

    async def keep_busy(self) -> None:
        """Tell something more when little is left to be sent."""
        if (await outcome(self.database))[WAITS] < len(self.people) / 3:
            self.broadcasts += 1
            await tell(self.database, self.broadcasts)

    async def require_all_told(self, most_doubles: int) -> None:
        """Everybody has everything, and no more came twice than this; so say the chats and the rows."""
        assert await until_told(self.database, SECONDS) == {SENT: len(self.people) * self.broadcasts}
        had = copies(self.world)
        assert [each.id for each in self.people if had[each.id] < self.broadcasts] == []
        twice = doubles(self.world, self.broadcasts)
        log.info("of %s messages %s came twice", had.total(), twice)
        assert twice <= most_doubles, f"{twice} messages came twice; at most {most_doubles} were on the wire"


@asynccontextmanager
async def broadcasting(database: Database, folder: Path, people: int, per_second: int) -> AsyncIterator[Town]:
    """A broadcast that waits for its senders. Telegram takes its time, so that something is on the wire."""
    world, faults = World(), Faults(slow=1, slowness=(0.05, 0.15))
    residents = await settle(database, world, people)
    await tell(database)
    app = create_app(world, limits=Limits(per_second=per_second))
    app.middlewares.append(faults.meddle)
    async with served_app(app) as address:
        yield Town(database, world, residents, address, folder, tally_of(app))


@pytest.mark.parametrize("database_url", [SQLITE], indirect=True)
async def test_one_process_killed_ten_times_repeats_only_what_was_on_the_wire(
    database: Database, tmp_path: Path
) -> None:
    chance = random.Random()
    on_the_wire: set[tuple[int, int]] = set()
    async with broadcasting(database, tmp_path, people=400, per_second=100) as town:
        for kill in range(KILLS):
            async with town.bot(pace=80, lease=SHORT_LEASE) as bot:
                await bot.while_running(town.until(chance.uniform(kill + 0.2, kill + 0.9) / (KILLS + 1)))
                await asyncio.sleep(chance.uniform(0, 0.05))
                await bot.kill()
            now = await cut_off(town)
            assert len(now - on_the_wire) <= SENDERS
            on_the_wire |= now
        async with town.bot(pace=80, lease=SHORT_LEASE) as bot:
            await bot.while_running(town.require_all_told(len(on_the_wire)))
            assert await bot.stop(STOP_SECONDS) == 0
    assert (town.tally.refused, "Traceback" in bot.output) == (0, False), (town.tally, bot.output)


async def cut_off(town: Town) -> set[tuple[int, int]]:
    """Which messages arrived while the bot, which is dead now, never heard of it; with the copies so far."""
    await asyncio.sleep(0.1)
    had = copies(town.world)
    return {(person, had[person]) for person in await unmarked(town.database, town.world)}


@pytest.mark.parametrize("database_url", [POSTGRESQL], indirect=True)
async def test_two_processes_killed_ten_times_in_turn_repeat_only_what_was_on_the_wire(
    database: Database, tmp_path: Path
) -> None:
    chance = random.Random()
    async with broadcasting(database, tmp_path, people=240, per_second=40) as town, AsyncExitStack() as stack:
        bots = [
            await stack.enter_async_context(town.bot(pace=30, lease=SHORT_LEASE)) for _process in range(2)
        ]
        for _kill in range(KILLS):
            for bot in bots:
                await bot.says("taking updates")
            await town.keep_busy()
            await asyncio.sleep(chance.uniform(0.2, 0.7))
            await bots.pop(chance.randrange(2)).kill()
            assert (await outcome(database))[WAITS] > 0
            bots.append(await stack.enter_async_context(town.bot(pace=30, lease=SHORT_LEASE)))
        await town.require_all_told(KILLS * SENDERS)
        assert [await bot.stop(STOP_SECONDS) for bot in bots] == [0, 0]
    assert town.tally.refused == 0, town.tally


@pytest.mark.parametrize("database_url", [POSTGRESQL], indirect=True)
async def test_a_second_process_may_join_and_the_first_may_leave(database: Database, tmp_path: Path) -> None:
    async with (
        broadcasting(database, tmp_path, people=400, per_second=50) as town,
        town.bot(pace=40) as first,
    ):
        await first.while_running(town.until(0.1))
        async with town.bot(pace=40) as second:
            await second.says("taking updates")
            await first.while_running(town.until(0.6))
            assert await first.stop(STOP_SECONDS) == 0
            # Whoever leaves finishes what is on the wire.
            await second.while_running(town.require_all_told(0))
            assert await second.stop(STOP_SECONDS) == 0
    assert town.tally.refused == 0, town.tally


async def test_a_restart_in_the_middle_repeats_nothing(database: Database, tmp_path: Path) -> None:
    async with broadcasting(database, tmp_path, people=200, per_second=50) as town:
        async with town.bot(pace=40) as before:
            await before.while_running(town.until(0.4))
            assert await before.stop(STOP_SECONDS) == 0
        async with town.bot(pace=40) as after:
            await after.while_running(town.require_all_told(0))
    assert town.tally.refused == 0, town.tally
