"""A spreadsheet that was filled in comes back, and is taken whole or not at all."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any, Protocol, TypeVar

from aiogram import Bot
from aiogram.types import Document, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import save_awaiting
from bot.domain.refusals import FileExpected, FileTooLarge
from bot.domain.roles import Resident
from bot.domain.spreadsheet_safety import CellFlaw
from bot.prints import form_texts
from bot.prints.packed import MOST_BYTES
from bot.prints.reading import read_apart
from bot.telegram import texts
from bot.telegram.act import Act
from bot.telegram.files import send_files
from bot.telegram.patience import until_it_lands
from bot.telegram.progress import ProgressBelow
from bot.telegram.screen import Screen, show

# A bar is shown to whoever waits for longer; half way is what most of those files take.
_PATIENCE_SECONDS = 2.0
_SECONDS = 5.0


class ReadForm(Protocol):
    """What was read of a form, or everything that is wrong with it."""

    @property
    def flaws(self) -> Sequence[CellFlaw]: ...

    @property
    def is_empty(self) -> bool: ...


Read = TypeVar("Read", bound=ReadForm)


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Nothing was saved, for what is shown on `screen`; another file is still awaited."""

    screen: Screen
    flaws: Sequence[CellFlaw] = ()


async def take_form(
    message: Message,
    act: Act,
    resident: Resident,
    *,
    read: Callable[[bytes], Read],
    nothing_filled_in: Screen,
    wrong_cells: Callable[[Sequence[CellFlaw]], Screen],
    save: Callable[[AsyncConnection, Read], Awaitable[Screen | HeldBack]],
) -> None:
    """Read the file of a message and save what stands in it; a file is awaited until one is saved.

    `read` is called outside of the act, for a large file takes a while, and in a process of its own, so it
    must be picklable; it may raise refusals. `save` is called inside of the act, with what is neither empty
    nor wrong: it looks again whether the sender may do that, and returns what is to be shown.
    """
    content = await _download(message)
    async with _being_read(message):
        found = await read_apart(read, content)
    if found.flaws:
        await _tell_wrong(message, wrong_cells(found.flaws), found.flaws)
        return
    if found.is_empty:
        await show(message, nothing_filled_in)
        return
    async with act() as db:
        outcome = await save(db, found)
        if isinstance(outcome, Screen):
            await save_awaiting(db, resident.id, None)
    if isinstance(outcome, HeldBack):
        await _tell_wrong(message, outcome.screen, outcome.flaws)
    else:
        await show(message, outcome)


async def _tell_wrong(message: Message, screen: Screen, flaws: Sequence[CellFlaw]) -> None:
    """All of them: what one message does not hold comes as a file before it."""
    if len(flaws) > form_texts.CELLS_SHOWN and message.bot is not None:
        files = {"wrong-cells.txt": form_texts.every_wrong_cell(flaws).encode("utf-8-sig")}
        await send_files(message.bot, message.chat.id, files, form_texts.all_of_them())
    await show(message, screen)


class _Room(BytesIO):
    """Takes so many bytes and no more, whatever was said of them before."""

    def write(self, portion: Any, /) -> int:
        written = super().write(portion)
        if self.tell() > MOST_BYTES:
            raise FileTooLarge
        return written


async def _download(message: Message) -> bytes:
    """The document of a message; refuses a message without one, and one that is too large."""
    if message.document is None or message.bot is None:
        raise FileExpected
    if (message.document.file_size or 0) > MOST_BYTES:
        raise FileTooLarge
    return await until_it_lands(partial(_content_of, message.bot, message.document))


async def _content_of(bot: Bot, document: Document) -> bytes:
    content = _Room()
    await bot.download(document, content)
    return content.getvalue()


@asynccontextmanager
async def _being_read(message: Message) -> AsyncIterator[None]:
    """The block inside reads the file of a message; a bar below it is shown to whoever waits for long."""
    bar = ProgressBelow(message, lambda words: Screen(texts.being_read(words)))
    try:
        async with bar.creeping(_SECONDS, after=_PATIENCE_SECONDS):
            yield
    finally:
        await bar.vanish()
