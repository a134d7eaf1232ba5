"""What aiogram cannot read, and numbers that begin anew, hold up nobody and come to no harm: over HTTP."""

import copy
import json
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.db.session import Database
from bot.sandbox.people import Person
from bot.sandbox.server import create_app
from bot.sandbox.world import TOKEN, World
from tests.sandbox.broadcast import settle
from tests.sandbox.conftest import served_app
from tests.sandbox.faults import Handler
from tests.sandbox.forked import ForkedBot, forked
from tests.sandbox.ways import POLLING, both_ways, settings_of
from tests.sandbox.writers import is_answered, kept_words, require_kept, write

UNUSUAL: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data/unusual_updates.json").read_text(encoding="utf-8")
)
WITH_WORDS = ("reply to a story", "old forward of a hidden user")
TOLD = (*WITH_WORDS, "poll without its newest fields", "kind nobody knows yet")
PEOPLE, STOP_SECONDS, SECONDS = 50, 15, 60
# Numbers of updates before and after a quiet week.
HIGH, LOW = 727_334_708, 117_314_199


def lay_out(world: World, name: str, person: Person) -> int:
    """One of the unusual updates, from this person."""
    raw = copy.deepcopy(UNUSUAL[name])
    for event in raw.values():
        for who in ("from", "chat"):
            if who in event:
                event[who]["id"] = person.id
    person.started = True
    number, world.next_update = world.next_update, world.next_update + 1
    world.lay_out({"update_id": number, **raw})
    return number


def mix(world: World, people: list[Person], odd: list[Person]) -> dict[int, str]:
    """Everybody writes, and the unusual updates come in between; return their numbers."""
    numbers: dict[int, str] = {}
    apart = len(people) // len(UNUSUAL)
    for place, person in enumerate(people):
        if place % apart == 0 and len(numbers) < len(UNUSUAL):
            name = list(UNUSUAL)[len(numbers)]
            numbers[lay_out(world, name, odd[len(numbers)])] = name
        write(world, person)
    return numbers


async def require_answered(world: World, people: list[Person]) -> None:
    """Everybody has an answer, and nothing waits at Telegram any more."""
    assert await world.wait(lambda: all(is_answered(world, each) for each in people), SECONDS)
    assert await world.wait(lambda: not world.updates, SECONDS)


def log_of(bot: ForkedBot) -> list[dict[str, Any]]:
    return [json.loads(line) for line in bot.lines if line.startswith("{")]


def require_told_in_the_log(bot: ForkedBot, numbers: dict[int, str]) -> None:
    """Of everything that could not be read as it came, its number and its kind; and nobody's words."""
    noted = {
        each["update_id"]: each["kind"] for each in log_of(bot) if "kind" in each and "update_id" in each
    }
    expected = {number: next(iter(UNUSUAL[name])) for number, name in numbers.items() if name in TOLD}
    assert noted == expected
    assert "Traceback" not in bot.output
    for raw in UNUSUAL.values():
        assert not [words for words in _strings(raw) if " " in words and words in bot.output]


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [found for each in value.values() for found in _strings(each)]
    if isinstance(value, list):
        return [found for each in value for found in _strings(each)]
    return [value] if isinstance(value, str) else []


@both_ways
async def test_what_cannot_be_read_holds_up_nobody_before_and_after_a_restart(
    database: Database, tmp_path: Path, way: str
) -> None:
    world, number = World(), len(UNUSUAL)
    people = await settle(database, world, 2 * (PEOPLE + number))
    odd, writers = people[: 2 * number], people[2 * number :]
    app = create_app(world)
    app.middlewares.append(at_the_last_confirmation(world, odd[0]))
    async with served_app(app) as address:
        common: dict[str, Any] = {"token": TOKEN, "api_url": address, "database_url": database.url}
        numbers = mix(world, writers[:PEOPLE], odd[:number])
        async with forked(tmp_path, **common, **settings_of(way)) as bot:
            await bot.while_running(require_answered(world, writers[:PEOPLE]))
            assert await bot.stop(STOP_SECONDS) == 0
        require_told_in_the_log(bot, numbers)
        left = {each["update_id"]: WITH_WORDS[0] for each in world.updates}
        assert len(left) == (way == POLLING)

        numbers = left | mix(world, writers[PEOPLE:], odd[number:])
        async with forked(tmp_path, **common, **settings_of(way)) as again:
            await again.while_running(require_answered(world, writers[PEOPLE:]))
            assert await again.stop(STOP_SECONDS) == 0
        require_told_in_the_log(again, numbers)

    await require_kept(database, writers)
    kept = await kept_words(database)
    for person, name in zip(odd, [*UNUSUAL, *UNUSUAL], strict=True):
        assert any(each.from_bot for each in world.messages(person.id)) == (name in TOLD), name
        if name in WITH_WORDS:
            assert UNUSUAL[name]["message"]["text"] in kept[person.id]


def at_the_last_confirmation(world: World, person: Person) -> Any:
    """A middleware: when a bot that ends confirms what it has kept, something unreadable lies there."""

    @web.middleware
    async def meddle(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.match_info.get("method") == "getUpdates" and (await request.post()).get("limit") == "1":
            lay_out(world, WITH_WORDS[0], person)
        return await handler(request)

    return meddle


@both_ways
async def test_after_a_quiet_week_lower_numbers_are_taken_and_doubles_passed_over(
    database: Database, tmp_path: Path, way: str
) -> None:
    world = World()
    people = await settle(database, world, 15)
    before, after, last = people[:5], people[5:10], people[10:]
    async with served_app(create_app(world)) as address:
        common: dict[str, Any] = {"token": TOKEN, "api_url": address, "database_url": database.url}
        async with forked(tmp_path, **common, **settings_of(way)) as bot:
            await bot.while_running(brought_twice(world, before, HIGH))
            made = await bot.while_running(brought_twice(world, after, LOW))
            assert await bot.stop(STOP_SECONDS) == 0
        lay_out_again(world, made)
        for person in last:
            write(world, person)
        async with forked(tmp_path, **common, **settings_of(way)) as again:
            await again.while_running(require_answered(world, last))
            assert await again.stop(STOP_SECONDS) == 0
    await require_kept(database, people)
    assert all(len(world.messages(person.id)) == 2 for person in people)
    assert "Traceback" not in bot.output + again.output


async def brought_twice(world: World, people: list[Person], number: int) -> list[dict[str, Any]]:
    """People write, from this number on; what Telegram does not know to be taken it brings again."""
    world.begin_anew_at(number)
    for person in people:
        write(world, person)
    made = list(world.updates)
    await require_answered(world, people)
    lay_out_again(world, made)
    await require_answered(world, people)
    return made


def lay_out_again(world: World, made: list[dict[str, Any]]) -> None:
    for raw in made:
        world.lay_out(raw)
