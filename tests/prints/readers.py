"""What a test has read in a process of its own: readers that take for ever, take everything, or fall over.

They import little, as the real ones do.
"""

import os
import signal
import sys
import time
from pathlib import Path

from bot.domain.refusals import FileTooLarge

SECRET = "Асан Үсөнов, 0555 123456"


def returns(content: bytes) -> bytes:
    return content


def sleeps_until(begun: Path, end: Path) -> str:
    """Says by a file which process it is, and goes on once there is another file."""
    begun.with_suffix(".new").write_text(str(os.getpid()))
    begun.with_suffix(".new").rename(begun)
    while not end.exists():
        time.sleep(0.01)
    return "read"


def never_ends(begun: Path, *_given: object, **_known: object) -> None:
    sleeps_until(begun, begun.with_suffix(".never"))


def waits(begun: Path, end: Path, *_given: object, **_known: object) -> None:
    sleeps_until(begun, end)
    raise FileTooLarge


def burns(_content: bytes) -> None:
    while True:
        pass


def allocates(_content: bytes) -> int:
    kept = []
    while True:
        kept.append(bytes(16 * 1024 * 1024))


def falls_over(_content: bytes) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def refuses(_content: bytes) -> None:
    raise FileTooLarge


def raises(kind: type[BaseException]) -> None:
    raise kind(SECRET)


def goes_down(depth: int) -> int:
    return goes_down(depth + 1)


def prints(content: bytes) -> bytes:
    sys.stdout.write("what a library may have to say")
    os.write(1, b"and in another way")
    sys.stderr.write("or here")
    return content


def is_deaf(_content: bytes) -> str:
    """Whoever asks the whole group of processes to end does not end the reading: the bot decides that."""
    os.kill(os.getpid(), signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGINT)
    return "read"


def inherited(_content: bytes) -> list[str]:
    """What is open beside its own input and output."""
    return [
        f"{each.name}: {each.readlink()}"
        for each in Path("/proc/self/fd").iterdir()
        if int(each.name) > 2 and each.is_symlink() and "socket" in str(each.readlink())
    ]


def standing(_content: bytes) -> tuple[int, bool, int]:
    """Its session, whether its group is its own, and how far it steps back."""
    return os.getsid(0), os.getpgid(0) == os.getpid(), os.nice(0)
