"""A bar in the chat while something is made that takes more than a moment."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Message

from bot.telegram.screen import Screen

SIGNS = 10
_DONE, _TO_DO = "\N{FULL BLOCK}", "\N{LIGHT SHADE}"
# Faster than this Telegram asks for patience.
SECONDS_BETWEEN = 1.0


def bar(share: float) -> str:
    """As many full blocks as `share` of the way is done, from 0 to 1; full only at the end."""
    done = int(max(0.0, min(share, 1.0)) * SIGNS)
    return _DONE * done + _TO_DO * (SIGNS - done)


class Progress:
    """Edits the message that was tapped; a bar that cannot be drawn stops nothing."""

    def __init__(self, tap: CallbackQuery, screen: Callable[[str], Screen]) -> None:
        self._message = tap.message if isinstance(tap.message, Message) else None
        self._screen = screen
        self._drawn_at = 0.0
        self._shown = ""

    async def reach(self, share: float) -> None:
        """Draw the bar, unless it was drawn a moment ago or looks the same."""
        words = bar(share)
        if self._message is None or words == self._shown:
            return
        if time.monotonic() - self._drawn_at < SECONDS_BETWEEN:
            return
        self._drawn_at, self._shown = time.monotonic(), words
        screen = self._screen(words)
        with suppress(TelegramAPIError):
            await self._message.edit_text(str(screen.text), reply_markup=screen.keyboard)

    async def _creep(self, seconds: float) -> None:
        """Move on by and by, ever slower, for nobody can say how far it is; half way after `seconds`."""
        begun = time.monotonic()
        while True:
            passed = (time.monotonic() - begun) / seconds
            await self.reach(passed / (1 + passed))
            await asyncio.sleep(SECONDS_BETWEEN)

    @asynccontextmanager
    async def creeping(self, seconds: float) -> AsyncIterator[None]:
        """The bar creeps on while the block inside is at work."""
        creeping = asyncio.create_task(self._creep(seconds))
        try:
            yield
        finally:
            creeping.cancel()
            with suppress(asyncio.CancelledError):
                await creeping
