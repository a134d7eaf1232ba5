"""Five cards that explain how it works, and a calendar that is practice and not law."""

from datetime import date

import pytest
from sqlalchemy import select

from bot.data import date_words
from bot.db.models import CalendarEntry
from bot.domain.dates import Asked, Facing
from bot.domain.planning_calendar import (
    USUAL,
    YearStep,
    read_days,
)
from bot.domain.refusals import DaysNotUnderstood
from bot.features.plan.guide import texts
from tests.features.plan.drafting.plans import JAZY
from tests.features.records import rows
from tests.features.wording import worded
from tests.stage import Stage


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_five_cards_lead_round_and_each_has_its_use(stage: Stage, language: str) -> None:
    resident = await stage.resident(language)
    await resident.send("/learn")
    seen = []
    for _card in range(5):
        seen.append(resident.text)
        assert any(data in {"docs", "rep", "hears:0", "plan"} for data in resident.data)
        await resident.tap("learn:", "➡️")
    assert len(set(seen)) == 5
    assert resident.text == seen[0]
    for step in YearStep:
        assert worded(language, texts.step, step) in seen[4]


async def test_a_municipality_sets_its_own_days_and_takes_them_back(stage: Stage) -> None:
    resident, elsewhere = await stage.resident("ky"), await stage.resident("ky", "shark")
    officer = await stage.officer("jazy", "ky")
    await officer.press(f"planng:{JAZY}")
    await officer.tap("cal:")
    await officer.tap("calask:", worded("ky", texts.short_step, YearStep.GATHERING))
    await officer.send("күзүндө")
    assert officer.text == worded("ky", texts.days_not_understood, DaysNotUnderstood())
    for words in ("20-октябрь - 5-декабрь", "с 20 октября по 5 декабря", "20/10 - 5/12"):
        await officer.send(words)
        assert "20.10–05.12" in officer.text, words
        await officer.tap("calask:", worded("ky", texts.short_step, YearStep.GATHERING))
    await officer.send("20.10 - 5.12")
    assert "20.10–05.12" in officer.text
    for person, own in ((resident, True), (elsewhere, False)):
        await person.press("learn:4")
        assert ("20.10–05.12" in person.text) is own
    await officer.press(f"calask:{JAZY}:{list(YearStep).index(YearStep.GATHERING)}")
    await officer.tap("calusual:")
    assert await rows(stage, select(CalendarEntry.step)) == []


ASKED = Asked(date(2026, 11, 23), Facing.AHEAD, date_words())


@pytest.mark.parametrize(
    "typed",
    [
        "15.10 - 30.11",
        "15.10-30.11",
        "15.10, 30.11",
        "15/10 – 30/11",
        "15.10.2026 - 30.11.2026",
        "15 октября - 30 ноября",
        "с 15 октября по 30 ноября",
        "15-октябрь - 30-ноябрь",
        "15-октябрдан 30-ноябрга чейин",
        "15.10 - 30-ноябрь",
    ],
)
def test_days_are_read_as_month_and_day(typed: str) -> None:
    assert read_days(typed, ASKED) == (1015, 1130)


def test_one_day_is_the_first_and_the_last() -> None:
    assert read_days("1.9", ASKED) == (901, 901)
    assert read_days("29.02", ASKED) == (229, 229)
    assert read_days("15-20 октября", ASKED) == (1015, 1020)
    assert set(USUAL) == set(YearStep)


@pytest.mark.parametrize(
    "typed", ["", "31.02 - 1.3", "1.1 2.2 3.3", "жок", "до 15 октября", "15.10 14:00", "45.13"]
)
def test_what_is_not_two_days_is_refused(typed: str) -> None:
    with pytest.raises(DaysNotUnderstood):
        read_days(typed, ASKED)
