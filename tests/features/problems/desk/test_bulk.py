"""Several waiting reports are declined in one act: all of them or none, each author told."""

import asyncio

from sqlalchemy import func, insert, select, update

from bot.db.models import MarkedReport, Problem, ResidentRow
from bot.domain.problem import DeclineReason, ProblemStatus
from bot.domain.refusals import TooManyMarked
from bot.features.problems import card_texts as cards
from bot.features.problems.desk import bulk_texts as texts
from bot.features.problems.desk.bulk_queries import MOST_MARKED, Marked
from tests.features.people import beside, read_queue
from tests.features.records import change, deliveries, everything, journal, problems, publish, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def waiting(stage: Stage, count: int) -> tuple[list[Visitor], Visitor]:
    """So many reports, each of another author, and a facilitator."""
    facilitator = await stage.facilitator()
    authors = [await stage.resident() for _each in range(min(count, 8))]
    ids = await publish(stage, *(f"Купите у нас товар номер {place}" for place in range(count)))
    people = await rows(stage, select(ResidentRow.id, ResidentRow.telegram_id))
    number_of = {row.telegram_id: row.id for row in people}
    for problem_id, author in zip(ids, authors, strict=False):
        values = {"author_id": number_of[author.id]}
        await change(stage, update(Problem).where(Problem.id == problem_id).values(**values))
    await change(stage, update(Problem).values(status="submitted"))
    return authors, facilitator


async def mark(facilitator: Visitor, *ids: int) -> None:
    for each in ids:
        await facilitator.press(f"dmark:{each}:0:1")


async def sure(facilitator: Visitor) -> str:
    """The last button before the act."""
    await facilitator.tap("dbwhy:")
    await facilitator.tap("dbsure:", worded("ru", texts.reason_button, DeclineReason.OFFENSIVE))
    return next(data for data in facilitator.data if data.startswith("dbgo:"))


async def test_reports_of_several_pages_are_marked_and_declined_together(stage: Stage) -> None:
    authors, facilitator = await waiting(stage, 8)
    await facilitator.send("/desk")
    await facilitator.tap("dbulk:")
    assert "номер 0" in facilitator.text
    assert "номер 7" not in facilitator.text
    await facilitator.tap("dmark:1:")
    await facilitator.tap("dmark:2:")
    await facilitator.tap("dmark:2:")
    await facilitator.tap("dbulk:", "➡️")
    await facilitator.tap("dmark:8:")
    assert worded("ru", texts.decline_marked, 2) in facilitator.labels
    go = await sure(facilitator)
    assert "№1, №8" in facilitator.text
    assert worded("ru", texts.yes_decline, 2) in facilitator.labels
    await facilitator.press(go)
    assert facilitator.text == worded("ru", texts.declined, 2)
    found = {each.number: (each.status, each.decline_reason) for each in await problems(stage)}
    assert found[1] == found[8] == ("declined", "offensive")
    assert {found[number] for number in range(2, 8)} == {("submitted", None)}
    assert [each.subject_id for each in await journal(stage, "problem.declined")] == [1, 8]
    await stage.deliver()
    for author in (authors[0], authors[7]):
        assert worded("ru", cards.reason_words, DeclineReason.OFFENSIVE) in author.text
    assert len(await deliveries(stage)) == 2
    before = await everything(stage)
    await facilitator.press(go)
    assert facilitator.alert == worded("ru", texts.nothing_marked, None)
    assert await everything(stage) == before


async def test_where_a_colleague_was_faster_nothing_is_declined_and_it_is_said(stage: Stage) -> None:
    _authors, facilitator = await waiting(stage, 3)
    second = await stage.facilitator()
    await mark(facilitator, 1, 2, 3)
    go = await sure(facilitator)
    await second.press("pub:2")
    await facilitator.press(go)
    lost = Marked(2, 2, ProblemStatus.PUBLISHED, is_held=False)
    assert worded("ru", texts.lost, [lost]) in facilitator.text
    assert [each.status for each in await problems(stage)] == ["submitted", "published", "submitted"]
    assert await journal(stage, "problem.declined") == []
    await facilitator.press(await sure(facilitator))
    assert [each.status for each in await problems(stage)] == ["declined", "published", "declined"]


async def test_what_a_colleague_has_before_them_is_not_taken_out_of_their_hands(stage: Stage) -> None:
    _authors, facilitator = await waiting(stage, 2)
    second = await stage.facilitator()
    await mark(facilitator, 1, 2)
    go = await sure(facilitator)
    await read_queue(second)
    await facilitator.press(go)
    assert "№1" in facilitator.text
    assert [each.status for each in await problems(stage)] == ["submitted", "submitted"]


async def test_a_button_declines_the_very_reports_it_was_drawn_for(stage: Stage) -> None:
    _authors, facilitator = await waiting(stage, 3)
    await mark(facilitator, 1)
    go = await sure(facilitator)
    await mark(facilitator, 2)
    await facilitator.press(go)
    assert facilitator.alert == worded("ru", texts.marks_changed, None)
    assert {each.status for each in await problems(stage)} == {"submitted"}
    await facilitator.press("dunmark:9")
    await facilitator.press("dbwhy:9")
    assert facilitator.alert == worded("ru", texts.nothing_marked, None)


async def test_each_facilitator_has_marks_of_their_own_and_not_too_many(stage: Stage) -> None:
    _authors, facilitator = await waiting(stage, MOST_MARKED + 1)
    second = await stage.facilitator()
    people = await rows(stage, select(ResidentRow.id).where(ResidentRow.telegram_id == facilitator.id))
    marks = [{"resident_id": people[0].id, "problem_id": place} for place in range(1, MOST_MARKED + 1)]
    await change(stage, insert(MarkedReport).values(marks))
    await facilitator.press(f"dmark:{MOST_MARKED + 1}:0:1")
    assert facilitator.alert == worded("ru", texts.too_many_marked, TooManyMarked(MOST_MARKED))
    await second.press("dbwhy:9")
    assert second.alert == worded("ru", texts.nothing_marked, None)
    await second.press("pub:1")
    await facilitator.press("dmark:1:0:0")
    [left] = await rows(stage, select(func.count()).select_from(MarkedReport))
    assert left[0] == MOST_MARKED - 1


async def test_two_presses_at_once_decline_once(stage: Stage) -> None:
    _authors, facilitator = await waiting(stage, 3)
    await mark(facilitator, 1, 2)
    go = await sure(facilitator)
    for _tap in range(2):
        stage.world.tap(facilitator.id, facilitator.screen.message_id, go)
    processes = (stage, beside(stage))
    await asyncio.gather(
        *(process.handle(each) for process, each in zip(processes, stage.world.take_updates(), strict=True))
    )
    assert [each.status for each in await problems(stage)] == ["declined", "declined", "submitted"]
    assert len(await journal(stage, "problem.declined")) == 2
    assert len(await deliveries(stage)) == 2
