"""Facilitators share a queue: each has a problem and a part of it of their own, and sees who has what."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from bot.db.models import Problem
from bot.domain.refusals import AlreadyDecided
from bot.features.problems.desk import texts
from tests.features.people import report
from tests.features.records import change, problems, resident_of, rows
from tests.features.wording import worded
from tests.stage import Stage

WATER, ROAD = "Суу келбейт: колонка бузулган", "Жол жаман: көпүрө кыйраган"


async def test_the_queue_is_narrowed_to_a_village_and_stays_so(stage: Stage) -> None:
    author, facilitator = await stage.resident("ky"), await stage.facilitator()
    for words, village in ((WATER, "Кара-Дыйкан"), (ROAD, "Жээренчи"), (f"{WATER} 2", "Кара-Дыйкан")):
        await report(author, words, village)
    await facilitator.send("/desk")
    await facilitator.tap("dvill:")
    assert "Кара-Дыйкан · 2" in facilitator.labels
    await facilitator.tap("dnarr:", "Жээренчи")
    assert "Жээренчи" in facilitator.text
    await facilitator.tap("queue:")
    assert ROAD in facilitator.text
    await facilitator.tap("pub:")
    assert worded("ru", texts.nothing_is_free) in facilitator.text
    await facilitator.tap("dnarr:")
    await facilitator.tap("queue:")
    assert WATER in facilitator.text
    await facilitator.tap("pub:")
    await facilitator.tap("queue:")
    assert f"{WATER} 2" in facilitator.text
    await facilitator.tap("deskm:")
    await facilitator.tap("dtopl:")
    assert any(label.endswith("· 1") for label in facilitator.labels)


async def test_two_facilitators_never_have_the_same_problem(stage: Stage) -> None:
    author = await stage.resident("ky")
    first, second = await stage.facilitator(), await stage.facilitator()
    stage.world.people[first.id].name = "Айгүл <b>"
    await report(author, WATER)
    await report(author, ROAD)
    for facilitator in (first, second):
        await facilitator.send("/desk")
    await asyncio.gather(first.tap("queue:"), second.tap("queue:"))
    assert (WATER in first.text) != (WATER in second.text)
    assert (ROAD in first.text) != (ROAD in second.text)
    held = {problem.held_by for problem in await problems(stage)}
    assert held == {(await resident_of(stage, each)).id for each in (first, second)}

    [mine] = [
        each.id for each in await problems(stage) if each.held_by == (await resident_of(stage, first)).id
    ]
    await second.press(f"report:{mine}")
    assert "Айгүл <b>" in second.text
    await second.press(f"pub:{mine}")
    assert second.alert == worded("ru", texts.held_by_another, None)
    await second.tap("dtake:")
    await second.tap("pub:")
    await first.press(f"pub:{mine}")
    assert first.alert == worded("ru", texts.already_decided, AlreadyDecided("published"))


async def test_what_nobody_has_touched_for_long_is_free_again(stage: Stage) -> None:
    author = await stage.resident("ky")
    first, second = await stage.facilitator(), await stage.facilitator()
    await report(author, WATER)
    for facilitator in (first, second):
        await facilitator.send("/desk")
        await facilitator.tap("queue:")
    assert second.text == worded("ru", texts.nothing_is_free)
    await change(stage, update(Problem).values(held_until=datetime.now(UTC) - timedelta(seconds=1)))
    await second.send("/desk")
    await second.tap("queue:")
    assert WATER in second.text
    await second.send("/desk")
    assert [each.held_by for each in await problems(stage)] == [None]


async def test_any_problem_is_found_by_its_number_or_its_words(stage: Stage) -> None:
    author, facilitator = await stage.resident("ky"), await stage.facilitator()
    for words in (WATER, ROAD):
        await report(author, words)
    [first, second] = await rows(stage, select(Problem.id).order_by(Problem.id))
    await facilitator.press(f"pub:{first.id}")
    await facilitator.send("/desk")
    await facilitator.tap("dlist:")
    assert WATER in facilitator.text
    assert ROAD not in facilitator.text
    for typed in ("2", "копуро жол"):
        await facilitator.press("dfind:9")
        await facilitator.send(typed)
        await facilitator.tap(f"dprob:{second.id}")
        assert ROAD in facilitator.text
