"""What a test changes in a bot of its own before it begins: see `forked`."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.sandbox.world import FIRST_EXTRA

TROUBLE = "trouble"


def be_missed_soon() -> None:
    """Others take over from a dead process after seconds, not after half a minute."""
    from bot.db import inbox_queries
    from bot.telegram import inbox

    inbox_queries.ALIVE, inbox.BEAT_SECONDS = timedelta(seconds=3), 0.5


def fail_for_the_first_of_the_crowd() -> None:
    """While a file of this name lies in the bot's folder, every act of one person meets a passing trouble."""
    from aiogram.types import TelegramObject

    from bot.telegram.middlewares import Handler, Visit

    welcome = Visit.__call__

    async def stumble(self: Visit, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        person = data.get("event_from_user")
        if person is not None and person.id == FIRST_EXTRA and Path(TROUBLE).exists():
            raise ConnectionRefusedError
        return await welcome(self, handler, event, data)

    Visit.__call__ = stumble  # type: ignore[method-assign]
