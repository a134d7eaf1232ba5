"""A PostgreSQL server of a test's own, to be stopped, killed and crowded out."""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import asyncpg

from tests.engines import postgresql_programs
from tests.sandbox.bot_process import free_port

# How a server is asked to stop: politely to it but not to those connected, and without tidying up.
FAST, IMMEDIATE, KILL = signal.SIGINT, signal.SIGQUIT, signal.SIGKILL
READY_SECONDS = 60
MOST_CONNECTIONS = 40
GONE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
SETTINGS = (
    # Nobody may keep a connection back for themselves.
    f"max_connections={MOST_CONNECTIONS}",
    "superuser_reserved_connections=0",
    "listen_addresses=127.0.0.1",
    # What a killed server has written the operating system keeps; only a power cut would lose it.
    "fsync=off",
)


class Cluster:
    """Runs as this user, or as `postgres` where this one is root, as which PostgreSQL does not run."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self._folder = folder
        self._programs = programs
        self._port = free_port()
        self._identity = _not_root()
        if self._identity:
            shutil.chown(folder, self._identity["user"], self._identity["group"])
        self._run(
            "initdb", "--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8", "--no-locale"
        )

    @property
    def url(self) -> str:
        return f"postgresql+asyncpg://postgres@127.0.0.1:{self._port}/postgres"

    def _command(self, program: str, *options: str) -> list[str]:
        return [str(self._programs / program), "-D", str(self._folder / "data"), *options]

    def _run(self, program: str, *options: str) -> None:
        command = self._command(program, *options)
        subprocess.run(command, check=True, capture_output=True, cwd=self._folder, **self._identity)

    async def start(self) -> None:
        """Return when it lets people in; a killed one's children may have to go first."""
        async with asyncio.timeout(READY_SECONDS):
            self._launch()
            while not await self._lets_in():
                if self._process.poll() is not None:
                    self._launch()
                await asyncio.sleep(0.1)

    def _launch(self) -> None:
        options = [word for setting in SETTINGS for word in ("-c", setting)]
        command = self._command("postgres", "-p", str(self._port), "-k", str(self._folder), *options)
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self._folder, **self._identity
            )

    async def _lets_in(self) -> bool:
        with suppress(*GONE):
            await (await self.connect()).close()
            return True
        return False

    async def connect(self) -> Any:
        return await asyncpg.connect(
            user="postgres", host="127.0.0.1", port=self._port, database="postgres", timeout=5
        )

    async def stop(self, way: signal.Signals) -> None:
        self._process.send_signal(way)
        await asyncio.to_thread(self._process.wait, READY_SECONDS)

    async def restart(self, way: signal.Signals, away: float) -> None:
        """Stop, and start again after so many seconds."""
        await self.stop(way)
        await asyncio.sleep(away)
        await self.start()

    async def crowd_out(self, seconds: float) -> None:
        """Take every connection for so long, those that others have already too."""
        taken = [await self.connect()]
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        try:
            while loop.time() < until:
                await taken[0].execute(_END_THE_OTHERS, [each.get_server_pid() for each in taken])
                await self._take_what_is_free(taken)
                await asyncio.sleep(0.05)
            assert len(taken) == MOST_CONNECTIONS
        finally:
            for each in taken:
                await each.close()

    async def _take_what_is_free(self, taken: list[Any]) -> None:
        with suppress(*GONE):
            while len(taken) < MOST_CONNECTIONS:
                taken.append(await self.connect())


_END_THE_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE backend_type = 'client backend' AND pid <> ALL($1::int[])"
)


def _not_root() -> dict[str, Any]:
    """Whom its processes belong to, for `subprocess`."""
    if os.geteuid():
        return {}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            found = pwd.getpwnam(name)
            return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise LookupError("no user as whom PostgreSQL could run")


@asynccontextmanager
async def own_cluster() -> AsyncIterator[Cluster]:
    """A server that runs; skips the test where its programs are not installed."""
    programs = postgresql_programs()
    # Another user may have to enter it; the folders of pytest are for this one alone.
    with tempfile.TemporaryDirectory(prefix="bap-cluster-") as folder:
        cluster = await asyncio.to_thread(Cluster, Path(folder), programs)
        await cluster.start()
        try:
            yield cluster
        finally:
            await cluster.stop(IMMEDIATE)
