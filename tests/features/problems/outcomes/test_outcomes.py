"""Its people hear what became of a problem at every step, and its author has the last word on "done"."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from bot.db.models import Attachment, Supporter
from bot.domain.problem import ProblemStatus, Word
from bot.features.problems.outcome_queries import Standing, find_standing
from bot.features.problems.outcomes import texts
from tests.features.people import NEED, report
from tests.features.records import deliveries, journal, problems, resident_of, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def supported(stage: Stage) -> tuple[Visitor, Visitor, Visitor]:
    """A published problem: its author, somebody who said "mine too", and the facilitator."""
    author, supporter, facilitator = (
        await stage.resident("ky"),
        await stage.resident("ru"),
        await stage.facilitator(),
    )
    await report(author)
    await facilitator.press("pub:1")
    row = {
        "problem_id": 1,
        "resident_id": (await resident_of(stage, supporter)).id,
        "since": datetime.now(UTC),
    }
    async with stage.database.act() as db:
        await db.execute(insert(Supporter).values(**row))
    return author, supporter, facilitator


def heard(person: Visitor, sign: str) -> int:
    return sum(sign in (message.text or "") for message in person.messages if message.from_bot)


async def words(stage: Stage) -> list[tuple[str, bool]]:
    found = [row.facts for row in await deliveries(stage) if "word" in row.facts]
    return [(facts["word"], facts["is_author"]) for facts in found]


async def test_every_step_is_told_once_to_author_and_supporters(stage: Stage) -> None:
    author, supporter, facilitator = await supported(stage)
    await facilitator.press("dprob:1")
    await facilitator.tap("dmore:1")
    await facilitator.tap("oopen:1")
    await facilitator.tap("oset:1:shortlisted")
    for _again in range(3):
        await facilitator.press("ogo:1:shortlisted")
    await facilitator.press("oset:1:planned")
    await facilitator.send("2-иш-чара, 400 миң сом <быйыл>")
    await facilitator.press("ogo:1:doing")
    await facilitator.press("ogo:1:shortlisted")
    assert facilitator.alert == worded("ru", texts.cannot_become, None)
    await stage.deliver()
    steps = (Word.SHORTLISTED, Word.PLANNED, Word.DOING)
    expected = [(word.value, who) for word in steps for who in (True, False)]
    assert sorted(await words(stage)) == sorted([(Word.PUBLISHED.value, True), *expected])
    assert heard(author, "400 миң сом <быйыл>") == 1
    assert heard(supporter, "400 миң сом <быйыл>") == 1
    assert [
        (each.details["before"], each.details["after"]) for each in await journal(stage, "problem.doing")
    ] == [("planned", "doing")]
    await author.send("/problems")
    assert NEED in author.text


async def test_not_in_the_plan_needs_a_reason(stage: Stage) -> None:
    author, _supporter, facilitator = await supported(stage)
    await facilitator.press("ogo:1:left_out")
    assert facilitator.alert == worded("ru", texts.reason_missing, None)
    await facilitator.press("oset:1:left_out")
    assert not any(data.startswith("ogo:") for data in facilitator.data)
    await facilitator.send("Акча жок, кийинки жылы")
    await stage.deliver()
    assert "Акча жок, кийинки жылы" in author.text
    await author.press("my:1:0")
    assert "Акча жок, кийинки жылы" in author.text


async def test_the_author_says_yes_and_it_is_recorded_once(stage: Stage) -> None:
    author, supporter, facilitator = await supported(stage)
    await facilitator.press("ogo:1:done")
    await stage.deliver()
    assert not any(data.startswith("solved:") for data in supporter.data)
    await author.tap("solved:1:1")
    await author.press("solved:1:1")
    assert author.text == worded("ky", texts.confirmed, (await standing(stage)))
    assert len(await journal(stage, "problem.confirmed")) == 1
    await author.press("my:1:0")
    assert not any(data.startswith("solved:") for data in author.data)


async def standing(stage: Stage) -> Standing | None:
    async with stage.database.read() as db:
        return await find_standing(db, 1)


@pytest.mark.parametrize("how", ["photo", "words", "nothing"])
async def test_the_authors_no_opens_it_again_with_what_shows_it(stage: Stage, how: str) -> None:
    author, supporter, facilitator = await supported(stage)
    await facilitator.press("ogo:1:done")
    await stage.deliver()
    await author.tap("solved:1:0")
    if how == "photo":
        stage.world.send_photo(author.id, b"a photo", "Көпүрө дагы эле <жок>")
        await stage.handle_all()
    elif how == "words":
        await author.send("Көпүрө дагы эле <жок>")
    else:
        await author.tap("unsolv:1")
    await author.press("unsolv:1")
    await stage.deliver()
    [problem] = await problems(stage)
    assert problem.status == ProblemStatus.REOPENED
    photos = await rows(stage, select(Attachment.purpose))
    assert [row.purpose for row in photos] == (["unsolved"] if how == "photo" else [])
    assert heard(facilitator, "🔁") == 1
    assert heard(supporter, "🔁") == 1
    assert sorted(await words(stage)).count((Word.REOPENED.value, False)) == 1
    assert (Word.REOPENED.value, True) not in await words(stage)
    await facilitator.tap("dprob:1")
    before = len(facilitator.messages)
    await facilitator.tap("qmedia:1")
    assert len(facilitator.messages) - before == (how == "photo")
    await facilitator.send("/desk")
    await facilitator.tap("dopen:")
    await facilitator.tap("dprob:1")
    await author.press("solved:1:1")
    assert author.alert == worded("ky", texts.no_longer_done, None)


async def test_nobody_else_answers_for_the_author(stage: Stage) -> None:
    _author, supporter, facilitator = await supported(stage)
    await facilitator.press("ogo:1:done")
    for forger in (supporter, facilitator):
        for press in ("solved:1:1", "solved:1:0", "unsolv:1"):
            await forger.press(press)
            assert forger.alert
    [problem] = await problems(stage)
    assert (problem.status, problem.is_confirmed) == ("done", False)


async def test_no_facilitator_opens_again_what_only_its_author_can(stage: Stage) -> None:
    """Therefore the author's answer is saved past the ways of the facilitators."""
    _author, _supporter, facilitator = await supported(stage)
    await facilitator.press("ogo:1:done")
    for press in ("ogo:1:reopened", "oset:1:reopened"):
        await facilitator.press(press)
        assert facilitator.alert == worded("ru", texts.cannot_become, None)
    await facilitator.send("Дагы эле жок экен")
    [problem] = await problems(stage)
    assert problem.status == ProblemStatus.DONE


async def test_an_author_opens_again_nothing_that_is_not_said_to_be_done(stage: Stage) -> None:
    author, _supporter, facilitator = await supported(stage)
    for status in ("planned", "doing"):
        await facilitator.press(f"ogo:1:{status}")
        for press in ("solved:1:1", "solved:1:0", "unsolv:1"):
            await author.press(press)
            assert author.alert == worded("ky", texts.no_longer_done, None)
        assert (await problems(stage))[0].status == status
