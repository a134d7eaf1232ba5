"""Bots that are there at once: forks of a process that has imported everything, to be killed many times."""

import asyncio
import multiprocessing
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import Any, Self

from tests.sandbox.bot_process import START_SECONDS, BotProcess

Prepare = Callable[[], None]
FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["bot.app", "bot.commands", "bot.db.migrate"])


class ForkedBot(BotProcess):
    """What `bap run` does, without the seconds that Python takes to begin.

    `prepare` is called in the new process first: a function of a module, which may change what it likes.
    """

    def __init__(self, folder: Path, prepare: Prepare | None = None, **settings: Any) -> None:
        super().__init__(folder, **settings)
        self._prepare = prepare

    async def start(self) -> Self:
        handle, name = mkstemp(dir=self._folder, suffix=".log")
        os.close(handle)
        self._log = Path(name)
        given = (self._folder, self._environment, self._log, self._prepare)
        self._fork = FORKING.Process(target=_live, args=given)
        await asyncio.to_thread(self._fork.start)
        self._reader = asyncio.create_task(self._read())
        return self

    async def _read(self) -> None:
        is_over = False
        while not is_over:
            is_over = not self._fork.is_alive()
            self.lines = self._log.read_text(encoding="utf-8").splitlines()
            await asyncio.sleep(0.02)

    async def kill(self) -> None:
        self._fork.kill()
        await self.ended()

    async def stop(self, seconds: float = START_SECONDS) -> int:
        self._fork.terminate()
        return await self.ended(seconds)

    async def ended(self, seconds: float = START_SECONDS) -> int:
        async with asyncio.timeout(seconds):
            await self._reader
        assert self._fork.exitcode is not None
        return self._fork.exitcode

    @property
    def is_running(self) -> bool:
        return self._fork.is_alive()


@asynccontextmanager
async def forked(folder: Path, prepare: Prepare | None = None, **settings: Any) -> AsyncIterator[ForkedBot]:
    """A bot that is gone when the block is left."""
    process = await ForkedBot(folder, prepare, **settings).start()
    try:
        yield process
    finally:
        if process.is_running:
            await process.kill()


def _live(folder: Path, environment: dict[str, str], log: Path, prepare: Prepare | None) -> None:
    from bot import commands

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    with log.open("ab", buffering=0) as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())
    if prepare:
        prepare()
    asyncio.run(commands.run())
