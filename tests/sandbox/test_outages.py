"""The database goes away in every way there is, while people write: over HTTP, with the real bot.

Four messages a second, each from another person. None may be lost, none kept twice, and everybody gets an
answer, however late.
"""

import asyncio
import json
import resource
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import Any

import pytest

from bot.commands import ready_database
from bot.db.session import Database
from bot.sandbox.people import Person
from bot.sandbox.world import TOKEN, World
from tests.engines import MOUNTING, SQLITE, absent
from tests.sandbox.bot_process import BotProcess, started
from tests.sandbox.broadcast import settle
from tests.sandbox.cluster import FAST, IMMEDIATE, KILL, own_cluster
from tests.sandbox.conftest import served
from tests.sandbox.ways import POLLING, WEBHOOK, both_ways, settings_of
from tests.sandbox.writers import is_answered, require_kept, write

MOST_PEOPLE, PER_SECOND = 600, 4
# Between two troubles, so that something is handled as usual.
CALM_SECONDS = 1.5
# After the last trouble: the next try of what has failed often is half a minute away.
PATIENCE_SECONDS, STOP_SECONDS = 120, 20
DISK = 24 * 1024 * 1024


@dataclass
class Town:
    """People who write, and the bot that they write to."""

    world: World
    bot: BotProcess
    people: list[Person]
    writers: list[Person] = field(default_factory=list)

    async def write_during(self, trouble: Awaitable[None]) -> None:
        """Write before, during and after it."""
        happening = asyncio.ensure_future(_with_calm_around(trouble))
        while not happening.done():
            person = self.people[len(self.writers)]
            self.writers.append(person)
            write(self.world, person)
            await asyncio.wait((happening,), timeout=1 / PER_SECOND)
        await happening

    async def require_answered(self) -> None:
        """Everybody who has written has an answer, and Telegram keeps nothing any more."""

        def is_over() -> bool:
            return not self.world.updates and all(is_answered(self.world, each) for each in self.writers)

        assert await self.bot.while_running(self.world.wait(is_over, PATIENCE_SECONDS))
        assert await self.bot.stop(STOP_SECONDS) == 0
        assert errors_of(self.bot) == set()


async def _with_calm_around(trouble: Awaitable[None]) -> None:
    await asyncio.sleep(CALM_SECONDS)
    await trouble
    await asyncio.sleep(CALM_SECONDS)


def errors_of(bot: BotProcess) -> set[str]:
    """What the log calls an error, and every line that is no line of the log."""
    lines = [json.loads(line) if line.startswith("{") else {"event": line} for line in bot.lines]
    return {each["event"] for each in lines if each.get("level") not in {"info", "warning"}} - {"Stopped."}


@asynccontextmanager
async def town(url: str, folder: Path, way: str) -> AsyncIterator[Town]:
    world = World()
    database = Database(url)
    people = await settle(database, world, MOST_PEOPLE)
    await database.close()
    async with served(world) as address:
        common: dict[str, Any] = {
            "token": TOKEN,
            "api_url": address,
            "database_url": url,
            "log_format": "json",
        }
        async with started(folder, **common, **settings_of(way)) as bot:
            await bot.says("taking updates")
            yield Town(world, bot, people)


async def require_all_kept(url: str, people: list[Person]) -> None:
    database = Database(url)
    try:
        await require_kept(database, people)
    finally:
        await database.close()


@pytest.mark.parametrize(("way", "crowded"), [(POLLING, 25), (WEBHOOK, 6)])
async def test_postgresql_restarted_killed_and_out_of_connections_loses_no_message(
    tmp_path: Path, way: str, crowded: float
) -> None:
    async with own_cluster() as cluster:
        await (await ready_database(cluster.url)).close()
        async with town(cluster.url, tmp_path, way) as there:
            for ending in (FAST, IMMEDIATE, KILL):
                await there.write_during(cluster.restart(ending, away=1))
            await there.write_during(cluster.crowd_out(crowded))
            await there.require_answered()
        await require_all_kept(cluster.url, there.writers)


@both_ways
@pytest.mark.parametrize("database_url", [SQLITE], indirect=True)
async def test_a_database_whose_files_cannot_be_written_for_a_while_loses_no_message(
    database_url: str, tmp_path: Path, way: str
) -> None:
    async with town(database_url, tmp_path, way) as there:
        await there.write_during(_without_writing(there.bot, 8))
        await there.require_answered()
    await require_all_kept(database_url, there.writers)


async def _without_writing(bot: BotProcess, seconds: float) -> None:
    """For so long the system lets none of its files be written beyond the first byte."""
    _soft, hard = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (1, hard))
    await asyncio.sleep(seconds)
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (hard, hard))


@pytest.mark.parametrize("database_url", [SQLITE], indirect=True)
async def test_a_disk_that_is_full_for_a_while_loses_no_message(database_url: str, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        shutil.copy(database_url.partition("///")[2], disk / "bap.sqlite3")
        url = f"sqlite+aiosqlite:///{disk / 'bap.sqlite3'}"
        async with town(url, tmp_path, POLLING) as there:
            await there.write_during(_filled(disk / "ballast", 25))
            await there.require_answered()
        await require_all_kept(url, there.writers)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        absent(MOUNTING, made.stderr.decode().strip())
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


async def _filled(ballast: Path, seconds: float) -> None:
    """Nothing more fits on the disk for so long: what the bot gives back meanwhile is taken at once."""
    end = asyncio.get_running_loop().time() + seconds
    with ballast.open("wb", buffering=0) as file:
        while asyncio.get_running_loop().time() < end:
            _fill(file)
            await asyncio.sleep(0.05)
    ballast.unlink()


def _fill(ballast: FileIO) -> None:
    """Write until nothing more can be written."""
    piece = bytes(4096)
    with suppress(OSError):
        for _piece in range(2 * DISK // len(piece)):
            ballast.write(piece)
        raise AssertionError("there is room for more than the whole disk")
