"""The result of a vote as pictures: drawn once, and sent to everybody else by Telegram's number of them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from aiogram import Bot

from bot.db.session import Database
from bot.features.votes import ranking_pictures as drawn
from bot.features.votes.results.queries import Result
from bot.i18n import speaking
from bot.prints.paper import pictures
from bot.telegram.album import send_album

_MOST_KEPT = 40


@dataclass
class _Sent:
    """Numbers of the pictures by round and language; a published result never changes."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    numbers: dict[tuple[int, str], Sequence[str]] = field(default_factory=dict)


_sent: WeakKeyDictionary[Database, _Sent] = WeakKeyDictionary()


async def send_pictures(
    bot: Bot, chat_id: int, database: Database, result: Result, language: str, caption: str
) -> None:
    """When a whole hall asks at once, one drawing serves all."""
    sent = _sent.setdefault(database, _Sent())
    key = result.vote.round_id, language
    async with sent.lock:
        if key not in sent.numbers:
            pages = await asyncio.to_thread(result_pictures, result, language)
            while len(sent.numbers) >= _MOST_KEPT:
                del sent.numbers[next(iter(sent.numbers))]
            sent.numbers[key] = await send_album(bot, chat_id, pages, caption)
            return
    await send_album(bot, chat_id, sent.numbers[key], caption)


def result_pictures(result: Result, language: str) -> list[bytes]:
    with speaking(language):
        data = drawn.bars_pages(result.vote, result.ranking)
    return pictures("ranking", data, drawn.POINTS_PER_INCH)
