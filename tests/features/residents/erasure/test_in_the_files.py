"""Whoever was forgotten stands in no file of SQLite: not in free pages, and not in the write-ahead log."""

import asyncio
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.commands import ready_database
from bot.db import scrubbing
from bot.db.migrate import alembic_config
from bot.db.models import JournalEntry, MeasureCheck, PlanComment, Problem
from bot.db.session import Database
from bot.domain.clock import BISHKEK
from bot.sandbox.people import Person
from tests.engines import copy_of
from tests.features.people import report
from tests.features.records import change
from tests.features.residents.erasure.test_forgetting import leave
from tests.features.residents.erasure.traces import NAME, NOW, WORDS, dump, everywhere
from tests.stage import Stage, Visitor

# Long enough to stand in a file by no chance.
NUMBER = 6_912_345_678
SECRET = "Соседка за синим забором льёт помои в арык"


@pytest.fixture
async def stage(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    database = Database(copy_of(sqlite_template, tmp_path))
    yield Stage(database)
    await database.close()


async def resident_with_number(stage: Stage) -> Visitor:
    """A resident whose number in Telegram is a long one, as real ones are."""
    stage.world.people[NUMBER - 1] = Person(NUMBER - 1, "Nobody", "ru")
    visitor = stage.visitor()
    del stage.world.people[NUMBER - 1]
    assert visitor.id == NUMBER
    await visitor.start("m_jazy")
    for answer in ("lang:ru", "vil:", "agree"):
        await visitor.tap(answer)
    return visitor


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.glob("bap.sqlite3*"))}


def traces_in(folder: Path) -> list[str]:
    """Where the person's number or words stand: as text, and as SQLite stores numbers."""
    number = {
        "number as text": str(NUMBER).encode(),
        "number, 6 bytes": NUMBER.to_bytes(6, "big"),
        "number, 8 bytes": NUMBER.to_bytes(8, "big"),
        "number as varint": varint(NUMBER),
        "number, little endian": NUMBER.to_bytes(8, "little")[:5],
    }
    words = {
        form: each.encode(coding)
        for each in (SECRET, SECRET.lower(), WORDS, NAME)
        for form, coding in ((each, "utf-8"), (f"{each}, UTF-16", "utf-16-le"))
    }
    escaped = {f"{each} in JSON": each.encode("unicode-escape") for each in (SECRET, WORDS, NAME)}
    return [
        f"{name}: {form}"
        for name, content in files_of(folder).items()
        for form, written in (number | words | escaped).items()
        if written in content
    ]


def varint(number: int) -> bytes:
    """As SQLite writes the number of a row: seven bits a byte, the highest first."""
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(number & 0x7F | 0x80)
    return bytes(reversed(groups))


async def test_nothing_of_whoever_was_forgotten_is_left_in_any_file(stage: Stage, tmp_path: Path) -> None:
    person = await resident_with_number(stage)
    await everywhere(stage, person)
    await report(person, SECRET)
    await person.send(SECRET)
    await person.send("/cancel")
    assert {each.split(": ")[1] for each in traces_in(tmp_path)} > {"number as text", SECRET, WORDS, NAME}

    await leave(person)
    await stage.app.inbox.strike_off()
    assert await stage.database.scrub()

    held = await dump(stage)
    assert [each for each in (NAME, str(NUMBER)) if each in held] == []
    # What was given to everybody stays without its author. Once it is taken out, too, nothing is left.
    for given in (
        update(Problem).values(text="", folded=""),
        update(MeasureCheck).values(note=None),
        update(PlanComment).values(text=""),
    ):
        await change(stage, given)
    assert await stage.database.scrub()
    assert traces_in(tmp_path) == []


async def test_a_reader_is_not_disturbed_and_keeps_nobody_from_writing_meanwhile(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scrubbing, "PAUSE_SECONDS", 0)
    entry = insert(JournalEntry).values(at=NOW, act="problem.published", details={"before": SECRET})
    await change(stage, entry)
    with closing(sqlite3.connect(tmp_path / "bap.sqlite3", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM journal").fetchone() == (1,)
        await change(stage, entry)
        assert not await stage.database.scrub()
        await change(stage, entry)
        assert reader.execute("SELECT count(*) FROM journal").fetchone() == (1,)
        reader.execute("COMMIT")
    assert await stage.database.scrub()
    assert (tmp_path / "bap.sqlite3-wal").stat().st_size == 0


async def test_every_connection_overwrites_what_it_deletes(stage: Stage) -> None:
    for door in (stage.database.act, stage.database.read):
        async with door() as db:
            assert (await db.exec_driver_sql("PRAGMA secure_delete")).scalar() == 1


async def test_a_database_of_an_earlier_version_is_written_anew_when_it_is_brought_up_to_date(
    sqlite_template: Path, tmp_path: Path
) -> None:
    url = copy_of(sqlite_template, tmp_path)
    with closing(sqlite3.connect(tmp_path / "bap.sqlite3", isolation_level=None)) as earlier:
        earlier.execute("PRAGMA secure_delete = OFF")
        entry = ("2026-01-01", "problem.published", SECRET)
        for _each in range(200):
            earlier.execute("INSERT INTO journal (at, act, details) VALUES (?, ?, ?)", entry)
        earlier.execute("DELETE FROM journal")
    await go_back(url)
    assert traces_in(tmp_path)
    await (await ready_database(url)).close()
    assert traces_in(tmp_path) == []


def churned(file: Path) -> set[bytes]:
    """Rows come, change and go, so that pages are split and joined; return what no row holds any more."""
    chance, held, gone = random.Random(1), dict[int, str](), set[bytes]()
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(scrubbing.SECURE_DELETE)
        connection.execute("CREATE TABLE beside (id INTEGER PRIMARY KEY, words TEXT)")
        connection.execute("CREATE INDEX ix_beside ON beside (words)")
        connection.execute("BEGIN")
        for turn in range(12_000):
            number = chance.randrange(600)
            if number in held:
                gone.add(held.pop(number)[:15].encode())
                connection.execute("DELETE FROM beside WHERE id = ?", (number,))
            if chance.random() < 0.6:
                held[number] = f"<row {turn:09d}>" + "и" * chance.choice([3, 30, 200, 900])
                connection.execute("INSERT INTO beside VALUES (?, ?)", (number, held[number]))
        connection.execute("COMMIT")
    return gone


def remnants(folder: Path, gone: set[bytes]) -> int:
    written = b"".join(files_of(folder).values())
    return len(gone & set(re.findall(rb"<row \d{9}>", written)))


async def test_remnants_between_the_rows_are_gone_after_a_night(stage: Stage, tmp_path: Path) -> None:
    """SQLite leaves copies of rows that it moved, which overwriting what is deleted does not reach."""
    await stage.resident()
    gone = churned(tmp_path / "bap.sqlite3")
    assert await stage.database.scrub()
    assert remnants(tmp_path, gone)

    entry = insert(JournalEntry).values(at=NOW, act="problem.published", details={})
    await asyncio.gather(stage.database.write_anew_at_night(), *(change(stage, entry) for _each in range(20)))
    assert await stage.database.scrub()
    assert remnants(tmp_path, gone) == 0
    async with stage.database.read() as db:
        entries = select(func.count()).where(JournalEntry.act == "problem.published")
        assert (await db.execute(entries)).scalar() == 20
        assert (await db.exec_driver_sql("PRAGMA integrity_check")).scalar() == "ok"


async def test_a_file_is_written_anew_once_a_night_or_by_the_day_after(stage: Stage) -> None:
    def is_due(days: int, hour: int) -> bool:
        moment = datetime.now(BISHKEK).replace(hour=hour, minute=0) + timedelta(days=days)
        return scrubbing.is_to_be_written_anew(stage.database.url, moment)

    assert is_due(0, 12)
    await stage.database.write_anew_at_night()
    assert [is_due(0, 3), is_due(1, 1), is_due(1, 3), is_due(1, 12), is_due(2, 12)] == [
        False,
        False,
        True,
        False,
        True,
    ]
    assert not scrubbing.is_to_be_written_anew(
        "postgresql+asyncpg://bap@127.0.0.1/bap", datetime.now(BISHKEK)
    )


def test_a_backup_made_as_the_docs_say_holds_no_remnants(sqlite_template: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    shutil.copyfile(sqlite_template, tmp_path / "data" / "bap.sqlite3")
    gone = churned(tmp_path / "data" / "bap.sqlite3")
    assert remnants(tmp_path / "data", gone)
    page = (Path(__file__).parents[4] / "docs" / "running.md").read_text(encoding="utf-8")
    found = re.search(r'^python3 -c "(.+VACUUM.+)"$', page, re.MULTILINE)
    assert found
    subprocess.run([sys.executable, "-c", found[1]], cwd=tmp_path, check=True)
    (tmp_path / "backup.sqlite3").rename(tmp_path / "bap.sqlite3")
    assert remnants(tmp_path, gone) == 0
    with closing(sqlite3.connect(tmp_path / "bap.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM villages").fetchone()[0] > 0


async def go_back(url: str) -> None:
    """To the version before the newest."""
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(lambda each: command.downgrade(alembic_config(each), "-1"))
    await engine.dispose()
