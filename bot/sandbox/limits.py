"""Telegram's limits on how fast a bot may write, for rehearsing under them."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass

from bot.sandbox.refused import TooManyRequests


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages a second in all, and to one chat."""

    per_second: int = 30
    per_chat_per_second: int = 1


class Pace:
    """Counts what was sent in the last second; refuses more with the time to wait."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._all: deque[float] = deque()
        self._chats: dict[str, deque[float]] = defaultdict(deque)

    def spend(self, chat: str, now: float) -> None:
        """Take a place for one message now, or raise 429 with `retry_after` in seconds."""
        for sent, most in (
            (self._all, self._limits.per_second),
            (self._chats[chat], self._limits.per_chat_per_second),
        ):
            while sent and sent[0] <= now - 1:
                sent.popleft()
            if len(sent) >= most:
                wait = max(1, math.ceil(sent[0] + 1 - now))
                raise TooManyRequests(f"retry after {wait}", retry_after=wait)
        self._all.append(now)
        self._chats[chat].append(now)
