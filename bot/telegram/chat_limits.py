"""Telegram's limits for each chat, as far as this process sees them: who was written to, and who waits."""

import time
from collections import deque
from dataclasses import dataclass
from math import inf

# A person may be written to once a second, a group 20 times a minute; short bursts pass.
_PERSON_SECONDS, _GROUP_SECONDS = 1.0, 3.0
# After a wait Telegram asks a chat more readily to wait again.
_STRAINED_SECONDS = 60.0
_MOST_CHATS_REMEMBERED = 10_000
# So many chats that are refused within so many seconds without a reason of their own.
_SEVERAL, _AT_ONCE_SECONDS = 3, 1.0


@dataclass(slots=True)
class _Chat:
    """Moments of the monotonic clock. What was written so far is paid for at `free_at`."""

    written_at: float = -inf
    free_at: float = -inf
    held_until: float = -inf


class Chats:
    """The chats that were written to last."""

    def __init__(self) -> None:
        self._chats: dict[object, _Chat] = {}

    def note(self, chat_id: object) -> bool:
        """A message goes to this chat; return whether the chat's own limit may refuse it.

        That is so when more was written there than the limit allows, and for a while after a wait.
        """
        if not isinstance(chat_id, int):
            return False
        chat, now = self._take(chat_id), time.monotonic()
        is_crowded = chat.free_at > now or chat.held_until > now - _STRAINED_SECONDS
        chat.written_at = now
        chat.free_at = max(chat.free_at, now) + (_GROUP_SECONDS if chat_id < 0 else _PERSON_SECONDS)
        return is_crowded

    def hold(self, chat_id: object, seconds: float) -> None:
        """Nothing is to be sent to this chat for so long; a longer wait stays."""
        if isinstance(chat_id, int):
            chat = self._take(chat_id)
            chat.held_until = max(chat.held_until, time.monotonic() + seconds)

    def held_for(self, chat_id: object) -> float:
        """Seconds until this chat may be written to again."""
        chat = self._chats.get(chat_id)
        return max(chat.held_until - time.monotonic(), 0.0) if chat else 0.0

    def gap_left(self, chat_id: object, gap: float) -> float:
        """Seconds until `gap` has passed since the last message there."""
        chat = self._chats.get(chat_id)
        return max(chat.written_at + gap - time.monotonic(), 0.0) if chat else 0.0

    def _take(self, chat_id: int) -> _Chat:
        """The newest stand last, so that the oldest can be forgotten."""
        self._chats[chat_id] = chat = self._chats.pop(chat_id, None) or _Chat()
        if len(self._chats) > _MOST_CHATS_REMEMBERED:
            del self._chats[next(iter(self._chats))]
        return chat


class Alarm:
    """Goes off when several chats are refused at once: then it is not the chats that Telegram means."""

    def __init__(self) -> None:
        self._refused: deque[tuple[float, object, float]] = deque()

    def ring(self, chat_id: object, seconds: float) -> float:
        """Note that a chat was asked to wait; return for how long all must wait, 0 while it is not so."""
        now = time.monotonic()
        self._refused.append((now, chat_id, seconds))
        while self._refused[0][0] < now - _AT_ONCE_SECONDS:
            self._refused.popleft()
        if len({chat for _moment, chat, _seconds in self._refused}) < _SEVERAL:
            return 0.0
        # The shortest: one of them may have been asked on its own account.
        return min(asked for _moment, _chat, asked in self._refused)
