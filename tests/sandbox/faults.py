"""What may go wrong between the bot and Telegram: a middleware for the sandbox's server."""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
SENDING = ("send", "edit", "copy", "forward")


@dataclass
class Faults:
    """Shares of the sending calls, from 0 to 1, to which something happens; each call meets one at most.

    `slowness` is the least and the most that a slow answer takes, in seconds; a storm refuses all.
    """

    asked_to_wait: float = 0
    broken_server: float = 0
    cut_before: float = 0
    cut_after: float = 0
    slow: float = 0
    slowness: tuple[float, float] = (0.3, 1.5)
    wait_seconds: int = 1
    happened: Counter[str] = field(default_factory=Counter)
    # How often a message arrived without the sender hearing of it, by chat.
    unheard: Counter[int] = field(default_factory=Counter)
    # Sending calls that came while everybody had been asked to wait.
    disobeyed: int = 0
    # Calls that have hung so far, or do so now.
    hung: int = 0

    def __post_init__(self) -> None:
        self._chance = random.Random()
        self._storm = ("", 0.0)
        self._hanging: tuple[str, float, int] = ("", 0.0, 0)
        self._clear_at = 0.0

    def storm(self, kind: str, seconds: float) -> None:
        """From now on, and for so long, every sending call meets "asked_to_wait" or "broken_server"."""
        self._storm = (kind, time.monotonic() + seconds)

    def hang(self, method: str, seconds: float, calls: int = 1) -> None:
        """The next calls of a method, as many as `calls`, get no answer for so long; then they are made."""
        self._hanging = (method.lower(), seconds, calls)

    async def _let_hang(self, name: str) -> None:
        method, seconds, calls = self._hanging
        if name == method and calls:
            self._hanging = (method, seconds, calls - 1)
            self.hung += 1
            await asyncio.sleep(seconds)

    def _next(self) -> str:
        kind, until = self._storm
        if time.monotonic() < until:
            return kind
        kinds = ("asked_to_wait", "broken_server", "cut_before", "cut_after", "slow")
        shares = [getattr(self, kind) for kind in kinds]
        return self._chance.choices([*kinds, ""], [*shares, 1 - sum(shares)])[0]

    @web.middleware
    async def meddle(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        name = request.match_info.get("method", "").lower()
        await self._let_hang(name)
        if not name.startswith(SENDING):
            return await handler(request)
        kind = self._next()
        self.happened[kind] += 1
        if time.monotonic() < self._clear_at:
            self.disobeyed += 1
        if kind == "asked_to_wait":
            self._clear_at = time.monotonic() + self.wait_seconds
            return refusal(429, "Too Many Requests: retry after", retry_after=self.wait_seconds)
        if kind == "broken_server":
            return refusal(502, "Bad Gateway")
        if kind == "cut_before":
            return _cut(request)
        return await self._let_through(request, handler, kind)

    async def _let_through(self, request: web.Request, handler: Handler, kind: str) -> web.StreamResponse:
        answer = await handler(request)
        if kind == "slow":
            await asyncio.sleep(self._chance.uniform(*self.slowness))
        if kind == "cut_after" or _has_hung_up(request):
            _note_unheard(answer, self.unheard)
            return _cut(request)
        return answer


def refusal(code: int, description: str, **parameters: Any) -> web.Response:
    envelope = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return web.json_response(envelope, status=code)


def _has_hung_up(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


def _note_unheard(answer: web.StreamResponse, unheard: Counter[int]) -> None:
    if isinstance(answer, web.Response) and answer.status == 200 and isinstance(answer.body, bytes):
        unheard[json.loads(answer.body)["result"]["chat"]["id"]] += 1


def _cut(request: web.Request) -> web.Response:
    """The connection ends without an answer; what is returned goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
