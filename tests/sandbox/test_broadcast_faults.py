"""Whatever goes wrong on the way, nobody is passed over, nobody is bothered twice, and the rows add up."""

import asyncio
from collections import Counter

import pytest
from sqlalchemy import select

from bot.db.models import ResidentRow
from bot.db.session import Database
from bot.sandbox.limits import Limits, Tally
from bot.sandbox.people import Person
from bot.sandbox.server import create_app
from bot.sandbox.world import World
from bot.telegram.delivery import SENDERS
from tests.sandbox.broadcast import SENT, copies, doubles, sending, settle, tally_of, tell, until_told
from tests.sandbox.conftest import served_app
from tests.sandbox.faults import Faults

PEOPLE = 240
PACE = 100
# The unluckiest message fails so often in a row that it waits for half a minute.
SECONDS = 70
# What was sent apart may arrive together when the machine is busy.
TOGETHER = 3 * SENDERS
LIMITS = Limits(per_second=PACE + TOGETHER)
# The sender hangs up after half of it. A merely slow answer stays far below that, also when the machine
# is busy: an answer that crosses the hanging up was heard by nobody, and no server can know.
LEASE = 8
TOO_SLOW = (4.5, 6.0)


async def broadcast_under(
    faults: Faults, database: Database, world: World, *, storm: str = ""
) -> tuple[Counter[str], Tally]:
    """Tell everybody through this server; return what the rows say, and what the server has seen."""
    app = create_app(world, limits=LIMITS)
    app.middlewares.append(faults.meddle)
    await tell(database)
    async with (
        served_app(app) as address,
        sending(
            database, address, deliveries_per_second=PACE, messages_per_second=PACE + 5, lease_seconds=LEASE
        ),
    ):
        if storm:
            assert await world.wait(lambda: copies(world).total() > PEOPLE / 4, SECONDS)
            faults.storm(storm, 3)
        found = await until_told(database, SECONDS)
        # Whoever would send something again has had the time for it.
        await asyncio.sleep(1)
    return found, tally_of(app)


def require_only_unheard_doubles(world: World, people: list[Person], faults: Faults) -> None:
    """Everybody has it once, and once more only for a time that the sender did not hear of it."""
    had = copies(world)
    assert all(1 <= had[each.id] <= 1 + faults.unheard[each.id] for each in people), (had, faults)
    assert doubles(world) <= faults.unheard.total()


async def test_without_faults_everybody_is_told_once_and_the_limits_are_kept(database: Database) -> None:
    world, faults = World(), Faults()
    people = await settle(database, world, PEOPLE)
    found, tally = await broadcast_under(faults, database, world)
    assert found == {SENT: PEOPLE}
    assert [copies(world)[each.id] for each in people] == [1] * PEOPLE
    assert tally == Tally(passed=PEOPLE, refused=0, disobeyed=0, busiest_second=tally.busiest_second)
    assert tally.busiest_second <= PACE + TOGETHER


@pytest.mark.parametrize(
    "faults",
    [
        Faults(asked_to_wait=0.01),
        Faults(broken_server=0.1),
        Faults(cut_before=0.1),
        Faults(cut_after=0.1),
        Faults(slow=0.1),
        Faults(slow=0.05, slowness=TOO_SLOW),
    ],
    ids=["429", "5xx", "cut before", "cut after", "slow", "too slow"],
)
async def test_a_fault_loses_nothing_and_repeats_only_what_nobody_heard_of(
    database: Database, faults: Faults
) -> None:
    world = World()
    people = await settle(database, world, PEOPLE)
    found, tally = await broadcast_under(faults, database, world)
    assert found == {SENT: PEOPLE}
    require_only_unheard_doubles(world, people, faults)
    assert tally.refused == 0
    assert faults.disobeyed <= SENDERS * faults.happened["asked_to_wait"]


@pytest.mark.parametrize("kind", ["asked_to_wait", "broken_server"])
async def test_a_storm_that_refuses_everything_passes_and_then_all_are_told_once(
    database: Database, kind: str
) -> None:
    world, faults = World(), Faults()
    people = await settle(database, world, PEOPLE)
    found, _tally = await broadcast_under(faults, database, world, storm=kind)
    assert found == {SENT: PEOPLE}
    assert [copies(world)[each.id] for each in people] == [1] * PEOPLE
    # Nobody hammers at a door that is shut.
    assert faults.happened[kind] <= (4 * SENDERS if kind == "asked_to_wait" else 3 * PACE + TOGETHER)


async def test_whoever_cannot_be_reached_is_counted_by_cause_and_left_alone(database: Database) -> None:
    world, faults = World(), Faults()
    people = await settle(database, world, PEOPLE)
    away = people[::10]
    make_unreachable(world, away)
    found, _tally = await broadcast_under(faults, database, world)
    assert found == {SENT: PEOPLE - 24, "blocked": 8, "gone": 16}
    assert await left_alone(database) == {each.id for each in away}
    reached = [each for each in people if each not in away]
    assert [copies(world)[each.id] for each in reached] == [1] * len(reached)
    assert faults.happened[""] == PEOPLE


async def test_all_faults_together_lose_nothing(database: Database) -> None:
    world = World()
    faults = Faults(
        asked_to_wait=0.005, broken_server=0.02, cut_before=0.02, cut_after=0.02, slow=0.05, slowness=TOO_SLOW
    )
    people = await settle(database, world, PEOPLE)
    away = people[::10]
    make_unreachable(world, away)
    found, _tally = await broadcast_under(faults, database, world)
    assert found == {SENT: PEOPLE - 24, "blocked": 8, "gone": 16}
    assert await left_alone(database) == {each.id for each in away}
    require_only_unheard_doubles(world, [each for each in people if each not in away], faults)


def make_unreachable(world: World, people: list[Person]) -> None:
    """A third has blocked the bot, a third deleted the account, and Telegram does not know the rest."""
    for each in people[::3]:
        each.blocked = True
    for each in people[1::3]:
        each.gone = True
    for each in people[2::3]:
        del world.people[each.id], world.chats[each.id]


async def left_alone(database: Database) -> set[int]:
    query = select(ResidentRow.telegram_id).where(ResidentRow.blocked_at.is_not(None))
    async with database.read() as db:
        return set(await db.scalars(query))
