"""Which typed message is an answer to what was asked."""

from aiogram.filters import Filter
from aiogram.types import Message

from bot.domain.roles import Resident


class Awaits(Filter):
    """Lets a typed message through when this very answer is awaited; buttons never consult it."""

    def __init__(self, awaiting: str) -> None:
        self._awaiting = awaiting

    async def __call__(self, _message: Message, resident: Resident | None = None) -> bool:
        return resident is not None and resident.awaiting == self._awaiting
