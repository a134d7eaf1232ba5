"""A bar in the chat while something is made that takes more than a moment."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Message

from bot.telegram.screen import Screen, send
from bot.telegram.watchdog import ActTimedOut, resting

SIGNS = 10
_DONE, _TO_DO = "\N{FULL BLOCK}", "\N{LIGHT SHADE}"
# Faster than this Telegram asks for patience.
SECONDS_BETWEEN = 1.0
# Nothing that is made or read takes so long; the watchdog, which rests meanwhile, would have ended it before.
MOST_SECONDS = 300.0


def bar(share: float) -> str:
    """As many full blocks as `share` of the way is done, from 0 to 1; full only at the end."""
    done = int(max(0.0, min(share, 1.0)) * SIGNS)
    return _DONE * done + _TO_DO * (SIGNS - done)


class Progress:
    """Edits the message that was tapped; a bar that cannot be drawn stops nothing."""

    def __init__(self, tap: CallbackQuery, screen: Callable[[str], Screen]) -> None:
        self._message = tap.message if isinstance(tap.message, Message) else None
        self._screen = screen
        self._drawn_at = -SECONDS_BETWEEN
        self._shown = ""

    async def reach(self, share: float) -> None:
        """Draw the bar, unless it was drawn a moment ago or looks the same."""
        words = bar(share)
        if words == self._shown or time.monotonic() - self._drawn_at < SECONDS_BETWEEN:
            return
        self._drawn_at, self._shown = time.monotonic(), words
        with suppress(TelegramAPIError):
            await self._draw(self._screen(words))

    async def _draw(self, screen: Screen) -> None:
        if self._message is not None:
            await self._message.edit_text(str(screen.text), reply_markup=screen.keyboard)

    async def _creep(self, seconds: float, after: float, done: asyncio.Event) -> None:
        """Move on by and by, ever slower, for nobody can say how far it is; half way after `seconds`."""
        begun = time.monotonic()
        wait = after
        while not await _happens(done, wait):
            passed = (time.monotonic() - begun) / seconds
            await self.reach(passed / (1 + passed))
            wait = SECONDS_BETWEEN

    @asynccontextmanager
    async def creeping(self, seconds: float, after: float = 0) -> AsyncIterator[None]:
        """The bar creeps on while the block inside is at work, and the clock of the act stands still.

        Nothing is shown of what is done within `after` seconds. What takes `MOST_SECONDS` is given up.
        """
        done = asyncio.Event()
        creeping = asyncio.create_task(self._creep(seconds, after, done))
        try:
            with resting():
                async with _at_most(MOST_SECONDS):
                    yield
        except asyncio.CancelledError:
            creeping.cancel()
            raise
        finally:
            # A bar that is just being drawn is there before whatever comes next.
            done.set()
            with suppress(asyncio.CancelledError):
                await creeping


class ProgressBelow(Progress):
    """Sends a message of its own below what a person sent, and takes it away in the end."""

    def __init__(self, sent: Message, screen: Callable[[str], Screen]) -> None:
        self._sent = sent
        self._message: Message | None = None
        self._screen = screen
        self._drawn_at = -SECONDS_BETWEEN
        self._shown = ""

    async def _draw(self, screen: Screen) -> None:
        if self._message is None:
            self._message = await send(self._sent.bot, self._sent.chat.id, screen)
        else:
            await super()._draw(screen)

    async def vanish(self) -> None:
        if self._message is not None:
            with suppress(TelegramAPIError):
                await self._message.delete()


async def _happens(event: asyncio.Event, within: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), within)
    return event.is_set()


@asynccontextmanager
async def _at_most(seconds: float) -> AsyncIterator[None]:
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            yield
    except TimeoutError as error:
        if limit.expired():
            raise ActTimedOut from error
        raise
