"""Other accounts of the machine read nothing of what the bot keeps or writes, whatever the umask."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.private_files import keep_private, make_private_folder, write_private
from bot.sandbox.store import Store
from bot.sandbox.world import World

ROOT = Path(__file__).parents[1]
OPEN_FOLDER, OPEN_FILE = 0o755, 0o644


@pytest.fixture(autouse=True)
def _usual_umask() -> "object":
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def modes(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): mode(path) for path in sorted(folder.rglob("*"))}


def bap(folder: Path, *arguments: str) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("BAP_")}
    env |= {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "bot", *arguments]
    subprocess.run(command, cwd=folder, env=env, capture_output=True, check=True)


def test_a_new_folder_of_data_is_made_for_the_owner_alone(tmp_path: Path) -> None:
    bap(tmp_path, "migrate")
    assert mode(tmp_path / "data") == 0o700
    assert modes(tmp_path / "data") == {"bap.sqlite3": 0o600}


def test_an_old_one_is_closed_with_all_in_it_at_the_next_start(sqlite_template: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "sandbox" / "world.files").mkdir(parents=True)
    shutil.copyfile(sqlite_template, data / "bap.sqlite3")
    for name in ("sandbox/world.json", "sandbox/world.files/photo", "backup.sqlite3"):
        (data / name).write_text("{}")
    shared = tmp_path / "shared"
    shared.write_text("")
    (data / "link").symlink_to(shared)
    bot = sqlite3.connect(data / "bap.sqlite3")
    bot.execute("PRAGMA journal_mode = WAL")
    bot.execute("CREATE TABLE beside (id)")
    assert mode(data / "bap.sqlite3-wal") == OPEN_FILE
    bap(tmp_path, "roles")
    bot.close()
    assert mode(data) == 0o700
    kept = {name: found for name, found in modes(data).items() if name != "link"}
    assert set(kept.values()) == {0o600, 0o700}
    assert {name for name, found in kept.items() if found == 0o700} == {"sandbox", "sandbox/world.files"}
    assert mode(shared) == OPEN_FILE


def test_what_sqlite_writes_beside_the_database_is_as_closed(tmp_path: Path) -> None:
    file = tmp_path / "made" / "here" / "bap.sqlite3"
    keep_private(f"sqlite+aiosqlite:///{file}")
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE something (id)")
    assert modes(file.parent) == {"bap.sqlite3": 0o600, "bap.sqlite3-shm": 0o600, "bap.sqlite3-wal": 0o600}
    assert (mode(file.parent), mode(file.parent.parent)) == (0o700, 0o700)
    connection.close()


def test_a_folder_that_others_may_share_keeps_its_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    keep_private(f"sqlite+aiosqlite:///{shared / 'bap.sqlite3'}")
    # Another program's, for all that is known: the database is elsewhere.
    assert mode(tmp_path / "data") == OPEN_FOLDER
    assert (mode(shared), mode(shared / "bap.sqlite3")) == (OPEN_FOLDER, 0o600)


@pytest.mark.parametrize("url", ["postgresql+asyncpg://bap@127.0.0.1/bap", "sqlite+aiosqlite:///:memory:"])
def test_what_is_no_file_needs_none(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    keep_private(url)
    assert list(tmp_path.iterdir()) == []


def test_exports_are_closed_also_where_an_open_file_was_before(tmp_path: Path) -> None:
    make_private_folder(tmp_path / "out" / "of" / "it")
    file = tmp_path / "out" / "audit.csv"
    file.write_text("an older one, and longer")
    file.chmod(OPEN_FILE)
    for each in (file, tmp_path / "out" / "new.csv"):
        write_private(each, b"at;who")
        assert each.read_bytes() == b"at;who"
        assert mode(each) == 0o600
    write_private(Path(os.devnull), b"nothing is kept")
    assert mode(Path(os.devnull)) != 0o600


def test_the_chats_of_a_sandbox_are_closed(tmp_path: Path) -> None:
    world = World()
    world.start(1001)
    world.send_photo(1001, b"a photo", "")
    Store(tmp_path / "world.json").save(world)
    kept = modes(tmp_path)
    assert {name: found for name, found in kept.items() if found != 0o600} == {"world.files": 0o700}


def test_the_commands_write_closed_files(sqlite_template: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    shutil.copyfile(sqlite_template, tmp_path / "data" / "bap.sqlite3")
    bap(tmp_path, "audit", "--csv", "audit.csv")
    bap(tmp_path, "export", "problems", "--municipality", "jazy", "--out", "exported")
    assert mode(tmp_path / "audit.csv") == 0o600
    assert mode(tmp_path / "exported") == 0o700
    assert set(modes(tmp_path / "exported").values()) == {0o600}
