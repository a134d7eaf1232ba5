"""A second copy of the bot with the same token makes the first one deaf only when it was told to."""

from pathlib import Path
from typing import Any

from bot.db.session import Database
from bot.sandbox.phone import Phone
from bot.sandbox.world import TOKEN, World
from tests.sandbox.bot_process import started
from tests.sandbox.conftest import served
from tests.sandbox.forked import forked
from tests.sandbox.ways import POLLING, WEBHOOK, settings_of

STOP_SECONDS = 15


async def test_a_copy_that_polls_does_not_start_beside_a_webhook_unless_it_is_to_take_over(
    database: Database, tmp_path: Path
) -> None:
    world = World()
    first, second = (Phone(world, person) for person in world.extras(2))
    async with served(world) as address:
        common: dict[str, Any] = {"token": TOKEN, "api_url": address}
        async with forked(tmp_path, **common, database_url=database.url, **settings_of(WEBHOOK)) as bot:
            await bot.while_running(first.say("/start"))
            async with started(tmp_path, **common) as copy:
                assert await copy.ended() == 1
            assert "`bap run --take-over`" in copy.lines[-1]
            assert copy.lines[-1].startswith("BAP_TOKEN: ")
            assert "Traceback" not in copy.output + bot.output
            assert world.webhook
            await bot.while_running(second.say("/start"))
        async with started(tmp_path, "run --take-over", **common) as copy:
            await copy.says("taking updates by long polling")
            assert not world.webhook
            await copy.while_running(second.say("/start"))
            assert await copy.stop(STOP_SECONDS) == 0


async def test_whoever_has_set_the_webhook_may_poll_and_set_it_again(
    database: Database, tmp_path: Path
) -> None:
    world = World()
    phone = Phone(world, world.extras(1)[0])
    async with served(world) as address:
        common: dict[str, Any] = {"token": TOKEN, "api_url": address, "database_url": database.url}
        for way in (WEBHOOK, POLLING, WEBHOOK, WEBHOOK, POLLING):
            async with forked(tmp_path, **common, **settings_of(way)) as bot:
                await bot.while_running(phone.say("/start"))
                assert bool(world.webhook) == (way == WEBHOOK)
                assert await bot.stop(STOP_SECONDS) == 0
            assert "Traceback" not in bot.output
