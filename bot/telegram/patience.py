"""A call made for a person who waits is repeated in its place until it lands.

So the person gets the very screen that belongs to what they did: an act that is begun anew after its commit
could only show where they stand now.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from itertools import chain, repeat
from typing import TypeVar

import structlog
from aiogram.exceptions import (
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot.telegram.watchdog import is_on_watch, resting

log = structlog.get_logger()
T = TypeVar("T")
# Waits between the tries while Telegram cannot be reached, in seconds; the last one again and again.
WAITS = (0.5, 1.0, 2.0, 5.0, 10.0)
# A tap lives for so long at Telegram. Afterwards the inbox tries the whole update again.
PATIENCE_SECONDS = 150.0


async def until_it_lands(call: Callable[[], Awaitable[T]]) -> T:
    """Repeat a call inside an act for as long as its trouble passes; outside it is made once.

    When Telegram asks for patience the call waits for as long as it was asked to. None of this counts as work
    of the act.
    """
    if not is_on_watch():
        return await call()
    with resting():
        waits = _waits()
        while True:
            try:
                return await call()
            except TelegramRetryAfter as error:
                await asyncio.sleep(error.retry_after)
            except (TelegramNetworkError, TelegramServerError) as error:
                # aiogram takes a file that is too large for trouble of the network.
                wait = None if isinstance(error, TelegramEntityTooLarge) else next(waits, None)
                if wait is None:
                    raise
                log.info("a call is repeated", trouble=type(error).__name__)
                await asyncio.sleep(wait)


def _waits() -> Iterator[float]:
    """The waits, until the patience that began with the first of them is over."""
    until = time.monotonic() + PATIENCE_SECONDS
    for wait in chain(WAITS, repeat(WAITS[-1])):
        if time.monotonic() + wait > until:
            return
        yield wait
