"""The real bot as a process of its own, which a test may stop in any way."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self, TypeVar

from bot.settings import PREFIX, TEST_PREFIX

ROOT = Path(__file__).parents[2]
START_SECONDS = 40
T = TypeVar("T")


class BotProcess:
    """`python -m bot VERB`, in a folder of its own and with no settings but the given ones.

    Options may follow the verb. `module` may be another one that starts the same bot.
    """

    def __init__(self, folder: Path, verb: str = "run", module: str = "bot", **settings: Any) -> None:
        self._folder = folder
        self._command = (sys.executable, "-m", module, *verb.split())
        self._environment = environment(settings)
        self.lines: list[str] = []

    async def start(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            cwd=self._folder,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._reader = asyncio.create_task(self._read())
        return self

    async def _read(self) -> None:
        assert self._process.stdout
        async for line in self._process.stdout:
            self.lines.append(line.decode().rstrip())

    @property
    def output(self) -> str:
        return "\n".join(self.lines)

    async def says(self, words: str) -> str:
        """Wait for a line with these words."""
        async with asyncio.timeout(START_SECONDS):
            while True:
                if found := next((line for line in self.lines if words in line), None):
                    return found
                assert not self._reader.done(), self.output
                await asyncio.sleep(0.02)

    async def while_running(self, work: Awaitable[T]) -> T:
        """Wait for something that is to happen while it runs; fail with its own words if it ends before."""
        task = asyncio.ensure_future(work)
        await asyncio.wait((task, self._reader), return_when=asyncio.FIRST_COMPLETED)
        assert task.done(), self.output
        return await task

    async def kill(self) -> None:
        """End it as a power cut does: it gets no chance to do anything more."""
        self._process.kill()
        await self.ended()

    async def stop(self, seconds: float = START_SECONDS) -> int:
        """Ask it to end, as an operating system does; return its exit code."""
        self._process.send_signal(signal.SIGTERM)
        return await self.ended(seconds)

    async def ended(self, seconds: float = START_SECONDS) -> int:
        async with asyncio.timeout(seconds):
            await asyncio.shield(self._reader)
            return await self._process.wait()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process.returncode is None


@asynccontextmanager
async def started(
    folder: Path, verb: str = "run", module: str = "bot", **settings: Any
) -> AsyncIterator[BotProcess]:
    """A bot that is gone when the block is left."""
    process = await BotProcess(folder, verb, module, **settings).start()
    try:
        yield process
    finally:
        if process.is_running:
            await process.kill()


def environment(settings: dict[str, Any]) -> dict[str, str]:
    """This process's own, without its settings of the bot."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(PREFIX) or name.startswith(TEST_PREFIX)
    }
    given = {PREFIX + name.upper(): str(value) for name, value in settings.items()}
    return {**kept, **given, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
