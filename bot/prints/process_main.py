"""What a process of `processes` does: it limits itself, does one piece of work, answers and ends.

It imports little, so that it starts at once.
"""

import ctypes
import os
import pickle
import resource
import signal
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from bot.domain.refusals import Refusal

# From <linux/prctl.h>.
_PR_SET_PDEATHSIG = 1
# Whoever waits gives up first; this ends a process that nobody waits for any more.
_GRACE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """What a piece of work may take; `memory` in bytes, beside what the program itself takes."""

    seconds: float
    cpu_seconds: int | None = None
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The work raised something that is no refusal."""

    trouble: str
    place: str
    trace: str


def main() -> None:
    answer = _own_output()
    limits: Limits = pickle.load(sys.stdin.buffer)  # noqa: S301  # from the program that started this one
    _step_back(limits)
    done = _done(limits)
    answer.write(pickle.dumps(done))
    answer.flush()
    # Nothing is left to be tidied up, and taking a large file apart in memory would take a while.
    os._exit(0)


def _own_output() -> BinaryIO:
    """The way back, out of reach of whatever the work may print."""
    answer = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return answer


def _step_back(limits: Limits) -> None:
    """Whoever taps comes first; and whoever started this ends it."""
    os.nice(10)
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    signal.alarm(int(limits.seconds) + _GRACE_SECONDS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if limits.cpu_seconds:
        resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds))
    _die_with_parent()


def _die_with_parent() -> None:
    """Only Linux knows how; elsewhere the alarm does it, later."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _done(limits: Limits) -> object:
    try:
        # The modules of the work are imported here, before what they take is added to the limit.
        work, args = pickle.load(sys.stdin.buffer)  # noqa: S301  # from the program that started this one
        if limits.memory:
            _limit_memory(limits.memory)
        return work(*args)
    except Refusal as refusal:
        return refusal
    except BaseException as error:  # noqa: BLE001  # whoever waits is told of everything
        return _failed(error)


def _failed(error: BaseException) -> Failed:
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    trace: Literal[""] | str = ""
    with suppress(MemoryError, RecursionError):
        trace = "".join(traceback.format_exception(error, limit=20))
    return Failed(type(error).__name__, place, trace)


def _limit_memory(beside: int) -> None:
    with suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + beside
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
