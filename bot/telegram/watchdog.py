"""A limit of time for every act, so that one that hangs is given up instead of keeping its person waiting.

Only the bot's own work is timed. While it waits for Telegram, which has limits of its own, or makes a file
with a bar in the chat, the watchdog rests.
"""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import TracebackType

ACT_SECONDS = 60.0


class ActTimedOut(Exception):
    """The act was given up; what it had not committed is undone."""


class Watchdog:
    """``async with Watchdog(): ...`` raises `ActTimedOut` when the block works for too long.

    While it rests, the place it took among those at work is free for others.
    """

    def __init__(self, seconds: float = ACT_SECONDS, places: "Places | None" = None) -> None:
        self._seconds = seconds
        self._places = places
        self._rests = 0
        self._left = seconds

    async def __aenter__(self) -> "Watchdog":
        if self._places:
            await self._places.take()
        self._timeout = asyncio.timeout(self._seconds)
        await self._timeout.__aenter__()
        self._token = _on_watch.set(self)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _on_watch.reset(self._token)
        if self._places:
            self._places.free()
        try:
            await self._timeout.__aexit__(kind, error, trace)
        except TimeoutError:
            if self._timeout.expired():
                raise ActTimedOut from error
            raise

    def lie_down(self) -> None:
        """Stop the clock; whoever rests beside others only counts."""
        self._rests += 1
        if self._rests == 1 and self._places:
            self._places.free()
        if self._rests == 1 and not self._timeout.expired():
            now = asyncio.get_running_loop().time()
            self._left = max((self._timeout.when() or now) - now, 0.0)
            self._timeout.reschedule(None)

    def get_up(self) -> None:
        """Let the clock go on once nobody rests any more."""
        self._rests -= 1
        if self._rests == 0 and self._places:
            self._places.retake()
        if self._rests == 0 and not self._timeout.expired():
            self._timeout.reschedule(asyncio.get_running_loop().time() + self._left)


class Places:
    """So many acts may work at once: what waits for a place is not timed, and the database is not swamped."""

    def __init__(self, number: int) -> None:
        self._free = number
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def take(self) -> None:
        """Wait for a place, in the order of asking."""
        self._free -= 1
        if self._free >= 0:
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            self._leave(turn)
            raise

    def free(self) -> None:
        self._free += 1
        self._let_in()

    def retake(self) -> None:
        """Go back to work at once, even where there is one too many for a moment."""
        self._free -= 1

    def _leave(self, turn: "asyncio.Future[None]") -> None:
        if turn in self._waiting:
            self._waiting.remove(turn)
            self._free += 1
        else:
            self.free()

    def _let_in(self) -> None:
        if self._waiting and self._free + len(self._waiting) > 0:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)


_on_watch: ContextVar[Watchdog | None] = ContextVar("on_watch", default=None)


def is_on_watch() -> bool:
    """Whether this is done in an act of a person, who waits for the answer."""
    return _on_watch.get() is not None


@contextmanager
def resting() -> Iterator[None]:
    """What is done inside does not count; without an act it makes no difference."""
    watchdog = _on_watch.get()
    if watchdog is None:
        yield
        return
    watchdog.lie_down()
    try:
        yield
    finally:
        watchdog.get_up()
