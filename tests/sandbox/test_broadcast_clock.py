"""The host's clock is changed in the midst of a broadcast: nothing is lost, doubled or held up."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.db.session import Database
from bot.sandbox.limits import Limits
from bot.sandbox.server import create_app
from bot.sandbox.world import World
from tests.sandbox.broadcast import SENT, copies, sending, settle, tally_of, tell, until_told
from tests.sandbox.conftest import served_app

PEOPLE = 200
PACE = 40
HOUR = timedelta(hours=1)
LONGEST_STALL = 3.0
SECONDS = 40


class Clock:
    """The host's clock, which somebody sets."""

    def __init__(self) -> None:
        self.shift = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.shift


@pytest.mark.parametrize(
    "shifts", [(HOUR, timedelta()), (-HOUR, timedelta()), (timedelta(days=400), -timedelta(days=400))]
)
async def test_a_clock_set_forward_and_back_neither_loses_nor_doubles_nor_stalls(
    database: Database, shifts: tuple[timedelta, timedelta]
) -> None:
    world, clock = World(), Clock()
    people = await settle(database, world, PEOPLE)
    await tell(database)
    app = create_app(world, limits=Limits(per_second=PACE + 5))
    pace = {"deliveries_per_second": PACE, "messages_per_second": PACE + 3, "lease_seconds": 4}
    async with served_app(app) as address, sending(database, address, clock, **pace):
        watch = asyncio.create_task(longest_stall(world))
        for number, shift in enumerate(shifts, 1):
            await until(world, number * PEOPLE // 3)
            clock.shift = shift
        assert await until_told(database, SECONDS) == {SENT: PEOPLE}
        stall = await watch
        await asyncio.sleep(1)
    assert [copies(world)[each.id] for each in people] == [1] * PEOPLE
    assert stall < LONGEST_STALL
    assert tally_of(app).refused == 0


async def until(world: World, messages: int) -> None:
    assert await world.wait(lambda: copies(world).total() >= messages, SECONDS)


async def longest_stall(world: World) -> float:
    """The longest time in seconds between two messages of a broadcast."""
    longest, last, seen = 0.0, time.monotonic(), 0
    while seen < PEOPLE:
        found = copies(world).total()
        if found > seen:
            last, seen = time.monotonic(), found
        longest = max(longest, time.monotonic() - last)
        await asyncio.sleep(0.02)
    return longest
