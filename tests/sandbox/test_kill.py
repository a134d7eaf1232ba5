"""kill -9 at any moment loses no update and does nothing twice: the real bot, polling and by webhook."""

import asyncio
import random
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.db.models import BallotRow, Pick, Problem, ResidentRow, SeenUpdate
from bot.db.session import Database
from bot.sandbox import demo
from bot.sandbox.crowd import find_ballot
from bot.sandbox.phone import Phone
from bot.sandbox.world import FACILITATOR, OFFICER, TOKEN, World
from tests.sandbox.bot_process import free_port, started
from tests.sandbox.conftest import served

PEOPLE = 24
PICKS = 3
STOP_SECONDS = 6
# What one person does: /start and three answers, a report of seven steps, and a ballot of five.
ACTS = PEOPLE * 16
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
    """Whoever finds themselves at home again, since the bot was away, goes on from there."""
    await phone.say("/report")
    await phone.say(text)
    steps = ("send:", "skip:media", "skip:who", "dtop:", "dvil:", "step:village", "rep")
    while await phone.follow(*steps) != "send:":
        pass


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


async def require_committed(database: Database, world: WatchedWorld) -> None:
    """Every act that Telegram was told to forget is in the database, now that the bot is dead."""
    kept = await picks_of(database)
    async with database.read() as db:
        seen = set(await db.scalars(select(SeenUpdate.update_id)))
    for number, update in world.confirmed().items():
        if typed := update.get("message"):
            assert number in seen or typed["from"]["id"] == FACILITATOR, typed
        tap = update.get("callback_query", {"data": ""})
        if tap["data"].startswith("cast:"):
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
    assert await world.wait(lambda: len(world.made) > share * ACTS, 60)


def ways_in() -> dict[str, dict[str, Any]]:
    """The settings of both ways to take updates in."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    webhook = {"webhook_url": address, "webhook_port": port, "webhook_secret": "a-secret"}
    return {"polling": {}, "webhook": webhook}


async def test_a_bot_killed_again_and_again_takes_every_report_and_every_vote_exactly_once(
    database: Database, tmp_path: Path
) -> None:
    await demo.lay_out(database, demo.Cast(facilitator_id=FACILITATOR, officer_id=OFFICER))
    world = WatchedWorld()
    phones = [Phone(world, person) for person in world.extras(PEOPLE)]
    chance, ways = random.Random(), ways_in()
    async with served(world) as address:
        common: dict[str, Any] = {"token": TOKEN, "api_url": address, "database_url": database.url}
        opening = asyncio.create_task(open_vote(world))
        visits = asyncio.gather(*(visit(phone, opening) for phone in phones))
        for mode, begin, end in (("polling", 0.1, 0.25), ("polling", 0.35, 0.5), ("webhook", 0.6, 0.85)):
            async with started(tmp_path, **common, **ways[mode]) as bot:
                await bot.while_running(until_done(world, chance.uniform(begin, end)))
                await asyncio.sleep(chance.uniform(0, 0.05))
                await bot.kill()
            assert not visits.done()
            await require_committed(database, world)
        async with started(tmp_path, **common, **ways["webhook"]) as bot:
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
