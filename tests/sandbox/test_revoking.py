"""The operator takes a role away at the command line: the menu follows, if Telegram can be reached."""

import socket
from pathlib import Path
from typing import Any

from bot.db.session import Database
from bot.sandbox.methods import menu_of
from bot.sandbox.world import TOKEN, World
from tests.sandbox.bot_process import started
from tests.sandbox.conftest import served
from tests.stage import Stage

REVOKE = "revoke 1 --municipality jazy --role facilitator"


async def test_the_menu_is_set_back_at_once(database: Database, tmp_path: Path) -> None:
    stage = Stage(database, world=World())
    facilitator = await stage.facilitator()
    async with served(stage.world) as address:
        common: dict[str, Any] = {"token": TOKEN, "api_url": address, "database_url": database.url}
        async with started(tmp_path, REVOKE, **common) as command:
            assert await command.ended() == 0
    assert len(command.lines) == 1
    menu = {each["command"] for each in menu_of(stage.world, stage.world.people[facilitator.id])}
    assert "desk" not in menu
    await facilitator.press("desk")
    assert facilitator.alert


async def test_the_role_is_taken_away_also_without_telegram(database: Database, tmp_path: Path) -> None:
    stage = Stage(database, world=World())
    facilitator = await stage.facilitator()
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        common: dict[str, Any] = {"token": TOKEN, "api_url": address, "database_url": database.url}
        async with started(tmp_path, REVOKE, **common) as command:
            assert await command.ended() == 0
    assert "when the bot starts next" in command.output
    assert "Traceback" not in command.output
    await facilitator.press("desk")
    assert facilitator.alert
