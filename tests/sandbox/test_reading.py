"""The real bot while it reads a file that takes for ever: others are answered, and it ends when asked to."""

from pathlib import Path
from typing import Any

from bot.db.session import Database
from bot.sandbox import demo
from bot.sandbox.phone import Phone
from bot.sandbox.world import FACILITATOR, OFFICER, TOKEN, World
from tests.engines import copy_of
from tests.features.plan.drafting.plans import JAZY
from tests.prints.test_reading import ends, exists
from tests.sandbox.bot_process import started
from tests.sandbox.conftest import served
from tests.sandbox.never_reading import BEGUN
from tests.sandbox.ways import both_ways, settings_of

# What was promised, and what the system takes to end a process on a machine that has much else to do.
STOP_SECONDS = 20 + 10


async def send_population(world: World, facilitator: Phone) -> None:
    """A form is asked for, and something is sent back."""
    await facilitator.say("/desk")
    assert facilitator.screen
    asked = world.tap(FACILITATOR, facilitator.screen.message_id, f"popform:{JAZY}")
    assert await world.wait(lambda: world.answer(asked) is not None, 60)
    world.send_document(FACILITATOR, "population.xlsx", b"PK")


@both_ways
async def test_the_bot_ends_while_a_file_is_read_and_answers_others_before(
    sqlite_template: Path, tmp_path: Path, way: str
) -> None:
    url = copy_of(sqlite_template, tmp_path)
    database = Database(url)
    await demo.lay_out(database, demo.Cast(facilitator_id=FACILITATOR, officer_id=OFFICER))
    await database.close()
    world = World()
    facilitator, officer = (Phone(world, world.people[each]) for each in (FACILITATOR, OFFICER))
    async with served(world) as address:
        settings: dict[str, Any] = {
            "token": TOKEN,
            "api_url": address,
            "database_url": url,
            **settings_of(way),
        }
        async with started(tmp_path, module="tests.sandbox.never_reading", **settings) as bot:
            await bot.while_running(send_population(world, facilitator))
            process = await bot.while_running(exists(tmp_path / BEGUN))
            await officer.say("/office")
            await officer.say("/plan")
            assert await bot.stop(STOP_SECONDS) == 0
            await ends(process)
            assert "Traceback" not in bot.output
