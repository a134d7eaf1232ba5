"""kill -9 at any moment loses no update and does nothing twice: the real bot, polling and by webhook."""

import asyncio
import random
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import select

from bot.db.models import BallotRow, InboxUpdate, Pick, Problem, ResidentRow
from bot.db.session import Database
from bot.sandbox import demo
from bot.sandbox.crowd import find_ballot
from bot.sandbox.phone import Phone
from bot.sandbox.server import create_app
from bot.sandbox.world import FACILITATOR, OFFICER, TOKEN, World
from tests.engines import POSTGRESQL
from tests.sandbox.balancer import balanced
from tests.sandbox.bot_process import free_port
from tests.sandbox.broadcast import settle
from tests.sandbox.conftest import served, served_app
from tests.sandbox.faults import Handler
from tests.sandbox.forked import forked
from tests.sandbox.meddling import be_missed_soon
from tests.sandbox.ways import both_ways, settings_of
from tests.sandbox.writers import is_answered, require_kept as require_words_kept, write

KILLS = 10
PEOPLE = 24
PICKS = 3
STOP_SECONDS, SECONDS = 15, 90
# What one person does: /start and three answers, a report of seven steps, and a ballot of five.
ACTS = PEOPLE * 16
# By this share of everything the last kill has come.
LAST_KILL = 0.9
WORDS = "Суу келбейт, тилкеде эгин куурап жатат: "


class WatchedWorld(World):
    """Remembers every update there ever was, whether or not it still waits."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.made: dict[int, dict[str, Any]] = {}

    def update(self, kind: str, event: dict[str, Any]) -> int:
        number = super().update(kind, event)
        self.made[number] = {kind: event}
        return number

    def confirmed(self) -> dict[int, dict[str, Any]]:
        waiting = {update["update_id"] for update in self.updates}
        return {number: made for number, made in self.made.items() if number not in waiting}


async def report(phone: Phone, text: str) -> None:
    """Whoever finds themselves at home again, since the bot was away, goes on from there.

    So does whoever is told in the middle that presses were lost: below that only the ballot has a button.
    """
    await phone.say("/report")
    await phone.say(text)
    steps = ("send:", "skip:media", "skip:who", "dtop:", "dvil:", "step:village", "rep", "vote:")
    while (followed := await phone.follow(*steps)) != "send:":
        if followed == "vote:":
            await phone.say("/report")


async def vote(phone: Phone) -> set[int]:
    """Pick the first three on the ballot; return the numbers of the problems."""
    await phone.say("/vote")
    while not (seen := phone.buttons("cast:")):
        # Whoever votes for the first time is asked two questions, and may be asked again after a kill.
        question = next((each for each in ("meage:", "mesex:") if phone.buttons(each)), "vote:")
        await phone.follow(question, "vote:", "cast:")
    for button in seen[:PICKS]:
        await phone.press(button)
    while await phone.follow("vdone:", "vote:") != "vdone:":
        pass
    return {_picked(data) for _message_id, data, _text in seen[:PICKS]}


def _picked(data: str) -> int:
    return int(data.split(":")[2])


async def visit(phone: Phone, opening: asyncio.Task[None]) -> set[int]:
    """Everything that one person does, from the first visit to the vote, however long the bot is away."""
    await opening
    assert await find_ballot(phone)
    await report(phone, WORDS + str(phone.person.id))
    return await vote(phone)


async def open_vote(world: World) -> None:
    facilitator = Phone(world, world.people[FACILITATOR])
    await facilitator.say("/desk")
    for button in ("vplan:", "vday:", "vopen:"):
        await facilitator.follow(button)


async def require_kept(database: Database, world: WatchedWorld) -> None:
    """What Telegram was told to forget is in the database now that the bot is dead, and so is every pick
    that a voter was told of.
    """
    kept = await picks_of(database)
    async with database.read() as db:
        taken = set(await db.scalars(select(InboxUpdate.update_id)))
    assert world.confirmed().keys() <= taken
    for made in world.made.values():
        tap = made.get("callback_query", {"data": ""})
        if tap["data"].startswith("cast:") and world.callbacks[tap["id"]].answered is not None:
            assert _picked(tap["data"]) in kept[tap["from"]["id"]]


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


async def reports_of(database: Database) -> list[tuple[int, str]]:
    query = (
        select(ResidentRow.telegram_id, Problem.text)
        .join(Problem, Problem.author_id == ResidentRow.id)
        .where(Problem.text.startswith(WORDS))
    )
    async with database.read() as db:
        return sorted((row.telegram_id, row.text) for row in await db.execute(query))


async def until_done(world: WatchedWorld, share: float) -> None:
    """Wait until so much of everything has been begun."""
    assert await world.wait(lambda: len(world.made) > share * ACTS, SECONDS)


@both_ways
async def test_a_bot_killed_ten_times_takes_every_report_and_every_vote_exactly_once(
    database: Database, tmp_path: Path, way: str
) -> None:
    await demo.lay_out(database, demo.Cast(facilitator_id=FACILITATOR, officer_id=OFFICER))
    world, chance = WatchedWorld(), random.Random()
    phones = [Phone(world, person) for person in world.extras(PEOPLE)]
    async with served(world) as address:
        common: dict[str, Any] = {"token": TOKEN, "api_url": address, "database_url": database.url}
        opening = asyncio.create_task(open_vote(world))
        visits = asyncio.gather(*(visit(phone, opening) for phone in phones))
        for kill in range(KILLS):
            async with forked(tmp_path, be_missed_soon, **common, **settings_of(way)) as bot:
                share = LAST_KILL * chance.uniform(kill + 0.2, kill + 0.9) / KILLS
                await bot.while_running(until_done(world, share))
                await asyncio.sleep(chance.uniform(0, 0.05))
                await bot.kill()
            assert not visits.done()
            await require_kept(database, world)
        async with forked(tmp_path, be_missed_soon, **common, **settings_of(way)) as bot:
            picked = await bot.while_running(visits)
            assert await bot.stop(STOP_SECONDS) == 0, bot.output

    people = [phone.person.id for phone in phones]
    kept = await picks_of(database)
    assert await reports_of(database) == [(person, WORDS + str(person)) for person in people]
    assert [kept[person] for person in people] == picked
    assert world.updates == []
    assert list(world.unanswered()) == []
    assert "Traceback" not in bot.output
    assert TOKEN not in bot.output


@pytest.mark.parametrize("database_url", [POSTGRESQL], indirect=True)
async def test_what_a_killed_process_had_taken_another_handles_once(
    database: Database, tmp_path: Path
) -> None:
    world, gate = World(), asyncio.Event()
    people = await settle(database, world, PEOPLE)
    ports = [free_port(), free_port()]
    app = create_app(world)
    app.middlewares.append(held_up(gate))
    async with served_app(app) as address, balanced(ports) as webhook, AsyncExitStack() as stack:
        common: dict[str, Any] = {"token": TOKEN, "api_url": address, "database_url": database.url}
        common |= {"webhook_url": webhook, "webhook_secret": "a-secret"}
        bots = [
            await stack.enter_async_context(forked(tmp_path, **common, webhook_port=port)) for port in ports
        ]
        for bot in bots:
            await bot.says("taking updates by webhook")
        for person in people:
            write(world, person)
        # Both are at work on what they have taken; no answer gets through.
        assert await world.wait(lambda: not world.updates, SECONDS)
        assert len(await holders(database)) == len(bots)
        await bots[0].kill()
        gate.set()
        everybody = world.wait(lambda: all(is_answered(world, each) for each in people), SECONDS)
        assert await bots[1].while_running(everybody)
        assert await bots[1].stop(STOP_SECONDS) == 0
    await require_words_kept(database, people)
    assert await holders(database) == set()
    assert "Traceback" not in bots[1].output


async def holders(database: Database) -> set[str | None]:
    """Which processes have something to handle."""
    async with database.read() as db:
        return set(await db.scalars(select(InboxUpdate.holder).where(InboxUpdate.raw.is_not(None))))


def held_up(gate: asyncio.Event) -> Any:
    """A middleware: what the bot sends waits for the gate to be opened."""

    @web.middleware
    async def meddle(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.match_info.get("method", "").startswith("send"):
            await gate.wait()
        return await handler(request)

    return meddle
