"""Telegram forgets a press after 150 seconds: whoever was voting while the bot was away is told so, once."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from bot.db.link_queries import find_heard_at
from bot.db.models import Broadcast, Delivery, ResidentRow, TelegramLink
from bot.db.session import Database
from bot.features.votes.rounds.deliveries import NOT_HEARD
from bot.sandbox import demo
from bot.sandbox.crowd import find_ballot
from bot.sandbox.phone import Phone
from bot.sandbox.world import FACILITATOR, OFFICER, TOKEN, World
from bot.telegram.pulse import GAP
from tests.features.people import beside, open_vote
from tests.features.records import publish_many
from tests.features.votes.rounds.stages import vote_for
from tests.sandbox.broadcast import AWAKE
from tests.sandbox.conftest import served
from tests.sandbox.forked import forked
from tests.sandbox.test_kill import open_vote as open_over_http
from tests.sandbox.ways import both_ways, settings_of
from tests.stage import Stage, Visitor

LONG, SHORT = GAP + timedelta(seconds=30), GAP - timedelta(seconds=30)
SECONDS, STOP_SECONDS = 60, 15


async def let_be_away(database: Database, time: timedelta) -> None:
    """As if Telegram had been heard last so long ago."""
    async with database.act() as db:
        await db.execute(update(TelegramLink).values(heard_at=datetime.now(UTC) - time))


async def told(database: Database) -> Counter[int]:
    """How often everybody was told that they were not heard."""
    query = (
        select(ResidentRow.telegram_id)
        .join(Delivery, Delivery.resident_id == ResidentRow.id)
        .join(Broadcast, Broadcast.id == Delivery.broadcast_id)
        .where(Broadcast.kind == NOT_HEARD)
    )
    async with database.read() as db:
        return Counter(await db.scalars(query))


async def hear(*processes: Stage) -> None:
    """All of them hear from Telegram, and note it."""
    for each in processes:
        each.app.pulse.hear()
    await asyncio.gather(*(each.app.pulse.note() for each in processes))


@pytest.fixture
async def voter(stage: Stage) -> Visitor:
    """One who is voting, beside one who is done and one who has not begun; Telegram was just heard."""
    await publish_many(stage, 4)
    await open_vote(await stage.facilitator())
    done = await stage.resident()
    await stage.resident()
    voting = await stage.resident()
    await vote_for(done, 0, 1)
    await voting.send("/vote")
    await hear(stage)
    return voting


async def test_after_a_long_silence_whoever_was_voting_is_told_once(stage: Stage, voter: Visitor) -> None:
    await let_be_away(stage.database, LONG)
    restarted = beside(stage)
    await hear(restarted)
    assert await told(stage.database) == {voter.id: 1}
    await hear(restarted, beside(stage), beside(stage))
    assert await told(stage.database) == {voter.id: 1}
    before = len(voter.messages)
    await restarted.deliver()
    assert len(voter.messages) == before + 1
    # A second silence is another one.
    await let_be_away(stage.database, 2 * LONG)
    await hear(beside(stage))
    assert await told(stage.database) == {voter.id: 2}


async def test_of_several_processes_that_come_back_together_one_tells(stage: Stage, voter: Visitor) -> None:
    await let_be_away(stage.database, LONG)
    await hear(*(beside(stage) for _process in range(4)))
    assert await told(stage.database) == {voter.id: 1}


async def test_a_short_silence_and_the_first_start_of_all_tell_nobody(stage: Stage, voter: Visitor) -> None:
    await let_be_away(stage.database, SHORT)
    await hear(beside(stage))
    async with stage.database.act() as db:
        await db.execute(delete(TelegramLink))
    await hear(beside(stage))
    assert await told(stage.database) == {}


async def test_a_bot_that_ends_notes_when_it_heard_last(stage: Stage) -> None:
    stage.app.pulse.hear()
    await stage.app.pulse.close()
    async with stage.database.read() as db:
        assert await find_heard_at(db) == stage.app.pulse._heard_at


async def test_while_one_process_hears_the_silence_of_another_is_none(stage: Stage, voter: Visitor) -> None:
    deaf = beside(stage)
    await hear(deaf)
    deaf.app.pulse._noted -= LONG.total_seconds()
    await let_be_away(stage.database, timedelta(seconds=5))
    await hear(stage, deaf)
    assert await told(stage.database) == {}


async def test_a_clock_that_is_set_forward_is_no_silence(stage: Stage, voter: Visitor) -> None:
    stage.app.pulse._heard_at = datetime.now(UTC) + timedelta(hours=1)
    await stage.app.pulse.note()
    assert await told(stage.database) == {}


@both_ways
async def test_presses_that_telegram_forgot_while_the_bot_was_away_are_owned_up_to(
    database: Database, tmp_path: Path, way: str
) -> None:
    await demo.lay_out(database, demo.Cast(facilitator_id=FACILITATOR, officer_id=OFFICER))
    world = World()
    voting, done, pressing = phones = [Phone(world, person) for person in world.extras(3)]
    async with served(world) as address:
        common: dict[str, Any] = {"token": TOKEN, "api_url": address, "database_url": database.url, **AWAKE}
        async with forked(tmp_path, **common, **settings_of(way)) as bot:
            await bot.while_running(open_over_http(world))
            for phone in phones:
                assert await bot.while_running(find_ballot(phone))
            await bot.while_running(finish(done))
            assert await bot.stop(STOP_SECONDS) == 0
        message_id, data, _text = pressing.buttons("cast:")[0]
        lost = world.tap(pressing.person.id, message_id, data)
        world.skip(200)
        assert world.updates == []
        await let_be_away(database, LONG)
        for _restart in range(2):
            begun = datetime.now(UTC)
            # Whatever comes ends the long poll.
            world.say(done.person.id, "/help")
            async with forked(tmp_path, **common, **settings_of(way)) as bot:
                await bot.while_running(until_noted(database, begun))
                assert await told(database) == {voting.person.id: 1, pressing.person.id: 1}
                await bot.while_running(until_sent(database))
                assert await bot.stop(STOP_SECONDS) == 0
            assert "Traceback" not in bot.output
    assert world.answer(lost) is None


async def finish(phone: Phone) -> None:
    await phone.press(phone.buttons("cast:")[0])
    await phone.follow("vdone:")


async def until_noted(database: Database, since: datetime) -> None:
    """Until the bot has noted that it has heard from Telegram."""
    async with asyncio.timeout(SECONDS):
        while True:
            async with database.read() as db:
                heard_at = await find_heard_at(db)
            if heard_at and heard_at > since:
                return
            await asyncio.sleep(0.1)


async def until_sent(database: Database) -> None:
    query = select(Delivery.id).join(Broadcast).where(Broadcast.kind == NOT_HEARD, Delivery.sent_at.is_(None))
    async with asyncio.timeout(SECONDS):
        while True:
            async with database.read() as db:
                if not (await db.execute(query)).all():
                    return
            await asyncio.sleep(0.1)
