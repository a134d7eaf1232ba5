"""What leaves this process for Telegram: answers at once, deliveries in the room that answers leave.

Telegram limits two things apart: how much is written to one chat, and how fast a bot sends in bulk. Answers
have no common limit. Both refusals look alike (429 with the seconds to wait), so this is the rule:

- An answer that is refused makes its own chat wait, and nobody else. Inside an act it is repeated in place.
- A chat is crowded when more was written to it than its limit allows, or when it had to wait within the last
  minute. When three chats that are not crowded are refused within a second, it is not the chats that Telegram
  means: everything waits, for the shortest of the times asked for, in the other processes too.
- A delivery that is refused although its chat is not crowded makes all deliveries wait, in the other
  processes too. Answers go on.
- A delivery to a crowded chat that is refused is held back by itself, and so is whatever else is for a chat
  that has to wait.
"""

import asyncio
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.telegram.chat_limits import Alarm, Chats
from bot.telegram.patience import until_it_lands
from bot.telegram.watchdog import resting

log = structlog.get_logger()
# The calls that Telegram counts as messages.
_COUNTED = ("send", "edit", "copy", "forward")
# What is of no use a moment later is not repeated: the answer to a word half typed, "... is typing".
_FLEETING = ("answerInlineQuery", "sendChatAction")
# Telegram counts a message at some moment between the call and its answer, so for a second after the
# answer it may count, even a slow one; but no answer holds up a delivery for longer than this.
_LONGEST_SECONDS = 3.0
# While people tap, this share of the places is left for the answers that come next...
_KEPT_FOR_ANSWERS = 0.1
# ... and this share is left to deliveries, however many people tap.
_KEPT_FOR_DELIVERIES = 0.1

_delivering: ContextVar[bool] = ContextVar("delivering", default=False)


@dataclass(slots=True)
class _Place:
    """A message's place in the traffic, taken before the call; `is_crowded` is said of its chat."""

    taken_at: float
    is_answer: bool
    is_crowded: bool
    answered_at: float | None = None

    def free_at(self, now: float) -> float:
        """From when on it certainly counts no more."""
        return min((self.answered_at or now) + 1, self.taken_at + _LONGEST_SECONDS)


_place: ContextVar[_Place | None] = ContextVar("place", default=None)


@dataclass(frozen=True, slots=True)
class Asked:
    """Seconds for which deliveries are to wait, and for which answers are, too."""

    deliveries: float = 0.0
    everything: float = 0.0


class Traffic(BaseRequestMiddleware):
    """Sits around every call. Deliveries keep to `most_a_second` together with the answers beside them."""

    def __init__(self, most_a_second: int) -> None:
        self.most_a_second = most_a_second
        self._recent: deque[_Place] = deque()
        self._chats = Chats()
        self._alarm = Alarm()
        self._deliveries_at = 0.0
        self._everything_at = 0.0
        self._answers = 0
        self._asked = Asked()

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        call = partial(self._pass_on, make_request, bot, method)
        if method.__api_method__ not in _FLEETING:
            return await until_it_lands(call)
        with resting():
            return await call()

    async def _pass_on(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        if not _counts(method):
            return await make_request(bot, method)
        chat_id = getattr(method, "chat_id", None)
        place = await self._place_of(chat_id)
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as error:
            self._learn(chat_id, place, float(error.retry_after))
            raise
        finally:
            place.answered_at = time.monotonic()

    async def _place_of(self, chat_id: object) -> _Place:
        """A delivery took its place beforehand; an answer waits only where it would be refused."""
        place = _place.get()
        if _delivering.get():
            return place if place and not place.answered_at else self._note(chat_id)
        while (wait := max(self.stop_left, self.held_for(chat_id))) > 0:  # noqa: ASYNC110
            await asyncio.sleep(wait)
        self._answers += 1
        return self._note(chat_id, is_answer=True)

    def _learn(self, chat_id: object, place: _Place, seconds: float) -> None:
        """Decide who waits; the rule stands above."""
        is_bulk = not place.is_answer and not place.is_crowded
        log.info("Telegram asks for patience", seconds=seconds, is_bulk=is_bulk)
        if is_bulk:
            self._ask(Asked(deliveries=seconds))
            return
        self._chats.hold(chat_id, seconds)
        everybody = 0.0 if place.is_crowded else self._alarm.ring(chat_id, seconds)
        if everybody:
            log.warning("Telegram asks several chats at once for patience: all wait", seconds=everybody)
            self._ask(Asked(everybody, everybody))

    def _ask(self, asked: Asked) -> None:
        """Wait as asked, and remember to tell the other processes."""
        self.pause(asked)
        before = self._asked
        self._asked = Asked(
            max(before.deliveries, asked.deliveries), max(before.everything, asked.everything)
        )

    def held_for(self, chat_id: object) -> float:
        """Seconds until this chat may be written to again: Telegram asked for patience with it alone."""
        return self._chats.held_for(chat_id)

    async def clear(self) -> None:
        """Return when no pause of deliveries is on."""
        while (left := self.pause_left) > 0:  # noqa: ASYNC110  # it may be prolonged meanwhile
            await asyncio.sleep(left)

    @property
    def pause_left(self) -> float:
        """Seconds until anything may be delivered."""
        return max(self._deliveries_at - time.monotonic(), self.stop_left, 0.0)

    @property
    def stop_left(self) -> float:
        """Seconds until anything may be sent at all."""
        return max(self._everything_at - time.monotonic(), 0.0)

    def pause(self, asked: Asked) -> None:
        """Let deliveries, or everything, wait; a longer pause that is on already stays."""
        now = time.monotonic()
        self._deliveries_at = max(self._deliveries_at, now + asked.deliveries)
        self._everything_at = max(self._everything_at, now + asked.everything)

    def take_asked_to_wait(self) -> Asked:
        """What Telegram has asked for since this was taken last, as far as it is not over."""
        asked, self._asked = self._asked, Asked()
        return Asked(min(asked.deliveries, self.pause_left), min(asked.everything, self.stop_left))

    def take_answers(self) -> int:
        """How many messages went out since this was taken last, deliveries not counted."""
        answers, self._answers = self._answers, 0
        return answers

    async def turn(self, chat_id: int, gap: float) -> None:
        """Take the next place for a delivery to this chat, `gap` seconds after the message before it."""
        while (wait := max(self._room(), self._chats.gap_left(chat_id, gap))) > 0:  # noqa: ASYNC110
            # An answer may come in between.
            await asyncio.sleep(wait)
        _place.set(self._note(chat_id))

    def _room(self) -> float:
        """Seconds until there is a place for a delivery beside the answers, or one of those kept for it."""
        now = time.monotonic()
        self._forget(now)
        counting = [place for place in self._recent if place.free_at(now) > now]
        deliveries = [place for place in counting if not place.is_answer]
        most = self.most_a_second
        for_answers = min(int(most * _KEPT_FOR_ANSWERS), len(counting) - len(deliveries))
        for_deliveries = max(int(most * _KEPT_FOR_DELIVERIES), 1)
        return min(
            _until_fewer(counting, most - for_answers, now), _until_fewer(deliveries, for_deliveries, now)
        )

    def _note(self, chat_id: object, *, is_answer: bool = False) -> _Place:
        now = time.monotonic()
        self._forget(now)
        place = _Place(now, is_answer, self._chats.note(chat_id))
        self._recent.append(place)
        return place

    def _forget(self, now: float) -> None:
        while self._recent and self._recent[0].taken_at + _LONGEST_SECONDS <= now:
            self._recent.popleft()


def _counts(method: TelegramMethod[Any]) -> bool:
    return method.__api_method__.startswith(_COUNTED) and method.__api_method__ not in _FLEETING


def _until_fewer(places: Sequence[_Place], most: int, now: float) -> float:
    """Seconds until fewer than so many of these places may count in Telegram's last second."""
    over = len(places) - most
    return sorted(place.free_at(now) for place in places)[over] - now if over >= 0 else 0.0


@contextmanager
def delivering() -> Iterator[None]:
    """Mark the calls made inside as deliveries: they have taken their place in the common pace."""
    token = _delivering.set(True)
    try:
        yield
    finally:
        _delivering.reset(token)
