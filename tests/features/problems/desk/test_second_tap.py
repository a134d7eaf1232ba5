"""A second tap never decides on a report that nobody has read, and a verdict can be taken back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from aiogram.types import InlineKeyboardButton
from sqlalchemy import insert, update

from bot.db.models import Problem, Supporter
from bot.domain.clock import utc_now
from bot.domain.notices import Failure
from bot.domain.problem import Word
from bot.domain.refusals import AlreadyDecided
from bot.features.problems.desk import screens, texts
from bot.features.problems.printouts.jobs import erase_declined_texts
from bot.features.problems.status_notice_queries import WORDS
from bot.features.problems.status_notices.texts import heard
from bot.i18n import speaking
from bot.telegram.screen import Screen
from tests.features.people import NEED, open_vote, read_queue, report
from tests.features.records import change, deliveries, everything, journal, problems, publish, resident_of
from tests.features.wording import worded
from tests.samples.desk import DESKS, REPORTS
from tests.stage import UNHURRIED, Stage, Visitor

FIRST, SECOND = "Первая беда: нет воды", "Вторая беда: сосед, тел. 0700"
# What decides on a report at one press.
VERDICTS = ("pub:", "decl:", "declr:")


def places(screen: Screen) -> Iterator[tuple[int, InlineKeyboardButton]]:
    """Each button with its row, counted from below: the lowest row stays where it is on any screen."""
    rows = screen.keyboard.inline_keyboard if screen.keyboard else []
    for place, row in enumerate(reversed(rows)):
        for button in row:
            yield place, button


def rows_of(screen: Screen, *beginnings: str) -> set[int]:
    return {place for place, button in places(screen) if (button.callback_data or "").startswith(beginnings)}


async def test_pressed_twice_the_first_button_decides_on_one_report(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    for words in (FIRST, SECOND):
        await report(author, words)
    await read_queue(facilitator)
    pressed = facilitator.screen.message_id
    for _tap in range(3):
        # Whatever stands where the finger is, after each answer.
        rows = facilitator.screen.buttons
        await facilitator.press(rows[0][0]["callback_data"], pressed)
    first, second = await problems(stage)
    assert (first.status, second.status) == ("published", "submitted")


async def test_the_next_report_comes_behind_a_button_of_its_own(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    for words in (FIRST, SECOND):
        await report(author, words)
    await read_queue(facilitator)
    await facilitator.tap("decl:")
    await facilitator.tap("declr:")
    assert FIRST in facilitator.text
    assert SECOND not in facilitator.text
    assert not [data for data in facilitator.data if data.startswith(VERDICTS)]
    await facilitator.tap("queue:")
    assert SECOND in facilitator.text
    first, second = await problems(stage)
    assert f"pub:{second.id}" in facilitator.data
    assert f"pub:{first.id}" not in facilitator.data


def test_no_button_that_leads_to_a_report_stands_where_its_verdict_will() -> None:
    with speaking("ru"):
        waiting = [screens.report(found, many) for found in REPORTS for many in (1, 5)]
        verdicts = {place for screen in waiting for place in rows_of(screen, *VERDICTS)}
        ways = [
            *waiting,
            *(screens.decided(found, desk) for found in REPORTS for desk in DESKS),
            *(screens.desk(found) for found in DESKS),
        ]
        assert verdicts
        assert {place for screen in ways for place in rows_of(screen, "queue:")} & verdicts == set()
        assert not [screen for screen in ways[len(waiting) :] if rows_of(screen, *VERDICTS)]


async def test_what_is_no_longer_waiting_is_answered_with_what_it_is_now(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author)
    [problem] = await problems(stage)
    for status in ("published", "declined", "merged", "hidden", "planned"):
        await change(stage, update(Problem).values(status=status))
        before = await everything(stage)
        for data in (f"pub:{problem.id}", f"decl:{problem.id}", f"declr:{problem.id}:unclear"):
            await facilitator.press(data)
            assert facilitator.alert == worded("ru", texts.already_decided, AlreadyDecided(status))
        assert await everything(stage) == before


@pytest.mark.parametrize("verdict", ["pub:", "declr:"])
async def test_a_verdict_is_taken_back_before_its_author_has_heard_of_it(stage: Stage, verdict: str) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author)
    await read_queue(facilitator)
    if verdict == "declr:":
        await facilitator.tap("decl:")
    await facilitator.tap(verdict)
    undo = next(data for data in facilitator.data if data.startswith("dundo:"))
    heard_before = len(author.messages)
    for _again in range(2):
        await facilitator.press(undo)
        assert NEED in facilitator.text
    await stage.deliver()
    assert len(author.messages) == heard_before
    [problem] = await problems(stage)
    assert (problem.status, problem.decided_by, problem.decline_reason) == ("submitted", None, None)
    assert len(await journal(stage, "problem.undecided")) == 1
    await facilitator.tap("pub:")
    await stage.deliver()
    told = {"word": Word.PUBLISHED, "number": 1, "wording": [NEED, "ru", None], "is_author": True}
    assert author.text == worded("ru", heard, told)


async def test_whoever_has_heard_of_a_verdict_hears_that_it_was_taken_back(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author)
    await read_queue(facilitator)
    await facilitator.tap("pub:")
    await stage.deliver()
    for _again in range(2):
        await facilitator.press("dundo:1:published")
    await stage.deliver()
    told = {"word": Word.WAITING, "number": 1, "wording": [NEED, "ru", None], "is_author": True}
    assert author.text == worded("ru", heard, told)
    assert len(await deliveries(stage)) == 2


async def test_only_ones_own_last_verdict_is_taken_back_and_none_that_a_vote_has_shown(stage: Stage) -> None:
    author, first, second = await stage.resident(), await stage.facilitator(), await stage.facilitator()
    await report(author)
    await publish(stage, SECOND)
    await first.press("pub:1")
    for person, data in ((second, "dundo:1:published"), (first, "dundo:1:declined"), (first, "dundo:1:done")):
        await person.press(data)
        assert person.alert == worded("ru", texts.cannot_undo, None)
    await open_vote(second)
    await first.press("dundo:1:published")
    assert first.alert == worded("ru", texts.cannot_undo, None)
    assert [each.status for each in await problems(stage)] == ["published", "published"]


async def test_a_verdict_that_is_taken_back_leaves_no_words_in_what_is_gathered_for_an_evening(
    stage: Stage,
) -> None:
    """Whoever has heard enough today would read in the evening what waits again."""
    calm = Stage(stage.database, UNHURRIED.model_copy(update={"words_back_per_day": 1}), stage.world)
    author, facilitator = await calm.resident(), await calm.facilitator()
    other, backer = await calm.resident(), await calm.resident()
    for person, words in ((author, FIRST), (other, SECOND)):
        await report(person, words)
        await change(calm, insert(Supporter).values(**await _behind(calm, backer, len(await problems(calm)))))
    await facilitator.press("pub:1")
    await facilitator.press("pub:2")
    assert {each.kind for each in await deliveries(calm) if SECOND in str(each.facts)} == {WORDS}
    await facilitator.press("dundo:2:published")
    [left] = [each for each in await deliveries(calm) if each.kind == WORDS and FIRST in str(each.facts)][1:]
    assert (left.failure, SECOND in str(left.facts)) == (None, False)
    await facilitator.press("dundo:1:published")
    gathered = await deliveries(calm)
    assert [(each.kind, each.failure) for each in gathered] == [(WORDS, Failure.STOPPED)] * 3
    assert SECOND not in str(gathered)


async def _behind(stage: Stage, backer: Visitor, problem_id: int) -> dict[str, object]:
    own = (await resident_of(stage, backer)).id
    return {"problem_id": problem_id, "resident_id": own, "since": datetime.now(UTC)}


async def test_what_was_declined_and_erased_does_not_come_back_without_its_words(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author)
    await facilitator.press("declr:1:unclear")
    await change(stage, update(Problem).values(decided_at=datetime.now(UTC) - timedelta(days=400)))
    await erase_declined_texts(stage.database, 365, utc_now())
    await facilitator.press("dundo:1:declined")
    assert facilitator.alert == worded("ru", texts.cannot_undo, None)
    assert [each.status for each in await problems(stage)] == ["declined"]
