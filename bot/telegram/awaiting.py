"""Which message is an answer to what was asked."""

from collections.abc import Callable

from aiogram import F
from aiogram.filters import Filter
from aiogram.types import Message

from bot.domain.roles import Resident

# Written words; a command is none.
WORDS = F.text & ~F.text.startswith("/")


def is_command(message: Message) -> bool:
    return (message.text or "").startswith("/")


class Awaits(Filter):
    """Lets a message through when the answer to this very question is awaited; buttons never consult it.

    A command answers nothing. What else may be the answer is said beside it: `Awaits(REASON), F.text`.
    The handler is given `about`, the id of what the question is about, or 0 when it is about nothing.

    With `then`, `awaited` is only the beginning of the question's name: the rest says which question of
    its kind it is. `then` reads it, and raises ValueError when it is none; the handler is given the `part`.
    """

    def __init__(self, awaited: str, *, then: Callable[[str], object] | None = None) -> None:
        self.awaited = awaited
        self.then = then

    async def __call__(self, message: Message, resident: Resident | None = None) -> bool | dict[str, object]:
        if resident is None or resident.awaiting is None or is_command(message):
            return False
        about: dict[str, object] = {"about": resident.awaiting_id or 0}
        if self.then is None:
            return about if resident.awaiting == self.awaited else False
        if not resident.awaiting.startswith(self.awaited):
            return False
        try:
            return about | {"part": self.then(resident.awaiting.removeprefix(self.awaited))}
        except ValueError:
            return False
