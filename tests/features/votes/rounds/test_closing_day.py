"""The day on which a vote closes, typed: understood in every usual way, shown whole before anything opens."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.db.models import Round
from bot.domain.clock import BISHKEK
from bot.domain.refusals import DateOutOfRange
from bot.features.votes.rounds import texts
from bot.i18n import full_day_and_time, speaking
from tests.features.records import publish_many, rows
from tests.features.wording import worded
from tests.features.written_days import written
from tests.stage import Stage, Visitor


def now() -> datetime:
    return datetime.now(BISHKEK)


def closing(days: int) -> str:
    """As it is shown."""
    with speaking("ru"):
        return full_day_and_time((now() + timedelta(days=days)).replace(hour=20, minute=0))


async def at_the_day(stage: Stage) -> Visitor:
    facilitator = await stage.facilitator()
    await publish_many(stage, 2)
    await facilitator.send("/desk")
    await facilitator.tap("vplan:")
    return facilitator


async def test_a_closing_day_is_taken_however_it_is_written_and_shown_with_its_year(stage: Stage) -> None:
    facilitator, today = await at_the_day(stage), now().date()
    ways = written(today + timedelta(days=9), today=today)
    for words in (*ways, f"до {ways[0]}", f"{ways[0]} 20:00"):
        await facilitator.send(words)
        assert closing(9) in facilitator.text, words
    await facilitator.send("эртең")
    assert closing(1) in facilitator.text
    await facilitator.tap("vopen:")
    [round_] = await rows(stage, select(Round.closes_at))
    assert round_.closes_at.astimezone(BISHKEK).date() == today + timedelta(days=1)


async def test_a_closing_day_that_is_no_day_has_an_hour_or_went_by_opens_nothing(stage: Stage) -> None:
    facilitator = await at_the_day(stage)
    for words in ("31.02", "45.13", "18.12 20.12", "билбейм"):
        await facilitator.send(words)
        assert facilitator.text == worded("ru", texts.date_not_understood, None), words
    await facilitator.send("эртең саат 3тө")
    assert facilitator.text == worded("ru", texts.time_not_asked, None)
    # The day before today is one of next year; so late no vote closes.
    for words in (f"{now() - timedelta(days=1):%d.%m}", "вчера", "бүгүн", "25.12.2031"):
        await facilitator.send(words)
        assert facilitator.text == worded("ru", texts.date_out_of_range, DateOutOfRange(92)), words
    assert not any(data.startswith("vopen:") for data in facilitator.data)
