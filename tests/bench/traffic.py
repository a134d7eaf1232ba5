"""Taps: made beforehand, then handled so many at once, each timed."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.app import create_app, create_bot
from bot.db.session import Database
from bot.features.votes.ballot.callbacks import CastVote
from bot.settings import Settings
from tests.bench.samples import LABELS, MESSAGE, TEXT

# An update as Telegram sends it, and whatever handles it to the end.
Raw = dict[str, Any]
Handle = Callable[[Raw], Awaitable[object]]
TOKEN = "42:bench"


@dataclass(frozen=True)
class Timing:
    """One round: `seconds` in all and `cpu` of this process, `each` by tap."""

    seconds: float
    cpu: float
    each: Sequence[float]

    @property
    def per_second(self) -> float:
        return len(self.each) / self.seconds

    @property
    def median(self) -> float:
        return median(self.each)

    @property
    def slow(self) -> float:
        """Nineteen of twenty were faster."""
        return quantiles(self.each, n=20)[-1]


@asynccontextmanager
async def talking(settings: Settings) -> AsyncIterator[Bot]:
    """A bot that speaks to the server of these settings."""
    bot = create_bot(settings, TOKEN)
    try:
        yield bot
    finally:
        await bot.session.close()


def tap(update_id: int, person_id: int, data: CallbackData) -> Raw:
    person = {"id": person_id, "is_bot": False, "first_name": "Voter", "language_code": "ru"}
    chat = {"id": person_id, "type": "private", "first_name": "Voter"}
    query = {
        "id": str(update_id),
        "from": person,
        "chat_instance": "1",
        "data": data.pack(),
        "message": {**MESSAGE, "chat": chat},
    }
    return {"update_id": update_id, "callback_query": query}


@asynccontextmanager
async def at_work(settings: Settings, database: Database) -> AsyncIterator[Handle]:
    """The bot: it keeps an update, acts and answers. Updates come as to the webhook, one by one."""
    async with talking(settings) as bot:
        app = create_app(settings, database, bot)

        async def handle(update: Raw) -> None:
            # Those that came at the same time are kept together.
            kept = {taken.update_id: taken for taken in await app.inbox.take([update])}
            await kept[update["update_id"]].handled

        yield handle


async def drive(handle: Handle, updates: Sequence[Raw], at_once: int) -> Timing:
    """Handle all updates, `at_once` of them in flight until they run out."""
    waiting = iter(updates)
    each: list[float] = []
    start, start_cpu = time.perf_counter(), time.process_time()
    async with asyncio.TaskGroup() as tasks:
        for _ in range(at_once):
            tasks.create_task(_handle_next(handle, waiting, each))
    return Timing(time.perf_counter() - start, time.process_time() - start_cpu, each)


async def _handle_next(handle: Handle, waiting: Iterable[Raw], each: list[float]) -> None:
    for update in waiting:
        begun = time.perf_counter()
        await handle(update)
        each.append(time.perf_counter() - begun)


def bare_handler(bot: Bot) -> Handle:
    """aiogram and nothing else: one handler, the same two calls, a keyboard of the same size."""
    dispatcher = Dispatcher(disable_fsm=True)

    @dispatcher.callback_query(CastVote.filter())
    async def answer(query: CallbackQuery, callback_data: CastVote) -> None:
        assert isinstance(query.message, Message)
        rows = [
            [InlineKeyboardButton(text=label, callback_data=callback_data.pack()) for label in row]
            for row in LABELS
        ]
        await asyncio.gather(
            bot(query.answer("Chosen: 1 of 3")),
            bot(query.message.edit_text(TEXT, reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))),
        )

    async def handle(update: Raw) -> None:
        await dispatcher.feed_raw_update(bot, update)

    return handle
