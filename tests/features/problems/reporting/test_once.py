"""A report survives a restart, is sent once, and only so many times a day."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from bot.db.models import Attachment, Draft, Problem
from bot.domain.refusals import DailyLimitReached
from bot.features.problems.reporting import texts
from bot.settings import Settings
from tests.features.people import NEED, beside, report, say_that_mine_is_another, seen_from, write_report
from tests.features.records import change, everything, problems, rows
from tests.features.wording import worded
from tests.stage import Stage


async def test_a_draft_outlives_a_restart_at_every_question(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    for answer in (NEED, "Жээренчи"):
        resident = seen_from(beside(stage), resident)
        await resident.send(answer)
    for answer in ("dtop:", "dwho:", "skip:media"):
        resident = seen_from(beside(stage), resident)
        await resident.tap(answer)
    assert worded("ru", texts.preview) in resident.text
    resident = seen_from(beside(stage), resident)
    await resident.tap("send:")
    [problem] = await problems(stage)
    assert (problem.text, problem.who) == (NEED, "everyone")


async def test_sending_the_same_draft_twice_makes_one_problem(stage: Stage) -> None:
    resident = await stage.resident()
    await write_report(resident)
    send = next(data for data in resident.data if data.startswith("send:"))
    preview = resident.screen.message_id
    for _again in range(2):
        await resident.press(send, preview)
        assert worded("ru", texts.sent, 1) == resident.text
    assert len(await problems(stage)) == 1


async def test_ten_processes_send_the_same_draft_once(stage: Stage) -> None:
    resident = await stage.resident()
    await write_report(resident)
    send = next(data for data in resident.data if data.startswith("send:"))
    pressed = [stage.world.tap(resident.id, resident.screen.message_id, send) for _again in range(10)]
    processes = [beside(stage) for _process in range(10)]
    await asyncio.gather(
        *(process.handle(each) for process, each in zip(processes, stage.world.take_updates(), strict=True))
    )
    assert [problem.number for problem in await problems(stage)] == [1]
    assert [(stage.world.answer(callback) or {})["text"] for callback in pressed] == [""] * 10
    assert resident.text == worded("ru", texts.sent, 1)


async def test_a_repeated_update_changes_nothing(stage: Stage) -> None:
    """Every message and every button of a whole report comes twice; it is the same report."""
    once, twice = await stage.resident(), await stage.resident()
    await report(once)
    await play_twice(stage, twice.id)
    first, second = await problems(stage)
    same = ("text", "village_id", "topic_id", "who", "status", "language")
    assert [getattr(first, name) for name in same] == [getattr(second, name) for name in same]
    assert await rows(stage, select(Draft.id)) == []


async def play_twice(stage: Stage, person: int) -> None:
    async def again(updates: list[dict[str, Any]]) -> None:
        for each in updates:
            await stage.handle(each)
            before = await everything(stage)
            await stage.handle(each)
            assert await everything(stage) == before

    for words in ("/report", NEED):
        stage.world.say(person, words)
        await again(stage.world.take_updates())
    # It is like the report that is there already: the first button says that it is another one.
    for begins in ("step:village", "dvil:", "dtop:", "skip:who", "skip:media", "send:"):
        message, data = next(
            (message, button["callback_data"])
            for message in reversed(stage.world.messages(person))
            for row in message.buttons
            for button in row
            if button["callback_data"].startswith(begins)
        )
        stage.world.tap(person, message.message_id, data)
        await again(stage.world.take_updates())


async def test_a_repeated_photo_and_free_text_are_kept_once(stage: Stage) -> None:
    resident = await stage.resident()
    stage.world.say(resident.id, NEED)
    stage.world.send_photo(resident.id, b"picture")
    for each in stage.world.take_updates():
        await stage.handle(each)
        await stage.handle(each)
    assert [row.offered for row in await rows(stage, select(Draft.offered))] == [NEED]
    assert len(await rows(stage, select(Attachment.id))) == 1


async def test_the_limit_of_a_day_is_told_kindly_and_over_the_next_day(stage: Stage) -> None:
    stage = Stage(stage.database, Settings(_env_file=None, reports_per_day=2))
    resident = await stage.resident()
    await report(resident)
    await write_report(resident)
    draft = next(data for data in resident.data if data.startswith("send:"))
    await resident.tap("send:")
    refusal = worded("ru", texts.daily_limit, DailyLimitReached(2))

    await resident.send("/report")
    assert resident.text == refusal
    await resident.press(draft)
    assert worded("ru", texts.sent, 2) == resident.text
    await resident.send(NEED)
    await resident.tap("offer:")
    assert resident.alert == refusal
    assert [row.offered for row in await rows(stage, select(Draft.offered))] == [NEED]
    assert len(await problems(stage)) == 2

    await change(stage, update(Problem).values(created_at=datetime.now(UTC) - timedelta(days=1)))
    await resident.tap("offer:")
    await say_that_mine_is_another(resident)
    assert worded("ru", texts.which_village) in resident.text
