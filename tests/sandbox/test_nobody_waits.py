"""One person's flood, hanging call, refused answer or failing act is nobody else's: over HTTP.

What is asserted is an order, not a time: while the trouble goes on, everybody else is answered. How long the
answers take before and during it is only noted.
"""

import asyncio
import logging
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import select

from bot.db.models import ResidentRow
from bot.db.session import Database
from bot.sandbox.people import Person
from bot.sandbox.phone import Phone
from bot.sandbox.server import create_app
from bot.sandbox.world import FIRST_EXTRA, TOKEN, World
from bot.telegram import texts
from bot.telegram.inbox import MOST_WAITING
from tests.engines import POSTGRESQL
from tests.features.wording import worded
from tests.sandbox.broadcast import settle
from tests.sandbox.conftest import served_app
from tests.sandbox.faults import Handler, refusal
from tests.sandbox.forked import Prepare, forked
from tests.sandbox.meddling import TROUBLE, fail_for_the_first_of_the_crowd
from tests.sandbox.ways import both_ways, settings_of
from tests.sandbox.writers import is_answered, kept_words, words_of, write

log = logging.getLogger(__name__)
FLOOD, TAPS, SECONDS, STOP_SECONDS = 300, 20, 90, 15
CROWD, MESSAGES = 30, 5
# More than everybody else needs for their messages, however slow the machine.
LONG_SECONDS = 1000
Fault = Callable[[], Awaitable[web.StreamResponse | None]]


@dataclass
class Town:
    """One who is in trouble, another who taps, and a crowd beside them."""

    world: World
    troubled: Person
    other: Phone
    crowd: list[Person]

    @property
    def is_over(self) -> bool:
        return is_answered(self.world, self.troubled)

    async def until_over(self) -> None:
        assert await self.world.wait(lambda: self.is_over, SECONDS)

    async def taps(self) -> float:
        """The other taps to and fro; the median of the seconds until the answers."""
        seconds = []
        for button in ("set", "home") * (TAPS // 2):
            begun = time.monotonic()
            await self.other.follow(button)
            seconds.append(time.monotonic() - begun)
        return statistics.median(seconds)

    async def messages(self) -> None:
        """Everybody of the crowd writes some messages at once, and gets as many answers."""
        before = {person.id: self._answers(person) for person in self.crowd}
        for _message in range(MESSAGES):
            for person in self.crowd:
                self.world.say(person.id, "/help")

        def is_answered() -> bool:
            return all(self._answers(each) == before[each.id] + MESSAGES for each in self.crowd)

        assert await self.world.wait(is_answered, SECONDS)

    def _answers(self, person: Person) -> int:
        return sum(message.from_bot for message in self.world.messages(person.id))

    async def others_are_answered_as_before(self, trouble: Callable[[], Awaitable[None]]) -> None:
        """The trouble begins, and does not end before everybody else is answered."""
        before = await self.taps()
        await trouble()
        during = await self.taps()
        await self.messages()
        assert not self.is_over
        log.info("an answer took %.0f ms before, %.0f ms beside the trouble", before * 1000, during * 1000)


@asynccontextmanager
async def town(
    database: Database, folder: Path, way: str, fault: Fault | None = None, prepare: Prepare | None = None
) -> AsyncIterator[Town]:
    """A bot at work; what it sends to the first person meets the fault."""
    world = World()
    troubled, other, *crowd = await settle(database, world, 2 + CROWD)
    app = create_app(world)
    if fault:
        app.middlewares.append(meeting(troubled, fault))
    async with served_app(app) as address:
        settings: dict[str, Any] = {"token": TOKEN, "api_url": address, "database_url": database.url}
        async with forked(folder, prepare, **settings, **settings_of(way)) as bot:
            phone = Phone(world, other)
            await bot.while_running(phone.say("/start"))
            yield Town(world, troubled, phone, crowd)
            assert await bot.stop(STOP_SECONDS) == 0
        assert "Traceback" not in bot.output


def meeting(person: Person, fault: Fault) -> Any:
    """A middleware: what is sent to this person meets the fault, which may let it through."""

    @web.middleware
    async def meddle(request: web.Request, handler: Handler) -> web.StreamResponse:
        is_sent = request.match_info.get("method", "").startswith("send")
        if is_sent and (await request.post()).get("chat_id") == str(person.id):
            return await fault() or await handler(request)
        return await handler(request)

    return meddle


def shut(gate: asyncio.Event) -> Fault:
    """Calls hang until the gate is opened."""

    async def fault() -> None:
        await gate.wait()

    return fault


async def require_kept_once(database: Database, person: Person, words: str) -> None:
    assert (await kept_words(database))[person.id] == words


@both_ways
async def test_beside_one_person_s_flood_everybody_is_answered_and_the_flood_is_told_of_once(
    database: Database, tmp_path: Path, way: str
) -> None:
    gate = asyncio.Event()
    async with town(database, tmp_path, way, shut(gate)) as there:

        async def flood() -> None:
            for number in range(FLOOD):
                there.world.say(there.troubled.id, f"{words_of(there.troubled)} {number}")
            assert await there.world.wait(lambda: not there.world.updates, SECONDS)

        await there.others_are_answered_as_before(flood)
        gate.set()
        notice = worded(there.troubled.language_code, texts.too_many_at_once, FLOOD - MOST_WAITING)
        await told(there, notice)
        there.world.say(there.troubled.id, "/settings")
        await there.until_over()
        assert [text for text in said_to(there) if text.startswith(notice[:12])] == [notice]
    read = [f"{words_of(there.troubled)} {number}" for number in range(MOST_WAITING)]
    await require_kept_once(database, there.troubled, "\n".join(read))


async def told(there: Town, words: str) -> None:
    assert await there.world.wait(lambda: words in said_to(there), SECONDS)


def said_to(there: Town) -> list[str]:
    """What the bot has said to the one in trouble."""
    return [each.text or "" for each in there.world.messages(there.troubled.id) if each.from_bot]


@both_ways
async def test_beside_one_call_that_hangs_everybody_is_answered(
    database: Database, tmp_path: Path, way: str
) -> None:
    gate = asyncio.Event()
    async with town(database, tmp_path, way, shut(gate)) as there:
        await there.others_are_answered_as_before(writing(there))
        gate.set()
        await there.until_over()
    await require_kept_once(database, there.troubled, words_of(there.troubled))


@both_ways
async def test_when_one_chat_has_to_wait_everybody_else_is_answered(
    database: Database, tmp_path: Path, way: str
) -> None:
    refusals, is_refused = 0, asyncio.Event()

    async def fault() -> web.StreamResponse:
        nonlocal refusals
        refusals += 1
        is_refused.set()
        return refusal(429, "Too Many Requests: retry after", retry_after=LONG_SECONDS)

    async with town(database, tmp_path, way, fault) as there:

        async def refuse() -> None:
            write(there.world, there.troubled)
            async with asyncio.timeout(SECONDS):
                await is_refused.wait()

        await there.others_are_answered_as_before(refuse)
    # Whoever is asked to wait waits.
    assert refusals == 1
    await require_kept_once(database, there.troubled, words_of(there.troubled))


@both_ways
async def test_beside_one_act_that_fails_for_a_while_everybody_is_answered(
    database: Database, tmp_path: Path, way: str
) -> None:
    trouble = tmp_path / TROUBLE
    trouble.touch()
    async with town(database, tmp_path, way, prepare=fail_for_the_first_of_the_crowd) as there:
        assert there.troubled.id == FIRST_EXTRA
        await there.others_are_answered_as_before(writing(there))
        trouble.unlink()
        await there.until_over()
    await require_kept_once(database, there.troubled, words_of(there.troubled))


@both_ways
@pytest.mark.parametrize("database_url", [POSTGRESQL], indirect=True)
async def test_beside_one_act_that_waits_for_a_locked_row_everybody_is_answered(
    database: Database, tmp_path: Path, way: str
) -> None:
    async with town(database, tmp_path, way) as there:
        theirs = select(ResidentRow.id).where(ResidentRow.telegram_id == there.troubled.id)
        async with database.act() as db:
            await db.execute(theirs.with_for_update())
            await there.others_are_answered_as_before(writing(there))
        await there.until_over()
    await require_kept_once(database, there.troubled, words_of(there.troubled))


def writing(there: Town) -> Callable[[], Awaitable[None]]:
    """The one in trouble writes, and the bot has taken it."""

    async def trouble() -> None:
        write(there.world, there.troubled)
        assert await there.world.wait(lambda: not there.world.updates, SECONDS)

    return trouble
