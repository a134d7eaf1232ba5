"""The sandbox for its own tests: its world, its Bot API without HTTP, and the whole of it over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bot.sandbox.methods import BotApi
from bot.sandbox.server import create_app, serve
from bot.sandbox.world import TOKEN, StoredFile, World

PERSON = 1001


class Caller:
    """Calls the Bot API and gives the result, or the words it was refused with."""

    def __init__(self, api: BotApi) -> None:
        self.api = api
        self.world = api.world

    async def __call__(self, method: str, files: dict[str, StoredFile] | None = None, **params: Any) -> Any:
        answer = await self.api.call(TOKEN, method, params, files)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, files: dict[str, StoredFile] | None = None, **params: Any) -> str:
        answer = await self.api.call(TOKEN, method, params, files)
        assert not answer["ok"], answer
        return str(answer["description"])


@pytest.fixture
def world() -> World:
    """A world in which one person has started the bot."""
    made = World()
    made.start(PERSON)
    made.take_updates()
    return made


@pytest.fixture
def call(world: World) -> Caller:
    return Caller(BotApi(world))


@dataclass
class Site:
    """A served sandbox: its address, and a client that speaks to it."""

    address: str
    client: ClientSession
    world: World
    wiped: list[str]

    def bot(self, method: str, token: str = TOKEN) -> str:
        return f"{self.address}/bot{token}/{method}"


@pytest.fixture
async def site(world: World) -> AsyncIterator[Site]:
    wiped: list[str] = []

    async def on_wipe() -> None:
        wiped.append("wiped")

    async with served(world, on_wipe) as address, ClientSession() as client:
        yield Site(address, client, world, wiped)


@asynccontextmanager
async def served(world: World, on_wipe: Callable[[], Awaitable[None]] | None = None) -> AsyncIterator[str]:
    """Serve a world on a free port while the block runs."""
    async with served_app(create_app(world, on_wipe)) as address:
        yield address


@asynccontextmanager
async def served_app(app: web.Application) -> AsyncIterator[str]:
    """Serve a sandbox that was made elsewhere."""
    ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(serve(app, "127.0.0.1", 0, ready))
    try:
        yield f"http://127.0.0.1:{await ready}"
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
