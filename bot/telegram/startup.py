"""The first call to Telegram after a start waits for Telegram, and tells a wrong setting from bad luck."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from bot.telegram.errors import passes

log = structlog.get_logger()
PAUSE_SECONDS = 2.0


class CannotStart(Exception):
    """One line that names the setting to be changed."""


async def insist(call: Callable[[], Awaitable[object]]) -> None:
    """Make the call until Telegram answers; CannotStart when it would never say yes."""
    while True:
        try:
            await call()
        except TelegramRetryAfter as error:
            await asyncio.sleep(error.retry_after)
        # A token that Telegram cannot even read is answered with "Not Found".
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise CannotStart("BAP_TOKEN: Telegram does not know this token.") from None
        except TelegramBadRequest as error:
            raise CannotStart(f"BAP_WEBHOOK_URL: Telegram refuses it: {error.message}") from None
        except Exception as error:
            # Telegram or the database is away for a moment.
            if not passes(error):
                raise
            log.warning("the start has to wait", trouble=type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            return
