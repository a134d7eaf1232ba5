"""Problems about the same thing are joined: nobody is lost, everybody hears of it, all can be undone."""

import asyncio
from datetime import UTC, datetime

from sqlalchemy import insert, select

from bot.db.models import Problem, Supporter
from bot.domain.problem import Word
from bot.features.problems.merging import texts
from bot.features.problems.status_notices.texts import heard
from tests.features.people import beside, open_vote, seen_from
from tests.features.records import deliveries, journal, problems, resident_of, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor

ROAD = "Дорога на центральной улице вся в ямах, машины ломаются"
SAME = "на центральной улице одни ямы на дороге ломаем машины"
MERGED_FACTS = {"word": Word.MERGED, "is_author": True}
WATER = "Летом из колонки на нашей улице не идёт вода"


async def standing_behind(stage: Stage, problem_id: int) -> set[tuple[int | None, int | None]]:
    """The supporters of a problem, each with the one they came from."""
    found = await rows(
        stage,
        select(Supporter.resident_id, Supporter.came_from_id).where(Supporter.problem_id == problem_id),
    )
    assert len(found) == len({row.resident_id for row in found})
    return {(row.resident_id, row.came_from_id) for row in found}


async def statuses(stage: Stage) -> list[tuple[str, int | None]]:
    return [(each.status, each.merged_into_id) for each in await problems(stage)]


async def told(stage: Stage, word: Word) -> list[int]:
    """Who is told this, by their Telegram numbers' residents, once for each time."""
    return sorted(row.resident_id for row in await deliveries(stage) if row.facts.get("word") == word)


async def three_reports(stage: Stage) -> tuple[Visitor, Visitor, Visitor, Visitor]:
    """Two about the same road by different people, one about water; the first and last are published."""
    first, second, third = [await stage.resident("ru") for _each in range(3)]
    facilitator = await stage.facilitator()
    for author, words in ((first, ROAD), (second, SAME), (third, WATER)):
        await author.send("/report")
        await author.send(words)
        if any(data.startswith("step:village") for data in author.data) and not any(
            data.startswith("dvil:") for data in author.data
        ):
            await author.tap("step:village")
        await author.tap("dvil:", "Кара-Дыйкан")
        for answer in ("dtop:", "skip:who", "skip:media", "send:"):
            await author.tap(answer)
    for number in (1, 3):
        await facilitator.press(f"pub:{number}")
    return first, second, third, facilitator


async def test_a_report_is_joined_to_the_problem_that_looks_like_it_and_split_off_again(
    stage: Stage,
) -> None:
    _first, second, _third, facilitator = await three_reports(stage)
    author = (await resident_of(stage, second)).id
    await facilitator.send("/desk")
    await facilitator.tap("queue:")
    await facilitator.tap("dmore:2")
    await facilitator.tap("mopen:2")
    assert "№1" in facilitator.labels
    assert "№3" not in facilitator.labels
    await facilitator.tap("mpick:2:1")
    assert ROAD in facilitator.text
    assert SAME in facilitator.text
    for _again in range(3):
        await facilitator.press("mjoin:2:1")
    assert await statuses(stage) == [("published", None), ("merged", 1), ("published", None)]
    assert await standing_behind(stage, 1) == {(author, 2)}
    assert await told(stage, Word.MERGED) == [author]
    assert len(await journal(stage, "problem.merged")) == 1
    await stage.deliver()
    facts = {**MERGED_FACTS, "number": 2, "into": 1, "wording": [SAME, "ru", None]}
    assert second.text == worded("ru", heard, facts)
    await second.send("/my")
    await second.tap("my:2:")
    await second.tap("prob:2")
    assert ROAD in second.text

    await facilitator.press("dprob:1")
    await facilitator.tap("dmore:1")
    await facilitator.tap("mlist:1")
    assert SAME in facilitator.text
    for _again in range(3):
        await facilitator.press("msplit:2")
    assert await statuses(stage) == [("published", None), ("submitted", None), ("published", None)]
    assert await standing_behind(stage, 1) == set()
    assert await told(stage, Word.SPLIT) == [author]
    assert await told(stage, Word.MERGED) == [author]


async def test_whoever_stood_behind_moves_along_however_often_it_is_joined_and_split(stage: Stage) -> None:
    first, second, third, facilitator = await three_reports(stage)
    one, two, three = [(await resident_of(stage, each)).id for each in (first, second, third)]
    async with stage.database.act() as db:
        now = datetime.now(UTC)
        for problem_id, resident_id in ((2, three), (3, one), (2, one)):
            await db.execute(
                insert(Supporter).values(problem_id=problem_id, resident_id=resident_id, since=now)
            )
    await facilitator.press("mjoin:2:3")
    # The third is its own author, the first supports it on their own already.
    assert await standing_behind(stage, 3) == {(one, None), (two, 2)}
    await facilitator.press("mjoin:3:1")
    assert await statuses(stage) == [("published", None), ("merged", 1), ("merged", 1)]
    # The first is the author of what speaks for all now.
    assert await standing_behind(stage, 1) == {(two, 2), (three, 3)}
    await facilitator.press("msplit:3")
    assert await standing_behind(stage, 3) == {(one, None)}
    assert await standing_behind(stage, 1) == {(two, 2), (three, 2)}
    await facilitator.press("msplit:2")
    assert await standing_behind(stage, 1) == set()
    assert await standing_behind(stage, 2) == {(three, None), (one, None)}
    assert await statuses(stage) == [("published", None), ("submitted", None), ("published", None)]


async def test_what_cannot_be_joined_is_refused_kindly(stage: Stage) -> None:
    _first, _second, _third, facilitator = await three_reports(stage)
    await facilitator.press("mjoin:1:1")
    assert facilitator.alert == worded("ru", texts.cannot_merge, None)
    await facilitator.press("declr:2:unclear")
    for press in ("mjoin:2:1", "mjoin:1:2"):
        await facilitator.press(press)
        assert facilitator.alert == worded("ru", texts.cannot_merge, None)
    await facilitator.press("mtype:1")
    for typed in ("вода", "1", "99", "123456789"):
        await facilitator.send(typed)
        assert facilitator.text == worded("ru", texts.no_such_problem, None)
    await facilitator.send("№3")
    assert WATER in facilitator.text
    await open_vote(await stage.facilitator())
    await facilitator.press("mjoin:1:3")
    assert facilitator.alert == worded("ru", texts.merge_during_vote, None)
    assert {status for status, _into in await statuses(stage)} == {"published", "declined"}


async def test_two_facilitators_who_join_crosswise_leave_one_that_speaks(stage: Stage) -> None:
    _first, _second, _third, facilitator = await three_reports(stage)
    other = seen_from(beside(stage), await stage.facilitator())
    await asyncio.gather(facilitator.press("mjoin:1:3"), other.press("mjoin:3:1"))
    found = await rows(stage, select(Problem.id, Problem.status, Problem.merged_into_id).order_by(Problem.id))
    joined = [row for row in found if row.status == "merged"]
    assert len(joined) == 1
    [speaker] = [row for row in found if row.id == joined[0].merged_into_id]
    assert speaker.status == "published"
    assert {facilitator.alert, other.alert} >= {worded("ru", texts.cannot_merge, None)}
