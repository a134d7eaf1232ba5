"""The day and the time of a hearing, typed: what is understood is shown, what is doubtful is asked about."""

from datetime import datetime, timedelta

from bot.domain.clock import BISHKEK
from bot.domain.hearing_draft import Step
from bot.features.hearings.announcing import texts
from bot.features.hearings.announcing.callbacks import StartAnnouncement
from bot.features.votes.rounds import texts as round_texts
from tests.features.hearings.announcing.officers import JAZY, TOPIC, hearings, in_days, write
from tests.features.wording import worded
from tests.features.written_days import written
from tests.stage import Stage, Visitor


async def at_the_day(stage: Stage) -> Visitor:
    officer = await stage.officer()
    await officer.press(StartAnnouncement(municipality_id=JAZY))
    await officer.tap("hkind:")
    await officer.send(TOPIC)
    for _optional in ("topic2", "agenda"):
        await officer.tap("hskip:")
    return officer


async def moment_of(stage: Stage, number: int = -1) -> datetime:
    starts_at: datetime = (await hearings(stage))[number].starts_at
    return starts_at.astimezone(BISHKEK)


async def test_a_day_is_taken_however_it_is_written_and_shown_with_its_year(stage: Stage) -> None:
    officer, day = await at_the_day(stage), in_days(14).date()
    for words in written(day, today=in_days(0).date()):
        await officer.press("hline:1:day")
        await officer.send(words)
        assert worded("ru", texts.question, Step.TIME) in officer.text, words
        assert worded("ru", texts.on_this_day, day) in officer.text
        assert (await moment_of(stage)).date() == day


async def test_a_time_is_taken_however_it_is_written_and_shown_before_the_next_question(
    stage: Stage,
) -> None:
    officer = await at_the_day(stage)
    await officer.send(f"{in_days(14):%d.%m}")
    for words in ("15:00", "15.00", "15-00", "саат 3тө", "в 3 часа дня", "3 часа", "15:00-17:00", "15"):
        await officer.press("hline:1:time")
        await officer.send(words)
        assert worded("ru", texts.question, Step.PLACE) in officer.text, words
        assert worded("ru", texts.at_this_moment, await moment_of(stage)) in officer.text
        assert (await moment_of(stage)).hour == 15


async def test_a_day_with_a_time_answers_both_questions(stage: Stage) -> None:
    officer, day = await at_the_day(stage), in_days(14)
    await officer.send(f"{day:%d.%m} 15:30")
    assert worded("ru", texts.question, Step.PLACE) in officer.text
    moment = await moment_of(stage)
    assert (moment.date(), moment.hour, moment.minute) == (day.date(), 15, 30)
    assert worded("ru", texts.at_this_moment, moment) in officer.text


async def test_a_day_with_a_time_typed_from_the_preview_leads_back_to_it(stage: Stage) -> None:
    officer = await stage.officer()
    await write(officer)
    for line in ("day", "time"):
        await officer.press(f"hline:1:{line}")
        await officer.send("эртең саат 10до")
        assert worded("ru", texts.preview) in officer.text
        moment = await moment_of(stage)
        assert (moment.date(), moment.hour) == (in_days(1).date(), 10)


async def test_two_days_and_days_of_no_calendar_are_refused_and_asked_for_again(stage: Stage) -> None:
    officer = await at_the_day(stage)
    for words in ("31.02", "45.13", "18.12 20.12", "18 декабря или 20 декабря", "в клубе"):
        await officer.send(words)
        assert officer.text == worded("ru", round_texts.date_not_understood, None), words
    assert (await moment_of_none(stage)) is None


async def moment_of_none(stage: Stage) -> datetime | None:
    found: datetime | None = (await hearings(stage))[-1].starts_at
    return found


async def test_a_day_that_went_by_is_asked_about_as_one_of_next_year(stage: Stage) -> None:
    officer, yesterday = await at_the_day(stage), in_days(-1).date()
    await officer.send(f"{yesterday:%d.%m}")
    assert await moment_of_none(stage) is None
    assert worded("ru", texts.is_it_this_day) in officer.text
    label = next(each for each in officer.labels if each.startswith("✅"))
    guessed = datetime.strptime(label, "✅ %d.%m.%Y").date()  # noqa: DTZ007  # a day has no zone
    assert in_days(300).date() < guessed
    assert worded("ru", texts.on_this_day, guessed) in officer.text
    await officer.tap("hline:", worded("ru", texts.another_day))
    assert worded("ru", texts.question, Step.DAY) in officer.text
    await officer.send(f"{yesterday:%d.%m} 15:00")
    await officer.tap("hday:", "✅")
    assert worded("ru", texts.question, Step.TIME) in officer.text
    assert (await moment_of(stage)).date() == guessed


async def test_another_day_may_be_written_at_once_when_one_is_asked_about(stage: Stage) -> None:
    officer, soon = await at_the_day(stage), in_days(7).date()
    await officer.send(f"{in_days(0).date() + timedelta(days=200):%d.%m.%Y}")
    assert worded("ru", texts.is_it_this_day) in officer.text
    await officer.send(f"{soon:%d.%m}")
    assert (await moment_of(stage)).date() == soon
