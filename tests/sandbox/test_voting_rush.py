"""A hundred voters tapping at once, over HTTP: one process on SQLite, two behind a balancer on PostgreSQL."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from bot.db.imports import load_pilot_data
from bot.db.models import BallotRow, Pick, ResidentRow, Round
from bot.db.session import Database
from bot.domain.refusals import VoteClosed
from bot.features.votes.ballot import texts
from bot.sandbox.phone import Button, Phone
from bot.sandbox.world import TOKEN, World
from tests.bench.town import settle
from tests.engines import SQLITE
from tests.features.wording import worded
from tests.sandbox.balancer import balanced
from tests.sandbox.bot_process import free_port, started
from tests.sandbox.conftest import served

VOTERS, PROBLEMS, PRESSED, PICKS = 100, 10, 5, 3


@asynccontextmanager
async def bots(database: Database, world: World, folder: Path) -> AsyncIterator[None]:
    """As many processes as the engine is meant for."""
    ports = [free_port() for _process in range(1 if database.url.startswith(SQLITE) else 2)]
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(served(world))
        webhook = await stack.enter_async_context(balanced(ports))
        common: dict[str, Any] = {
            "token": TOKEN,
            "api_url": address,
            "database_url": database.url,
            "webhook_url": webhook,
            "webhook_secret": "a-secret",
        }
        for place, port in enumerate(ports):
            own = folder / str(place)
            own.mkdir()
            bot = await stack.enter_async_context(started(own, **common, webhook_port=port))
            await bot.says("taking updates by webhook")
        yield


async def voters(database: Database, world: World) -> tuple[list[Phone], int]:
    """A hundred residents with a vote before them, who have said who they are."""
    await load_pilot_data(database)
    town = await settle(database, VOTERS, PROBLEMS * 2, PROBLEMS)
    people = world.extras(VOTERS)
    async with database.act() as db:
        for telegram_id, person in zip(town.people, people, strict=True):
            known = {"telegram_id": person.id, "asked_of_self_at": datetime.now(UTC)}
            await db.execute(
                update(ResidentRow).where(ResidentRow.telegram_id == telegram_id).values(**known)
            )
    return [Phone(world, person) for person in people], town.round_id


async def picks_of(database: Database) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    query = (
        select(ResidentRow.telegram_id, Pick.problem_id)
        .join(BallotRow, BallotRow.resident_id == ResidentRow.id)
        .join(Pick, Pick.ballot_id == BallotRow.id)
    )
    async with database.read() as db:
        for row in await db.execute(query):
            found.setdefault(row.telegram_id, set()).add(row.problem_id)
    return found


async def rush(phone: Phone) -> dict[int, str]:
    """Press all problems of the page at once, two of them twice; what was answered, by problem."""
    buttons = phone.buttons("cast:")[:PRESSED]
    pressed = [*buttons, *buttons[:2]]
    random.Random(phone.person.id).shuffle(pressed)
    answers = await asyncio.gather(*(phone.press(button) for button in pressed))
    return {
        _problem(button): "no" if answer.get("show_alert") else "yes"
        for button, answer in zip(pressed, answers, strict=True)
    }


def _problem(button: Button) -> int:
    return int(button[1].split(":")[2])


async def test_no_pick_is_lost_no_limit_exceeded_and_everybody_was_told_what_is_stored(
    database: Database, tmp_path: Path
) -> None:
    world = World()
    phones, _round_id = await voters(database, world)
    async with bots(database, world, tmp_path):
        await asyncio.gather(*(phone.say("/vote") for phone in phones))
        told = await asyncio.gather(*(rush(phone) for phone in phones))
        stored = await picks_of(database)
        for phone, answers in zip(phones, told, strict=True):
            mine = {problem for problem, answer in answers.items() if answer == "yes"}
            assert stored[phone.person.id] == mine, phone.person
            assert len(mine) == PICKS
        await asyncio.gather(*(phone.say("/vote") for phone in phones))
        for phone in phones:
            seen = {_problem(button) for button in phone.buttons("cast:") if button[1].endswith(":0")}
            assert seen == stored[phone.person.id] & {_problem(each) for each in phone.buttons("cast:")}


async def test_after_the_announced_second_no_pick_changes_whoever_still_presses(
    database: Database, tmp_path: Path
) -> None:
    world = World()
    phones, round_id = await voters(database, world)
    async with bots(database, world, tmp_path):
        await asyncio.gather(*(phone.say("/vote") for phone in phones))
        first = [phone.buttons("cast:")[0] for phone in phones]
        closes_at = datetime.now(UTC) + timedelta(seconds=4)
        async with database.act() as db:
            await db.execute(update(Round).where(Round.id == round_id).values(closes_at=closes_at))
        late = await asyncio.gather(*(press_on(*each, closes_at) for each in zip(phones, first, strict=True)))
        kept = await picks_of(database)
        # The ballot on the phone may have been drawn anew since; an old button lives on in the chat.
        await asyncio.gather(*(phone.press(button) for phone, button in zip(phones, first, strict=True)))
    assert await picks_of(database) == kept
    async with database.read() as db:
        newest = (await db.execute(select(func.max(BallotRow.changed_at)))).scalar_one()
    assert newest < closes_at
    closed = {worded(language, texts.vote_closed, VoteClosed(closes_at)) for language in ("ky", "ru")}
    assert all(answers and answers <= closed for answers in late)


async def press_on(phone: Phone, button: Button, closes_at: datetime) -> set[str]:
    """Choose and take back until well after the end; what was answered to presses begun after it."""
    late: set[str] = set()
    last = closes_at.timestamp() + 1
    message_id, data, label = button
    on = True
    while time.time() < last or not late:
        begun = time.time()
        answer = await phone.press((message_id, f"{data[:-1]}{int(on)}", label))
        on = not on
        if begun > closes_at.timestamp():
            late.add(str(answer.get("text")))
    return late
