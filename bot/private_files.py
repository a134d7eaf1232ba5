"""What holds personal data is readable by its owner alone, whatever the umask and however it was made."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy import make_url

from bot.settings import DATA

FOLDER, FILE = 0o700, 0o600
# SQLite keeps recent changes beside the database, and gives these files the mode that the database has.
_BESIDE = ("", "-wal", "-shm", "-journal")


def keep_private(database_url: str) -> None:
    """Close the files of an SQLite database to other accounts of the machine; make what is missing.

    If it is in the folder `data`, this and all in it is closed, too. Another folder that was there before may
    be shared, and keeps its mode.
    """
    address = make_url(database_url)
    path = address.database
    if address.get_backend_name() != "sqlite" or not path or path == ":memory:" or "file:" in path:
        return
    make_private_folder(Path(path).parent)
    os.close(os.open(path, os.O_RDONLY | os.O_CREAT, FILE))
    own = Path(DATA)
    inside = _everything_in(own) if own.resolve() in Path(path).resolve().parents else ()
    for each in (*(Path(path + ending) for ending in _BESIDE), *inside):
        _close(each)


def make_private_folder(folder: Path) -> None:
    """Make the folder and those above it that are missing."""
    if not folder.is_dir():
        make_private_folder(folder.parent)
        folder.mkdir(mode=FOLDER, exist_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Write a file; one that is there already is closed to others, too, but for a device or a link."""
    if path.is_file() and not path.is_symlink():
        _close(path)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE), "wb") as file:
        file.write(content)


def _everything_in(folder: Path) -> Iterator[Path]:
    if folder.is_dir() and not folder.is_symlink():
        yield folder
        for inside, folders, files in os.walk(folder):
            yield from (Path(inside) / name for name in (*folders, *files))


def _close(path: Path) -> None:
    """What is gone meanwhile, or belongs to another account, is passed over."""
    with suppress(FileNotFoundError, PermissionError):
        mode = path.lstat().st_mode
        wanted = FOLDER if stat.S_ISDIR(mode) else FILE
        if (stat.S_ISDIR(mode) or stat.S_ISREG(mode)) and stat.S_IMODE(mode) != wanted:
            path.chmod(wanted)
