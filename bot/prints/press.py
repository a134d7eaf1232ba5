"""Files that take long to make, made in a process of their own, and nobody who taps has to wait."""

import asyncio
from collections.abc import Callable
from typing import TypeVar, TypeVarTuple
from weakref import WeakKeyDictionary

from bot.prints.process_main import Limits
from bot.prints.processes import run

Given = TypeVarTuple("Given")
Made = TypeVar("Made")

LIMITS = Limits(seconds=300)
# One at a time: a small machine has the memory for one, and the others wait their turn.
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()


async def apart(work: Callable[[*Given], Made], *args: *Given) -> Made:
    """What `work` returns; the function, what it is given and what it returns must be picklable."""
    async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
        return await run(LIMITS, work, *args)
