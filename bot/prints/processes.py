"""Work done in a process of its own, which can be ended at any moment.

A thread cannot be ended: what is made or read there goes on after its act was given up, and keeps the whole
program from stopping. A process is killed when its time is up, when whoever waits for it is cancelled, and by
the system when this program is gone.
"""

import asyncio
import pickle
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar, TypeVarTuple

from bot.domain.refusals import Refusal
from bot.prints.process_main import Failed, Limits

Given = TypeVarTuple("Given")
Made = TypeVar("Made")
# The same packages as here, whatever this program was started with; nothing else of it is brought along.
_START = "import sys; sys.path[:] = sys.argv[1:]; from bot.prints.process_main import main; main()"


@dataclass
class WorkFailed(Exception):
    """The work raised something that is no refusal. `trouble` is the name of its class, `place` its line."""

    trouble: str
    place: str
    trace: str

    def __str__(self) -> str:
        return f"{self.trouble} at {self.place}\n{self.trace}"


@dataclass
class WorkEnded(Exception):
    """The process was ended before it had answered: it took too long, too much memory, or fell over."""

    why: str


async def run(limits: Limits, work: Callable[[*Given], Made], *args: *Given) -> Made:
    """What `work` returns; the function, what it is given and what it returns must be picklable.

    Raises the refusal that `work` raises, or else `WorkFailed` or `WorkEnded`.
    """
    job = pickle.dumps(limits) + pickle.dumps((work, args))
    # A group of its own: what is typed at this program's terminal does not reach it. But no session of its
    # own: Linux gives each session the same share of the processor, and being nice would count for nothing.
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _START, *sys.path),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        process_group=0,
    )
    try:
        answer = await _answer(process, job, limits.seconds)
    finally:
        await _end(process)
    if isinstance(answer, Refusal):
        raise answer
    if isinstance(answer, Failed):
        raise WorkFailed(answer.trouble, answer.place, answer.trace)
    made: Made = answer
    return made


async def _answer(process: Process, job: bytes, seconds: float) -> Any:
    try:
        async with asyncio.timeout(seconds):
            said, _nothing = await process.communicate(job)
    except TimeoutError:
        raise WorkEnded("it took too long") from None
    if process.returncode != 0:
        raise WorkEnded(f"it ended with {process.returncode}")
    return pickle.loads(said)  # noqa: S301  # said by our own code


async def _end(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
        # Its pipes are closed once their ends are read.
        await process.communicate()
