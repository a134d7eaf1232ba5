"""Telegram's limits on how fast a bot may write, for rehearsing under them.

Every limit holds in any window of its length, wherever the window begins. Whoever writes too fast is told
to wait, and until then every further message is refused, to whomever it goes.
"""

import math
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.sandbox.refused import TooManyRequests

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages a second in all, a second to one person, and a minute to one group.

    Telegram lets short bursts to one person pass without saying how long. Here `burst` messages may come
    at once, and in as many seconds no more than that; 1 allows none.
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


class Pace:
    """Counts what was sent in the last second and minute; refuses more with the time to wait."""

    def __init__(self, limits: Limits) -> None:
        self.tally = Tally()
        self._limits = limits
        self._all = _Window(limits.per_second, 1)
        self._chats: dict[int, _Window] = defaultdict(self._new_person)
        self._groups: dict[int, _Window] = defaultdict(self._new_group)
        self._closed_until = 0.0

    def spend(self, chat_id: int, now: float, *, count: int = 1, is_edit: bool = False) -> None:
        """Take places for so many messages now, or raise 429 with `retry_after` in seconds.

        An edit counts for the whole alone: whoever taps quickly gets as many.
        """
        if now < self._closed_until:
            self.tally.disobeyed += 1
            self._refuse(self._closed_until - now)
        windows = [self._all, *self._of_chat(chat_id, is_edit)]
        if wait := max(window.wait(now, count) for window in windows):
            self._closed_until = now + _whole(wait)
            self._refuse(wait)
        for window in windows:
            window.moments.extend([now] * count)
        self.tally.passed += count
        self.tally.busiest_second = max(self.tally.busiest_second, len(self._all.moments))

    def _of_chat(self, chat_id: int, is_edit: bool) -> Iterator[_Window]:
        if not is_edit:
            yield (self._groups if chat_id < 0 else self._chats)[chat_id]

    def _refuse(self, wait: float) -> None:
        self.tally.refused += 1
        seconds = _whole(wait)
        raise TooManyRequests(f"retry after {seconds}", retry_after=seconds)

    def _new_person(self) -> _Window:
        limits = self._limits
        return _Window(limits.per_chat_per_second * limits.burst, limits.burst)

    def _new_group(self) -> _Window:
        return _Window(self._limits.per_group_per_minute, MINUTE)


def _whole(seconds: float) -> int:
    """Telegram asks for whole seconds, and for one at least."""
    return max(1, math.ceil(seconds))
