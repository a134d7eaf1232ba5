"""What was deleted is gone from SQLite's files, too.

`SECURE_DELETE` on every connection overwrites with zeros what a DELETE or an UPDATE frees. The older state of
the pages stands in the write-ahead log beside the database until that is emptied, which `scrub` does.
One kind of remnant is left: where SQLite moved a row within a page, or to another one, to make room for
others, a copy can stay between the rows, and a later DELETE does not know of it. Only a file that is written
anew is without them, which is done every night.
PostgreSQL has neither; its vacuum frees what was deleted, and docs/stored-data.md says what that means.
"""

import asyncio
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy import URL, make_url

from bot.domain.clock import BISHKEK

log = structlog.get_logger()
SECURE_DELETE = "PRAGMA secure_delete = ON"
# Whoever reads or writes at this moment is let finish; then it is tried again.
TRIES = 20
PAUSE_SECONDS = 0.1
_LOG = "-wal"
# By the clock of Bishkek. Whoever presses while the file is written anew waits for it.
QUIET_HOURS = range(2, 6)


async def scrub(url: str) -> bool:
    """Empty the write-ahead log; False when somebody has read in it all the while. Nobody waits for this."""
    path = path_of(make_url(url))
    if path is None:
        return True
    for _try in range(TRIES):
        if await asyncio.to_thread(_is_emptied, path):
            return True
        await asyncio.sleep(PAUSE_SECONDS)
    return False


def path_of(url: URL) -> Path | None:
    """The file of an SQLite database; None for any other, and for one in memory."""
    is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(str(url.database)) if is_file else None


def _is_emptied(path: Path) -> bool:
    """Whether the log holds nothing, or no longer does; without waiting for anybody."""
    written = path.with_name(path.name + _LOG)
    if not written.exists() or written.stat().st_size == 0:
        return True
    with closing(sqlite3.connect(path, timeout=0)) as connection:
        connection.execute(SECURE_DELETE)
        try:
            is_busy, _pages, _copied = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
    return not is_busy


def is_to_be_written_anew(url: str, now: datetime) -> bool:
    """Once a night; of a machine that is off at night, by the day after."""
    path, here = path_of(make_url(url)), now.astimezone(BISHKEK)
    if path is None:
        return False
    with closing(sqlite3.connect(path)) as connection:
        days = here.toordinal() - connection.execute("PRAGMA user_version").fetchone()[0]
    return bool(days > 1 or (days == 1 and here.hour in QUIET_HOURS))


async def write_anew(url: str) -> None:
    """Write the file anew, without what was deleted and still stands in it."""
    path = path_of(make_url(url))
    if path is None:
        return
    try:
        await asyncio.to_thread(_vacuum, path)
    except sqlite3.OperationalError as error:
        log.warning("what was deleted before may still stand in the file", trouble=str(error))


def _vacuum(path: Path) -> None:
    """The day of it is kept in a number of the file that SQLite leaves to its users."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("VACUUM")
        connection.execute(f"PRAGMA user_version = {datetime.now(BISHKEK).toordinal()}")
