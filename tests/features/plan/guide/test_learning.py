"""Five cards that explain how it works, and a calendar that is practice and not law."""

import pytest
from sqlalchemy import select

from bot.db.models import CalendarEntry
from bot.domain.refusals import DaysNotUnderstood
from bot.domain.year import USUAL, YearStep, read_days
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
    await officer.send("20.10 - 5.12")
    assert "20.10–05.12" in officer.text
    for person, own in ((resident, True), (elsewhere, False)):
        await person.press("learn:4")
        assert ("20.10–05.12" in person.text) is own
    await officer.press(f"calask:{JAZY}:{list(YearStep).index(YearStep.GATHERING)}")
    await officer.tap("calusual:")
    assert await rows(stage, select(CalendarEntry.step)) == []


def test_days_are_read_as_month_and_day() -> None:
    assert read_days("15.10 - 30.11") == (1015, 1130)
    assert read_days("1.9") == (901, 901)
    for typed in ("", "31.02 - 1.3", "1.1 2.2 3.3", "жок"):
        with pytest.raises(DaysNotUnderstood):
            read_days(typed)
    assert set(USUAL) == set(YearStep)
