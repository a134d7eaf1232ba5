"""Whoever sends too much is told so, also when the bot is killed before it could say it."""

import asyncio
from typing import Any

import pytest
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import GetMe
from sqlalchemy import select

from bot.db.models import Draft, InboxUpdate, ResidentRow
from bot.telegram import apologies, inbox as module, texts
from bot.telegram.inbox import MOST_WAITING
from tests.features.people import NEED
from tests.features.records import rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor
from tests.telegram.processes import another, finish
from tests.telegram.test_keeping import every_act, handled, written

MORE = 30


def said_to(resident: Visitor, before: int) -> list[str | None]:
    return [message.text for message in resident.messages[before:] if message.from_bot]


async def test_what_nobody_reads_is_not_stored_and_is_told_of_after_a_kill(stage: Stage) -> None:
    resident = await stage.resident()
    await stage.app.inbox.strike_off()
    dead, heir = another(stage), another(stage)
    await dead.begin(alone=True)
    dead._queue = lambda _taken: []  # type: ignore[method-assign,assignment]  # it dies before it begins
    raws = written(stage, resident, *["/help"] * MOST_WAITING, *[NEED] * MORE)
    before = len(resident.messages)
    await dead.take(raws)
    kept = [row.raw for row in await rows(stage, select(InboxUpdate.raw).where(InboxUpdate.raw.is_not(None)))]
    assert len(kept) == MOST_WAITING + MORE
    assert not any("text" in raw for raw in kept if "/help" not in raw)
    await heir.begin(alone=True)
    await finish(heir)
    told = said_to(resident, before)
    assert len(told) == MOST_WAITING + 1
    assert told[-1] == worded("ru", texts.too_many_at_once, MORE)
    assert await handled(another(stage), raws) == 0


async def test_what_comes_one_by_one_is_told_of_together_and_what_comes_after_is_read(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident, opened = await stage.resident(), asyncio.Event()
    raws = written(stage, resident, *["/help"] * (MOST_WAITING + MORE))
    before = len(resident.messages)

    async def wait() -> None:
        await opened.wait()

    async with every_act(wait, monkeypatch):
        taken = [each for raw in raws for each in await stage.app.inbox.take([raw])]
        opened.set()
        await asyncio.gather(*(each.handled for each in taken))
    told = said_to(resident, before)
    assert told[MOST_WAITING:] == [worded("ru", texts.too_many_at_once, MORE)]
    await resident.send("/settings")
    assert resident.text not in told


@pytest.mark.parametrize("place", ["after the bot's name", "in a group"])
async def test_what_is_typed_elsewhere_crowds_out_no_words_of_the_same_person(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    resident, opened, send = await stage.resident(), asyncio.Event(), stage.bot.send_message

    async def hang(chat_id: int, *given: Any, **named: Any) -> Any:
        await opened.wait()
        return await send(chat_id, *given, **named)

    monkeypatch.setattr(stage.bot, "send_message", hang)
    group = stage.world.group("Neighbours", resident.id)
    stage.world.take_updates()
    stage.world.say(resident.id, "/help")
    for number in range(MOST_WAITING + MORE):
        if place == "in a group":
            stage.world.say(resident.id, str(number), chat_id=group.id)
        else:
            stage.world.ask_inline(resident.id, str(number))
    stage.world.say(resident.id, NEED)
    raws = stage.world.take_updates()
    taken = [each for raw in raws for each in await stage.app.inbox.take([raw])]
    opened.set()
    await asyncio.gather(*(each.handled for each in taken))
    assert [row.offered for row in await rows(stage, select(Draft.offered))] == [NEED]


async def test_whoever_blocks_the_bot_in_a_flood_is_known_to_have_done_so(stage: Stage) -> None:
    resident = await stage.resident()
    for _message in range(MOST_WAITING + MORE):
        stage.world.say(resident.id, "/help")
    stage.world.block(resident.id)
    await handled(stage.app.inbox, stage.world.take_updates())
    assert [row.blocked_at is not None for row in await rows(stage, select(ResidentRow.blocked_at))] == [True]


async def test_an_apology_is_said_over_a_passing_trouble(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident, left, apologise = await stage.resident(), [3], apologies.apologise
    monkeypatch.setattr(module, "WAITS", (0.01,) * 6)

    async def stumble(*given: object) -> None:
        if left[0]:
            left[0] -= 1
            raise TelegramNetworkError(method=GetMe(), message="the connection was reset")
        await apologise(*given)  # type: ignore[arg-type]

    async def fail() -> None:
        raise LookupError

    monkeypatch.setattr(module, "apologise", stumble)
    async with every_act(fail, monkeypatch):
        await resident.send(NEED)
    assert resident.text.startswith(worded("ru", texts.apology, "")[:20])
