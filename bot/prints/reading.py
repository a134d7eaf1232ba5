"""Files that people send, read in a process of its own with limits: no file stops the bot or slows it down.

A file is foreign: it may be broken, or made so that a few kilobytes of it take hours or gigabytes. Whatever
goes wrong with it there is a refusal here.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar, TypeVarTuple
from weakref import WeakKeyDictionary

import structlog

from bot.domain.refusals import FileNotOpened, ReadingTooLong
from bot.prints.process_main import Limits
from bot.prints.processes import WorkEnded, WorkFailed, run

log = structlog.get_logger()
Given = TypeVarTuple("Given")
Read = TypeVar("Read")

# The largest plan that is taken is read in four seconds and 150 MB, by a machine that does nothing else.
LIMITS = Limits(seconds=20, cpu_seconds=15, memory=768 * 1024 * 1024)
# Two at a time, apart from what is printed: a file that takes all of its time keeps nobody else waiting.
AT_ONCE = 2
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


async def read_apart(work: Callable[[*Given], Read], *args: *Given, limits: Limits = LIMITS) -> Read:
    """What `work` reads. Raises its refusals, `FileNotOpened` for any other error, and `ReadingTooLong`."""
    async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE)):
        try:
            return await run(limits, work, *args)
        except WorkFailed as failure:
            # What stands in the file may be personal: only the kind of trouble is told.
            log.info("a file could not be read", trouble=failure.trouble, place=failure.place)
            if failure.trouble == MemoryError.__name__:
                raise ReadingTooLong from None
            raise FileNotOpened from None
        except WorkEnded as ended:
            log.warning("the reading of a file was ended", trouble=ended.why)
            raise ReadingTooLong from None
