"""The engines a test may run on. One that is absent is skipped by name, or fails where it is required."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import URL, make_url

SQLITE, POSTGRESQL, CHROMIUM = "sqlite", "postgresql", "chromium"
# Not a server that runs, but the programs to make and run one; and the right to mount a small disk.
POSTGRESQL_PROGRAMS, MOUNTING, PDFTOTEXT = "postgresql-programs", "mounting", "pdftotext"
POSTGRESQL_URL = os.environ.get("BAP_TEST_POSTGRESQL", "postgresql+asyncpg://postgres@127.0.0.1:5432/test")
REQUIRED = set(os.environ.get("BAP_TEST_REQUIRE", "").replace(" ", "").split(","))


def absent(engine: str, why: str) -> None:
    """Skip the test because `engine` is not here; fail it where the engine is required."""
    message = f"{engine} is not available: {why}"
    if engine in REQUIRED:
        pytest.fail(message)
    pytest.skip(message)


def chromium() -> str:
    """The path of an installed Chromium; never one that a test tool has downloaded."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        absent(CHROMIUM, "install it, for example with `apt-get install chromium`")
    return str(found)


def postgresql_programs() -> Path:
    """The folder of `initdb` and `postgres`; of several versions the newest."""
    on_path = [Path(each) for each in os.get_exec_path()]
    folders = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version), *on_path]
    whole = [each for each in folders if (each / "initdb").exists() and (each / "postgres").exists()]
    if not whole:
        absent(POSTGRESQL_PROGRAMS, "install them, for example with `apt-get install postgresql`")
    return whole[-1]


def _version(programs: Path) -> float:
    name = programs.parent.name
    return float(name) if name.replace(".", "", 1).isdigit() else 0


def pdftotext() -> str:
    """The path of poppler's reader of printed pages."""
    found = shutil.which("pdftotext")
    if found is None:
        absent(PDFTOTEXT, "install it, for example with `apt-get install poppler-utils`")
    return str(found)


class PostgresTemplate:
    """A migrated database that tests get copies of."""

    def __init__(self, url: str) -> None:
        self._url: URL = make_url(url)
        self._name = f"bap_test_{os.getpid()}"
        self._copies = 0

    def url_of(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    @property
    def url(self) -> str:
        return self.url_of(self._name)

    def create(self) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{self._name}" WITH (FORCE)', f'CREATE DATABASE "{self._name}"')

    def copy(self) -> Iterator[str]:
        self._copies += 1
        name = f"{self._name}_{self._copies}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self._name}"')
        yield self.url_of(name)
        self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def drop(self) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{self._name}" WITH (FORCE)')

    def _run(self, *statements: str) -> None:
        asyncio.run(self._execute(statements))

    async def _execute(self, statements: tuple[str, ...]) -> None:
        address = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await asyncpg.connect(address, timeout=5)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


def copy_of(template: Path, folder: Path) -> str:
    target = folder / "bap.sqlite3"
    shutil.copyfile(template, target)
    return f"sqlite+aiosqlite:///{target}"
