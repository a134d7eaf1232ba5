"""How the real bot starts and ends: one plain line for what is wrong, and nobody ever sees the token."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.sandbox.world import TOKEN
from tests.sandbox.bot_process import BotProcess, free_port, started
from tests.sandbox.conftest import Site

SECRET = "hush-hush"
SECONDS = 6


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield int(taken.getsockname()[1])


def complaint_of(bot: BotProcess) -> str:
    """The last thing it says: one line, and none of it a trace or a secret."""
    assert "Traceback" not in bot.output
    assert TOKEN not in bot.output
    assert SECRET not in bot.output
    return bot.lines[-1] if bot.lines else ""


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"picks": "many"}, "BAP_PICKS: "),
        ({"pics": 3}, "BAP_PICS: there is no such setting"),
        ({"token": "nonsense"}, "BAP_TOKEN: "),
        ({"token": TOKEN, "webhook_url": "http://127.0.0.1:1"}, "BAP_WEBHOOK_SECRET is required"),
        (
            {"token": TOKEN, "database_url": "postgresql+asyncpg://nobody:hush-hush@127.0.0.1:1/none"},
            "BAP_DATABASE_URL: ",
        ),
        (
            {"token": TOKEN, "database_url": "sqlite+aiosqlite:////proc/none/bap.sqlite3"},
            "BAP_DATABASE_URL: ",
        ),
    ],
)
async def test_what_cannot_work_is_told_in_one_line(
    tmp_path: Path, settings: dict[str, Any], line: str
) -> None:
    async with started(tmp_path, **settings) as bot:
        assert await bot.ended() == 1
    assert len(bot.lines) == 1
    assert complaint_of(bot).startswith(line)


async def test_a_token_that_telegram_does_not_know_ends_the_start(site: Site, tmp_path: Path) -> None:
    async with started(tmp_path, token="43:unknown", api_url=site.address) as bot:
        assert await bot.ended() == 1
    assert complaint_of(bot) == "BAP_TOKEN: Telegram does not know this token."
    assert "unknown" not in bot.output


async def test_a_taken_port_of_the_webhook_ends_the_start_before_telegram_hears_of_it(
    site: Site, tmp_path: Path, taken_port: int
) -> None:
    webhook: dict[str, Any] = {
        "webhook_url": f"http://127.0.0.1:{taken_port}",
        "webhook_port": taken_port,
        "webhook_secret": SECRET,
    }
    async with started(tmp_path, token=TOKEN, api_url=site.address, **webhook) as bot:
        assert await bot.ended() == 1
    assert complaint_of(bot).startswith("BAP_WEBHOOK_PORT: ")
    assert site.world.webhook == {}


async def test_a_taken_port_of_the_sandbox_ends_its_start(tmp_path: Path, taken_port: int) -> None:
    async with started(tmp_path, "sandbox", sandbox_port=taken_port, sandbox_dir=tmp_path) as bot:
        assert await bot.ended() == 1
    assert complaint_of(bot).startswith("BAP_SANDBOX_PORT: ")
    assert len(bot.lines) == 1


async def test_it_waits_for_a_telegram_that_is_away_and_ends_when_asked_to(tmp_path: Path) -> None:
    settings: dict[str, Any] = {"token": TOKEN, "api_url": f"http://127.0.0.1:{free_port()}"}
    async with started(tmp_path, **settings) as bot:
        await bot.says("the start has to wait")
        assert await bot.stop(SECONDS) == 0
    assert complaint_of(bot) == "Stopped."


async def test_the_sandbox_is_there_at_once_and_ends_when_asked_to(tmp_path: Path) -> None:
    async with (
        started(tmp_path, "sandbox", sandbox_port=0, sandbox_dir=tmp_path) as bot,
        ClientSession() as client,
    ):
        line = await bot.says("http://127.0.0.1:")
        assert "awake" not in bot.output
        address = next(word for word in line.split() if word.startswith("http://"))
        async with client.get(address) as page:
            assert page.status == 200
        await bot.says("The bot is awake.")
        assert await bot.stop(SECONDS) == 0
    assert complaint_of(bot) == "Stopped."
