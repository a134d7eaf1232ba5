"""The questions of an announcement: what they offer, what they refuse, and how one goes back and on."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.db.models import Hearing, HearingDocument
from bot.domain import refusals
from bot.domain.clock import BISHKEK
from bot.domain.hearing import LONGEST_TOPIC
from bot.domain.hearing_draft import Step
from bot.features.hearings.announcing import texts
from bot.features.hearings.announcing.callbacks import (
    AnnounceHearing,
    ContinueAnnouncement,
    StartAnnouncement,
)
from bot.features.hearings.officer_home.callbacks import OpenOffice
from bot.features.hearings.questions import texts as question_texts
from bot.features.problems.reporting import texts as problem_texts
from tests.features.hearings.announcing.officers import (
    JAZY,
    PLACE,
    TOPIC,
    announce,
    hearings,
    in_days,
    now,
    write,
)
from tests.features.people import answers, beside, seen_from
from tests.features.records import change, resident_of, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def begin(officer: Visitor, *, topic: str | None = TOPIC) -> None:
    await officer.press(StartAnnouncement(municipality_id=JAZY))
    await officer.tap("hkind:")
    if topic is not None:
        await officer.send(topic)


async def step(stage: Stage) -> Step:
    """The question the first draft stands at."""
    return Step((await hearings(stage))[0].step)


async def test_words_where_a_button_is_asked_for_lead_nowhere(stage: Stage) -> None:
    officer = await stage.officer()
    await officer.press(StartAnnouncement(municipality_id=JAZY))
    await officer.send("бюджет")
    assert officer.text == worded("ru", texts.please_choose, None)
    assert await step(stage) == Step.KIND


async def test_a_photo_where_words_are_asked_for_is_refused_kindly(stage: Stage) -> None:
    officer = await stage.officer()
    await begin(officer, topic=None)
    stage.world.send_photo(officer.id, b"a photo")
    await stage.handle_all()
    assert officer.text == worded("ru", question_texts.words_expected, None)
    await officer.send(TOPIC)
    assert await step(stage) == Step.OTHER_TOPIC


async def test_words_where_a_place_on_the_map_is_asked_for_say_how_to_send_it(stage: Stage) -> None:
    officer = await stage.officer()
    await write(officer)
    await officer.press("hline:1:pin")
    await officer.send("Мектептин жаны")
    assert officer.text == worded("ru", texts.not_a_place, None)


async def test_too_long_a_topic_is_refused_with_its_bound(stage: Stage) -> None:
    officer = await stage.officer()
    await begin(officer, topic="ө" * (LONGEST_TOPIC + 1))
    too_long = refusals.TextTooLong(at_most=LONGEST_TOPIC, length=LONGEST_TOPIC + 1)
    assert officer.text == worded("ru", problem_texts.REFUSALS[refusals.TextTooLong], too_long)
    assert (await hearings(stage))[0].topic_ru is None


@pytest.mark.parametrize("typed", ["31.02", "25.11 15:00", "10:00-12:00"])
async def test_a_day_or_an_hour_typed_at_the_wrong_question_is_no_topic(stage: Stage, typed: str) -> None:
    officer = await stage.officer(language="ky")
    await begin(officer, topic=typed)
    assert officer.text == worded("ky", question_texts.words_expected, refusals.WordsExpected())
    assert await step(stage) == Step.TOPIC


async def test_no_agenda_is_not_asked_for_twice(stage: Stage) -> None:
    officer = await stage.officer()
    await begin(officer)
    for _optional in ("topic2", "agenda"):
        await officer.tap("hskip:")
    assert await step(stage) == Step.DAY
    await officer.tap("hline:")
    assert await step(stage) == Step.AGENDA


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_one_goes_back_to_the_first_question_and_on_again(stage: Stage, language: str) -> None:
    officer = await stage.officer(language=language)
    await begin(officer)
    await officer.send("Проект бюджета")
    await officer.send("1. Жолдор")
    for before in (Step.AGENDA, Step.OTHER_TOPIC, Step.TOPIC, Step.KIND):
        await officer.tap("hline:")
        assert await step(stage) == before
    assert not any(data.startswith("hline:") for data in officer.data)
    await officer.tap("hkind:")
    for _kept in (Step.TOPIC, Step.OTHER_TOPIC, Step.AGENDA):
        await officer.tap("hskip:", worded(language, texts.keep))
    assert await step(stage) == Step.OTHER_AGENDA
    row = (await hearings(stage))[0]
    assert {row.topic_ky, row.topic_ru} == {TOPIC, "Проект бюджета"}


async def test_a_question_left_for_the_office_is_taken_up_again(stage: Stage) -> None:
    officer = await stage.officer()
    await begin(officer)
    await officer.press(OpenOffice())
    assert (await resident_of(stage, officer)).awaiting is None
    await officer.press(ContinueAnnouncement(hearing_id=1))
    await officer.send("Бюджеттин долбоору")
    assert (await hearings(stage))[0].topic_ky == "Бюджеттин долбоору"


@pytest.mark.parametrize("stop", list(Step)[1:])
async def test_a_draft_goes_on_after_a_restart_wherever_it_stood(stage: Stage, stop: Step) -> None:
    officer = await stage.officer()
    await write(officer)
    await change(stage, update(Hearing).values(step=stop))
    await officer.press(ContinueAnnouncement(hearing_id=1))
    before = officer.text
    again = beside(stage)
    officer = seen_from(again, officer)
    await officer.press(ContinueAnnouncement(hearing_id=1))
    assert officer.text == before


async def test_the_days_are_in_rows_of_seven_and_those_past_are_inert(stage: Stage) -> None:
    officer = await stage.officer()
    await begin(officer)
    for _optional in ("topic2", "agenda"):
        await officer.tap("hskip:")
    today = datetime.now(BISHKEK).date()
    weeks = [
        row for row in officer.screen.buttons if any(b["callback_data"].startswith("hday:") for b in row)
    ]
    assert {len(week) for week in weeks} == {7}
    days = [int(data.split(":")[2]) for data in officer.data if data.startswith("hday:")]
    assert min(days) == int(f"{today:%Y%m%d}")
    shown = officer.text
    await officer.tap("hmon:", "")
    assert officer.text == shown
    for _month in range(13):
        if any("➡️" in label for label in officer.labels):
            await officer.tap("hmon:", "➡️")
    assert not any("➡️" in label for label in officer.labels)


async def test_a_time_that_nobody_chose_is_not_said(stage: Stage) -> None:
    officer = await stage.officer()
    await begin(officer)
    for _optional in ("topic2", "agenda"):
        await officer.tap("hskip:")
    await officer.send(f"{in_days(14):%d.%m.%Y}")
    await officer.tap("hline:", "Назад")
    assert worded("ru", texts.now_day, in_days(14)) in officer.text
    assert "10:00" not in officer.text


async def test_a_year_that_was_guessed_is_said(stage: Stage) -> None:
    officer = await stage.officer()
    await write(officer)
    await officer.press("hline:1:day")
    await officer.send(f"{in_days(-1):%d.%m}")
    await officer.tap("hday:", "✅")
    guessed = (await hearings(stage))[0].starts_at.astimezone(BISHKEK)
    assert guessed.date() > in_days(300).date()
    assert worded("ru", texts.on_this_day, guessed.date()) in officer.text
    await officer.tap("hskip:")
    left = (guessed.date() - in_days(0).date()).days
    assert worded("ru", texts.days_left, left) in officer.text


async def test_times_that_have_passed_today_are_not_offered(stage: Stage) -> None:
    officer = await stage.officer()
    await write(officer)
    await officer.press("hline:1:day")
    await officer.send("сегодня")
    offered = [int(data.split(":")[2]) for data in officer.data if data.startswith("htime:")]
    moment = datetime.now(BISHKEK)
    assert all(each >= moment.hour * 60 + moment.minute for each in offered)
    await officer.press("hline:1:day")
    await officer.send("завтра")
    offered = [int(data.split(":")[2]) for data in officer.data if data.startswith("htime:")]
    assert offered == list(range(540, 1140, 30))


async def test_two_officers_take_turns_at_one_draft(stage: Stage) -> None:
    officer, colleague = await stage.officer(language="ky"), await stage.officer(language="ru")
    await begin(officer)
    await colleague.press(ContinueAnnouncement(hearing_id=1))
    await colleague.send("Проект бюджета")
    row = (await hearings(stage))[0]
    assert (row.topic_ky, row.topic_ru, row.step) == (TOPIC, "Проект бюджета", Step.AGENDA)


async def test_an_answer_to_a_draft_that_was_announced_meanwhile_is_told_so_once(stage: Stage) -> None:
    officer, colleague = await stage.officer(), await stage.officer()
    await write(officer)
    await colleague.press("hline:1:place")
    await officer.press(AnnounceHearing(hearing_id=1))
    await colleague.send("Жазы, мектеп")
    assert answers(colleague)[0] == worded("ru", texts.already_announced, None)
    assert (await hearings(stage))[0].place == PLACE
    assert any(data.startswith("offer:") for data in colleague.data)


async def test_documents_sent_all_at_once_are_all_kept(stage: Stage) -> None:
    officer = await stage.officer()
    await write(officer)
    await officer.press("hline:1:documents")
    for number in range(3):
        stage.world.send_document(officer.id, f"{number}.pdf", b"%PDF", "application/pdf")
    await asyncio.gather(*(stage.handle(each) for each in stage.world.take_updates()))
    found = await rows(stage, select(HearingDocument.name).order_by(HearingDocument.name))
    assert [row.name for row in found] == ["0.pdf", "1.pdf", "2.pdf"]


async def test_the_last_organiser_is_one_tap_with_the_telephone(stage: Stage) -> None:
    officer = await stage.officer()
    await write(officer)
    await officer.press("hline:1:organiser")
    await officer.send("Жазы айыл өкмөтү 0555 12-34-56")
    await officer.tap("hgo:")
    await write(officer, topic="Экинчи угуу")
    await officer.press("hline:2:organiser")
    await officer.tap("hlast:")
    second = (await hearings(stage))[1]
    assert (second.organiser, second.phone) == ("Жазы айыл өкмөтү", "0555 12-34-56")


async def test_a_draft_whose_day_went_by_is_asked_for_a_later_one(stage: Stage) -> None:
    officer = await stage.officer()
    await announce(officer)
    await write(officer, topic="Экинчи угуу")
    await change(stage, update(Hearing).where(Hearing.id == 2).values(starts_at=now() - timedelta(days=2)))
    await officer.press(ContinueAnnouncement(hearing_id=2))
    await officer.press("hline:2:day")
    await officer.send("завтра")
    await officer.tap("htime:", "14:30")
    assert "hgo:2" in officer.data
