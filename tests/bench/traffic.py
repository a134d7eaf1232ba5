"""Taps: made beforehand, then handled so many at once, each timed."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from aiogram import Bot, Dispatcher
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

from bot.features.voting.callbacks import CastVote
from tests.bench.samples import LABELS, MESSAGE, TEXT

Handle = Callable[[Update], Awaitable[object]]


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


def tap(bot: Bot, update_id: int, person_id: int, data: CallbackData) -> Update:
    """An update as polling and webhook hand it to the inbox."""
    person = {"id": person_id, "is_bot": False, "first_name": "Voter", "language_code": "ru"}
    chat = {"id": person_id, "type": "private", "first_name": "Voter"}
    query = {
        "id": str(update_id),
        "from": person,
        "chat_instance": "1",
        "data": data.pack(),
        "message": {**MESSAGE, "chat": chat},
    }
    return Update.model_validate({"update_id": update_id, "callback_query": query}, context={"bot": bot})


async def drive(handle: Handle, updates: Sequence[Update], at_once: int) -> Timing:
    """Handle all updates, `at_once` of them in flight until they run out."""
    waiting = iter(updates)
    each: list[float] = []
    start, start_cpu = time.perf_counter(), time.process_time()
    async with asyncio.TaskGroup() as tasks:
        for _ in range(at_once):
            tasks.create_task(_handle_next(handle, waiting, each))
    return Timing(time.perf_counter() - start, time.process_time() - start_cpu, each)


async def _handle_next(handle: Handle, waiting: Iterable[Update], each: list[float]) -> None:
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

    async def handle(update: Update) -> None:
        await dispatcher.feed_update(bot, update)

    return handle
