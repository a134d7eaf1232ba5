"""Files that people send, and text files that they get."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from io import BytesIO
from typing import Any

from aiogram import Bot
from aiogram.types import BufferedInputFile, Document, Message

from bot.domain.refusals import FileExpected, FileTooLarge
from bot.telegram import texts
from bot.telegram.patience import until_it_lands
from bot.telegram.progress import ProgressBelow
from bot.telegram.screen import Screen

# A bar is shown to whoever waits for longer; half way is what most of those files take.
_PATIENCE_SECONDS = 2.0
_SECONDS = 5.0


class _Room(BytesIO):
    """Takes so many bytes and no more, whatever was said of them before."""

    def __init__(self, most_bytes: int) -> None:
        super().__init__()
        self._most_bytes = most_bytes

    def write(self, portion: Any, /) -> int:
        written = super().write(portion)
        if self.tell() > self._most_bytes:
            raise FileTooLarge
        return written


async def download(message: Message, most_bytes: int) -> bytes:
    """The document of a message; refuses a message without one, and one that is too large."""
    if message.document is None or message.bot is None:
        raise FileExpected
    if (message.document.file_size or 0) > most_bytes:
        raise FileTooLarge
    return await until_it_lands(partial(_content_of, message.bot, message.document, most_bytes))


async def _content_of(bot: Bot, document: Document, most_bytes: int) -> bytes:
    content = _Room(most_bytes)
    await bot.download(document, content)
    return content.getvalue()


@asynccontextmanager
async def being_read(message: Message) -> AsyncIterator[None]:
    """The block inside reads the file of a message; a bar below it is shown to whoever waits for long."""
    bar = ProgressBelow(message, lambda words: Screen(texts.being_read(words)))
    try:
        async with bar.creeping(_SECONDS, after=_PATIENCE_SECONDS):
            yield
    finally:
        await bar.vanish()


async def send_text(message: Message, name: str, words: str, caption: str) -> None:
    """Words that are too many for a message, as a file that any telephone opens."""
    if message.bot is not None:
        file = BufferedInputFile(words.encode("utf-8-sig"), name)
        await message.bot.send_document(message.chat.id, file, caption=caption, parse_mode=None)
