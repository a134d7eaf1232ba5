"""The way to Telegram over HTTP: hanging calls are given up, and keep nobody else waiting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError, TelegramNotFound, TelegramServerError
from aiogram.methods import GetUpdates
from aiogram.types import BufferedInputFile, InputMediaPhoto
from aiohttp import web

from bot.app import create_bot
from bot.sandbox.server import create_app
from bot.sandbox.world import TOKEN, World
from bot.settings import Settings
from bot.telegram import session
from tests.sandbox.conftest import PERSON, served_app
from tests.sandbox.faults import Faults

FOR_EVER = 1000
FILE = BufferedInputFile(b"x", "x.txt")


@dataclass
class Line:
    """A bot that speaks HTTP, and what may go wrong on the way."""

    bot: Bot
    world: World
    faults: Faults


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    world, faults = World(), Faults()
    world.start(PERSON)
    app = create_app(world)
    app.middlewares.append(faults.meddle)
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(served_app(app))
        bot = create_bot(Settings(_env_file=None, api_url=address), TOKEN)
        stack.push_async_callback(bot.session.close)
        yield Line(bot, world, faults)


async def test_two_hundred_calls_that_hang_keep_nobody_else_waiting(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing is given up: whoever gets through does so beside them.
    monkeypatch.setattr(session, "CALL_SECONDS", FOR_EVER)
    line.faults.hang("sendMessage", FOR_EVER, calls=200)
    hanging = [asyncio.create_task(line.bot.send_message(PERSON, "x")) for _call in range(200)]
    while line.faults.hung < 200:
        await asyncio.sleep(0.01)
    await line.bot.send_message(PERSON, "y")
    assert [each.text for each in line.world.messages(PERSON) if each.from_bot] == ["y"]
    assert not any(task.done() for task in hanging)
    for task in hanging:
        task.cancel()
    await asyncio.wait(hanging)


async def test_a_call_that_hangs_is_given_up(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "CALL_SECONDS", 0.05)
    line.faults.hang("sendMessage", FOR_EVER)
    with pytest.raises(TelegramNetworkError):
        await line.bot.send_message(PERSON, "x")


async def test_an_upload_has_more_time(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "CALL_SECONDS", 0.05)
    line.faults.hang("sendDocument", 0.5)
    await line.bot.send_document(PERSON, FILE)
    line.faults.hang("sendMediaGroup", 0.5)
    photo = (await asyncio.to_thread(_picture), "p.png")
    album = [InputMediaPhoto(media=BufferedInputFile(*photo)) for _each in range(2)]
    assert await line.bot.send_media_group(PERSON, list(album))


async def test_a_long_poll_has_the_time_it_asks_for(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "CALL_SECONDS", 0.05)
    line.faults.hang("getUpdates", 0.5)
    assert await line.bot(GetUpdates(timeout=0), request_timeout=40)


async def test_the_page_of_a_broken_gateway_is_trouble_that_passes() -> None:
    async def gateway(_request: web.Request) -> web.Response:
        return web.Response(text="<html>502 Bad Gateway</html>", status=502)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", gateway)
    async with served_app(app) as address:
        bot = create_bot(Settings(_env_file=None, api_url=address), TOKEN)
        with pytest.raises(TelegramServerError):
            await bot.send_message(PERSON, "x")
        with pytest.raises(TelegramServerError) as raised:
            await bot.download_file("documents/1")
        assert TOKEN not in str(raised.value)
        await bot.session.close()


async def test_a_download_that_fails_does_not_tell_the_token(line: Line) -> None:
    with pytest.raises(TelegramNotFound) as missing:
        await line.bot.download_file("nowhere")
    line.bot.session.api = type(line.bot.session.api).from_base("http://127.0.0.1:1")
    with pytest.raises(TelegramNetworkError) as away:
        await line.bot.download_file("nowhere")
    assert TOKEN not in f"{missing.value} {away.value}"


def _picture() -> bytes:
    """A PNG of one dot."""
    return bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
        "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
    )
