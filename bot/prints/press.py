"""Heavy work done in a process of its own, so that nobody who taps meanwhile has to wait for it."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Made = TypeVar("Made")

# One at a time: a small machine has the memory for one, and the others wait their turn.
_turns: dict[asyncio.AbstractEventLoop, asyncio.Lock] = {}


async def apart(work: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs) -> Made:
    """What `work` returns; the function, what it is given and what it returns must be picklable."""
    if kwargs:
        raise TypeError("only positional arguments travel to another process")
    async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
        # A new process each time, so that the memory of a large file is given back; started afresh,
        # because a copy of one with threads and open connections may hang.
        press = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_step_back)
        try:
            return await asyncio.get_running_loop().run_in_executor(press, work, *args)
        finally:
            press.shutdown(wait=False, cancel_futures=True)


def _step_back() -> None:
    """Whoever taps comes first."""
    os.nice(10)
