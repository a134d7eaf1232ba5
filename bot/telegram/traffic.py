"""What leaves this process for Telegram: answers at once, deliveries when there is room, none in a pause."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

# The calls that Telegram counts as messages.
_COUNTED = ("send", "edit", "copy", "forward")
_MOST_CHATS_REMEMBERED = 10_000
# Telegram counts a message at some moment between the call and its answer, so for a second after the
# answer it may count, even a slow one; but no answer holds up anybody for longer than this.
_LONGEST_SECONDS = 3.0
# While people tap, this share of the places is closed to deliveries: no answer waits for one.
_KEPT_FOR_ANSWERS = 0.1

_delivering: ContextVar[bool] = ContextVar("delivering", default=False)


@dataclass(slots=True)
class _Place:
    """A message's place in the traffic, taken before the call."""

    taken_at: float
    is_answer: bool
    answered_at: float | None = None

    def free_at(self, now: float) -> float:
        """From when on it certainly counts no more."""
        return min((self.answered_at or now) + 1, self.taken_at + _LONGEST_SECONDS)


_place: ContextVar[_Place | None] = ContextVar("place", default=None)


class Traffic(BaseRequestMiddleware):
    """Sits around every call. When Telegram asks one call to wait, all calls that send wait with it."""

    def __init__(self, most_a_second: int) -> None:
        self.most_a_second = most_a_second
        self._recent: list[_Place] = []
        self._last: dict[int, float] = {}
        self._clear_at = 0.0
        self._answers = 0
        self._asked_to_wait = 0.0

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        name = method.__api_method__
        if not name.startswith(_COUNTED) or name == "sendChatAction":
            return await make_request(bot, method)
        place = await self._place_of(getattr(method, "chat_id", None))
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as error:
            self._asked_to_wait = max(self._asked_to_wait, float(error.retry_after))
            self.pause(error.retry_after)
            raise
        finally:
            place.answered_at = time.monotonic()

    async def _place_of(self, chat_id: object) -> _Place:
        """A delivery took its place beforehand; an answer waits only in a pause or when all are taken."""
        place = _place.get()
        if _delivering.get():
            return place if place and not place.answered_at else self._note(chat_id)
        while (wait := max(self.pause_left, self._room_in(self.most_a_second))) > 0:  # noqa: ASYNC110
            await asyncio.sleep(wait)
        self._answers += 1
        return self._note(chat_id, is_answer=True)

    async def clear(self) -> None:
        """Return when no pause is on."""
        while (left := self.pause_left) > 0:  # noqa: ASYNC110  # it may be prolonged meanwhile
            await asyncio.sleep(left)

    @property
    def pause_left(self) -> float:
        """Seconds until anything may be sent."""
        return max(self._clear_at - time.monotonic(), 0.0)

    def pause(self, seconds: float) -> None:
        """Let everybody wait; a longer pause that is on already stays."""
        self._clear_at = max(self._clear_at, time.monotonic() + seconds)

    def take_asked_to_wait(self) -> float:
        """The pause Telegram has asked for since this was taken last, in seconds; 0 for none."""
        asked, self._asked_to_wait = self._asked_to_wait, 0.0
        return min(asked, self.pause_left)

    def take_answers(self) -> int:
        """How many messages went out since this was taken last, deliveries not counted."""
        answers, self._answers = self._answers, 0
        return answers

    async def turn(self, chat_id: int, gap: float) -> None:
        """Take the next place for a delivery to this chat, `gap` seconds after the message before it."""
        while (wait := self._wait(chat_id, gap)) > 0:  # noqa: ASYNC110  # an answer may come in between
            await asyncio.sleep(wait)
        _place.set(self._note(chat_id))

    def _wait(self, chat_id: int, gap: float) -> float:
        answers = sum(place.is_answer for place in self._recent)
        kept = min(int(self.most_a_second * _KEPT_FOR_ANSWERS), answers)
        room = self._room_in(self.most_a_second - kept)
        return max(room, self._last.get(chat_id, 0.0) + gap - time.monotonic())

    def _room_in(self, places: int) -> float:
        """Seconds until fewer than so many messages may count in Telegram's last second."""
        now = time.monotonic()
        self._recent = [place for place in self._recent if place.free_at(now) > now]
        over = len(self._recent) - places
        return sorted(place.free_at(now) for place in self._recent)[over] - now if over >= 0 else 0.0

    def _note(self, chat_id: object, *, is_answer: bool = False) -> _Place:
        now = time.monotonic()
        place = _Place(now, is_answer)
        self._recent.append(place)
        if isinstance(chat_id, int):
            self._last.pop(chat_id, None)
            self._last[chat_id] = now
            if len(self._last) > _MOST_CHATS_REMEMBERED:
                del self._last[next(iter(self._last))]
        return place


@contextmanager
def delivering() -> Iterator[None]:
    """Mark the calls made inside as deliveries: they have taken their place in the common pace."""
    token = _delivering.set(True)
    try:
        yield
    finally:
        _delivering.reset(token)
