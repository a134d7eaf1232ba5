"""Everything that the bot says, to whom, with what stands in the files it sends."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from aiogram import Bot
from aiogram.methods import TelegramMethod

from bot.sandbox.methods import BotApi
from bot.sandbox.world import World
from tests.stage import DirectSession


class Recorder(DirectSession):
    """Keeps (to whom, what) of every call; `person` is who acts now, for what names no chat of its own."""

    def __init__(self, world: World) -> None:
        super().__init__(BotApi(world))
        self.person = 0
        self.said: list[tuple[int, str]] = []

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109  # aiogram's signature
        files = dict(_files(method))
        words = repr({key: value for key, value in method if key not in files})
        to = getattr(method, "chat_id", None)
        read = [await _read(file, bot) for file in files.values()]
        self.said.append((to if isinstance(to, int) else self.person, "\n".join([words, *read])))
        return await super().make_request(bot, method, timeout)


def _files(method: TelegramMethod[Any]) -> Iterator[tuple[str, Any]]:
    """What is uploaded with a call, one by one; an album's pictures are drawn, and hold no words to read."""
    for key, value in method:
        if hasattr(value, "read"):
            yield key, value


async def _read(file: Any, bot: Bot) -> str:
    return text_of(b"".join([chunk async for chunk in file.read(bot)]))


def text_of(content: bytes) -> str:
    """The words of a file: of a workbook or document all its parts, of a PDF where it can be read here."""
    if content.startswith(b"%PDF"):
        return _of_pdf(content)
    try:
        with ZipFile(BytesIO(content)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    except BadZipFile:
        return _unescaped(content.decode("utf-8", "replace"))


def _of_pdf(content: bytes) -> str:
    if not shutil.which("pdftotext"):
        return ""
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def _unescaped(text: str) -> str:
    """JSON may write letters by their numbers."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text
