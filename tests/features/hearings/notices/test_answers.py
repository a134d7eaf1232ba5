"""What a resident answers below a notice is what the database holds, and what they see."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.db.models import Attendance, Hearing
from bot.db.session import Database
from bot.domain.attendance import Standing, seconds
from bot.features.hearings.notices import texts
from bot.features.hearings.notices.callbacks import AnswerHearing, MarkRead, OpenHearing
from bot.i18n import LANGUAGES
from tests.features.hearings_at import TOPIC, announced, called_off, card_of, hearing, in_days, moved
from tests.features.people import beside, seen_from
from tests.features.records import Record, municipality_id, resident_of, rows
from tests.features.wording import worded
from tests.stage import Stage


async def attendance(stage: Stage) -> list[Record]:
    return list(await rows(stage, select(Attendance.__table__)))


async def answers(stage: Stage) -> list[tuple[bool, bool | None]]:
    return [(row.read_at is not None, row.is_coming) for row in await attendance(stage)]


async def starts(stage: Stage, hearing_id: int) -> int:
    return seconds((await card_of(stage, hearing_id)).announcement.starts_at)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_has_read_it_says_so_once(stage: Stage, language: str) -> None:
    resident = await stage.resident(language)
    await announced(stage)
    seen = len(resident.messages)

    await resident.tap("hread:")
    [first] = await attendance(stage)
    await resident.press(MarkRead(hearing_id=first.hearing_id, starts=await starts(stage, first.hearing_id)))

    assert await attendance(stage) == [first]
    assert first.read_at is not None
    assert resident.alert == worded(language, texts.read_toast)
    assert worded(language, texts.mark_read) not in resident.labels
    assert len(resident.messages) == seen


@pytest.mark.parametrize("language", LANGUAGES)
async def test_coming_is_no_press_of_read_and_the_mind_may_be_changed(stage: Stage, language: str) -> None:
    resident = await stage.resident(language)
    await announced(stage)

    await resident.tap("hcome:", worded(language, texts.come))
    assert await answers(stage) == [(False, True)]
    assert worded(language, texts.coming) in resident.text
    assert worded(language, texts.come) not in resident.labels

    await resident.tap("hcome:", worded(language, texts.cannot))
    assert await answers(stage) == [(False, False)]
    assert worded(language, texts.not_coming) in resident.text

    await resident.tap("hcome:", worded(language, texts.come))
    assert await answers(stage) == [(False, True)]


async def test_the_same_answer_again_changes_nothing(stage: Stage) -> None:
    resident = await stage.resident()
    hearing_id = await announced(stage)
    wanted = AnswerHearing(hearing_id=hearing_id, starts=await starts(stage, hearing_id), coming=True)
    await resident.press(wanted)
    before = await attendance(stage)

    await resident.press(wanted)

    assert await attendance(stage) == before


@pytest.fixture
async def processes(stage: Stage, database_url: str) -> AsyncIterator[list[Stage]]:
    other = Database(database_url)
    yield [stage, beside(stage, other)]
    await other.close()


async def test_forty_answers_at_once_in_two_processes_are_one_row(
    processes: list[Stage], stage: Stage
) -> None:
    resident = await stage.resident()
    hearing_id = await announced(stage)
    at = await starts(stage, hearing_id)
    buttons = [AnswerHearing(hearing_id=hearing_id, starts=at, coming=bool(n % 2)) for n in range(20)]
    presses = [*buttons, *[MarkRead(hearing_id=hearing_id, starts=at)] * 20]
    message = resident.screen.message_id
    for each in presses:
        stage.world.tap(resident.id, message, each.pack())
    updates = stage.world.take_updates()

    await asyncio.gather(*(processes[number % 2].handle(update) for number, update in enumerate(updates)))

    [(is_read, is_coming)] = await answers(stage)
    assert is_read
    assert is_coming is not None
    await seen_from(processes[1], resident).press(buttons[1])
    assert await answers(stage) == [(True, True)]


async def test_an_answer_below_the_old_time_is_not_taken_for_the_new_one(stage: Stage) -> None:
    resident = await stage.resident()
    hearing_id = await announced(stage)
    old = [data for data in resident.data if data.startswith(("hcome:", "hread:"))]
    await moved(stage, hearing_id, in_days(11))

    for data in old:
        await resident.press(data)
        assert resident.alert == worded("ru", texts.standing_toast, Standing.MOVED)
    assert await answers(stage) == []

    await resident.tap("hcome:", "🙋")
    assert await answers(stage) == [(False, True)]


async def test_what_is_over_can_be_read_but_not_attended(stage: Stage) -> None:
    resident = await stage.resident()
    hearing_id = await hearing(stage, starts_at=in_days(-1))
    at = await starts(stage, hearing_id)

    await resident.press(AnswerHearing(hearing_id=hearing_id, starts=at, coming=True))
    assert resident.alert == worded("ru", texts.standing_toast, Standing.OVER)
    assert worded("ru", texts.over, is_recorded=False) in resident.text
    assert not [data for data in resident.data if data.startswith(("hcome:", "hcal:"))]
    assert await answers(stage) == []

    await resident.press(MarkRead(hearing_id=hearing_id, starts=at))
    assert await answers(stage) == [(True, None)]


async def test_a_press_after_the_cancellation_says_so_with_the_reason(stage: Stage) -> None:
    resident = await stage.resident()
    hearing_id = await announced(stage)
    await called_off(stage, hearing_id, "Суу <ташкыны> & бороон")

    await resident.tap("hcome:", "🙋")

    assert resident.alert == worded("ru", texts.standing_toast, Standing.CALLED_OFF)
    assert "Суу <ташкыны> & бороон" in resident.text
    assert not [data for data in resident.data if data.startswith(("hcome:", "hread:", "hcal:"))]
    assert await answers(stage) == []


async def test_who_lives_elsewhere_reads_but_does_not_answer(stage: Stage) -> None:
    neighbour = await stage.resident(municipality="chaek")
    hearing_id = await announced(stage)
    at = await starts(stage, hearing_id)

    await neighbour.press(OpenHearing(hearing_id=hearing_id))
    assert TOPIC["topic_ru"] in neighbour.text
    assert not [data for data in neighbour.data if data.startswith(("hcome:", "hread:", "qask:"))]
    for press in (
        MarkRead(hearing_id=hearing_id, starts=at),
        AnswerHearing(hearing_id=hearing_id, starts=at, coming=True),
    ):
        await neighbour.press(press)
        assert neighbour.alert == worded("ru", texts.standing_toast, Standing.ELSEWHERE)
    assert await answers(stage) == []


async def test_who_has_moved_away_is_told_so_kindly(stage: Stage) -> None:
    resident = await stage.resident()
    await announced(stage)
    notice = resident.screen.message_id
    data = next(data for data in resident.data if data.startswith("hcome:"))
    await resident.press(f"move:{await municipality_id(stage, 'chaek')}")
    await resident.tap("vil:")

    await resident.press(data, notice)

    assert resident.alert == worded("ru", texts.standing_toast, Standing.ELSEWHERE)
    assert await answers(stage) == []


async def test_a_draft_never_leaks(stage: Stage) -> None:
    resident = await stage.resident()
    told = await announced(stage)
    draft = await hearing(stage, status="draft", topic_ru="Тайна", announced_at=None, revises_id=told)
    seen = len(resident.messages)

    for data in (
        f"hear:{draft}",
        f"hread:{draft}:1",
        f"hcome:{draft}:1:1",
        f"hcal:{draft}",
        f"hmap:{draft}",
        f"hdocs:{draft}",
    ):
        await resident.press(data)
        assert resident.alert
    await resident.start(f"h_{draft}")
    await resident.send("/hearings")

    assert not [message for message in resident.messages if "Тайна" in (message.text or "")]
    assert len([message for message in resident.messages[seen:] if message.from_bot]) == 2
    assert await answers(stage) == []


async def test_a_stranger_s_press_begins_the_first_visit(stage: Stage) -> None:
    hearing_id = await announced(stage)
    stranger = stage.visitor()
    await stranger.start()
    for press in (f"hcome:{hearing_id}:1:1", f"hear:{hearing_id}", "ntc:hearings:0", "ntcs"):
        await stranger.press(press)
        assert "lang:ky" in stranger.data
    assert await answers(stage) == []


async def test_an_answer_is_kept_by_resident_and_hearing(stage: Stage) -> None:
    first, second = await stage.resident(), await stage.resident("ky")
    one, other = await announced(stage), await announced(stage, starts_at=in_days(20))
    await first.tap(f"hcome:{one}:", "🙋")
    await second.tap(f"hcome:{other}:", "🚫")

    held = {(row.hearing_id, row.resident_id, row.is_coming) for row in await attendance(stage)}

    ids = [(await resident_of(stage, each)).id for each in (first, second)]
    assert held == {(one, ids[0], True), (other, ids[1], False)}


async def test_nothing_of_a_wild_hearing_is_taken_for_markup(stage: Stage) -> None:
    wild = "<b>1 < 2 & 3"
    resident = await stage.resident()
    hearing_id = await announced(stage, topic_ru=wild, agenda_ru=wild, place=wild, organiser=wild, phone=wild)
    assert resident.text.count(wild) == 5
    await resident.tap("hread:")
    assert resident.text.count(wild) == 5
    await resident.send("/hearings")
    assert wild in resident.text
    await resident.start()
    assert resident.text.count(wild) == 2
    starts_at = (await rows(stage, select(Hearing.starts_at).where(Hearing.id == hearing_id)))[0].starts_at
    await moved(stage, hearing_id, starts_at + timedelta(days=1))
    assert resident.text.count(wild) == 5
