"""Telegram's limits on how fast a bot may write, for rehearsing under them.

Every limit holds in any window of its length, wherever the window begins. Whoever writes too fast is told
to wait: where one chat's limit was exceeded, every further message to that chat is refused until then; where
the limit of all messages together was, to whomever it goes.
"""

import math
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from bot.sandbox.refused import TooManyRequests

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages a second in all, a second to one person, and a minute to one group.

    Telegram has no limit for all messages together, but for those sent in bulk; nobody can tell them apart
    here, so answers count, too. It lets short bursts to one person pass without saying how long: here `burst`
    messages may come at once, and in as many seconds no more than that; 1 allows none.
    """

    per_second: int = 30
    per_chat_per_second: int = 1
    per_group_per_minute: int = 20
    burst: int = 1


@dataclass(slots=True)
class Tally:
    """What a server with limits has seen. `disobeyed` were sent in spite of having been told to wait."""

    passed: int = 0
    refused: int = 0
    disobeyed: int = 0
    busiest_second: int = 0


@dataclass(slots=True)
class _Window:
    """No more than `most` in any `seconds`."""

    most: int
    seconds: float
    moments: deque[float] = field(default_factory=deque)

    def wait(self, now: float, count: int) -> float:
        """Seconds until there is room for `count` more; 0 when there is."""
        while self.moments and self.moments[0] <= now - self.seconds:
            self.moments.popleft()
        over = len(self.moments) + count - self.most
        if over <= 0 or not self.moments:
            return 0.0
        return self.moments[min(over, len(self.moments)) - 1] + self.seconds - now


class _Windows:
    """What was sent in the last second and minute: in all, and by chat."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.all = _Window(limits.per_second, 1)
        self._chats: dict[int, _Window] = defaultdict(self._new_person)
        self._groups: dict[int, _Window] = defaultdict(self._new_group)

    def of(self, chat_id: int, *, is_edit: bool) -> dict[int | None, _Window]:
        """Those that a message counts for, by chat; that of all under None."""
        chats = self._groups if chat_id < 0 else self._chats
        return {None: self.all} if is_edit else {None: self.all, chat_id: chats[chat_id]}

    def _new_person(self) -> _Window:
        limits = self._limits
        return _Window(limits.per_chat_per_second * limits.burst, limits.burst)

    def _new_group(self) -> _Window:
        return _Window(self._limits.per_group_per_minute, MINUTE)


class Pace:
    """Refuses what comes too fast with the time to wait; without limits only what it was told to refuse."""

    def __init__(self, limits: Limits | None) -> None:
        self.tally = Tally()
        self._windows = _Windows(limits) if limits else None
        # Until when everything is refused that goes to a chat, or, under None, to anybody.
        self._closed_until: dict[int | None, float] = {}
        self._held: dict[int, int] = {}

    def hold(self, chat_id: int, seconds: int) -> None:
        """Refuse the next message or edit in this chat with so many seconds to wait, and all until then."""
        self._held[chat_id] = seconds

    def spend(self, chat_id: int, now: float, *, count: int = 1, is_edit: bool = False) -> None:
        """Take places for so many messages now, or raise 429 with `retry_after` in seconds.

        An edit counts for the whole alone: whoever taps quickly gets as many.
        """
        closed_until = max(self._closed_until.get(key, 0.0) for key in (chat_id, None))
        if now < closed_until:
            self.tally.disobeyed += 1
            self._refuse(closed_until - now)
        if chat_id in self._held:
            self._close({chat_id: self._held.pop(chat_id)}, now)
        if self._windows:
            self._take_places(self._windows.of(chat_id, is_edit=is_edit), now, count)
            self.tally.busiest_second = max(self.tally.busiest_second, len(self._windows.all.moments))
        self.tally.passed += count

    def _take_places(self, windows: Mapping[int | None, _Window], now: float, count: int) -> None:
        if full := {key: wait for key, window in windows.items() if (wait := window.wait(now, count))}:
            self._close(full, now)
        for window in windows.values():
            window.moments.extend([now] * count)

    def _close(self, waits: Mapping[int | None, float], now: float) -> None:
        """Refuse now, and until the waits are over: in a chat, or, under None, everywhere."""
        for key, wait in waits.items():
            self._closed_until[key] = now + _whole(wait)
        self._refuse(max(waits.values()))

    def _refuse(self, wait: float) -> NoReturn:
        self.tally.refused += 1
        seconds = _whole(wait)
        raise TooManyRequests(f"retry after {seconds}", retry_after=seconds)


def _whole(seconds: float) -> int:
    """Telegram asks for whole seconds, and for one at least."""
    return max(1, math.ceil(seconds))
