"""The databases that are measured; PostgreSQL only where it is there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.engines import POSTGRESQL_URL, PostgresTemplate

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


@contextmanager
def engines(file: Path) -> Iterator[dict[str, str]]:
    """Addresses of empty databases by the name of their engine."""
    urls = {SQLITE: f"sqlite+aiosqlite:///{file}"}
    server = PostgresTemplate(POSTGRESQL_URL)
    try:
        server.create()
    except OSError as error:
        print(f"{POSTGRESQL} is skipped: {str(error) or type(error).__name__}")
        yield urls
        return
    try:
        yield urls | {POSTGRESQL: server.url}
    finally:
        server.drop()


def chosen(urls: dict[str, str]) -> dict[str, str]:
    """The one engine of what takes minutes: SQLite, or PostgreSQL where it was asked for by its address."""
    wanted = POSTGRESQL if "BAP_TEST_POSTGRESQL" in os.environ and POSTGRESQL in urls else SQLITE
    return {wanted: urls[wanted]}
