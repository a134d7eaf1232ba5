"""The monthly round: a tap for each measure; followers hear of it gathered, the monitoring group checks."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.db.models import Delivery, MeasureCheck, MeasureReport, MeasureRow
from bot.domain.clock import BISHKEK
from bot.domain.plan import MeasureStatus, Part, PlanNotice
from bot.domain.word_back import GATHERING
from bot.features.plan import plan_texts as cards
from bot.features.plan.progress import texts
from bot.features.plan.progress.jobs import REMINDING_DAY, remind_of_round
from bot.features.problems.reporting import texts as problem_texts
from tests.features.people import beside, seen_from
from tests.features.plan.drafting.plans import JAZY, PLAN_OF_JAZY, adopted, many, open_item
from tests.features.records import change, deliveries, journal, problems, publish, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def statuses(stage: Stage) -> list[str]:
    return [row.status for row in await rows(stage, select(MeasureRow.status).order_by(MeasureRow.number))]


async def begin(planner: Visitor) -> None:
    await planner.press(f"planng:{JAZY}")
    await planner.tap("prog:")


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_a_month_takes_one_tap_a_measure(stage: Stage, language: str) -> None:
    officer = await stage.officer(language=language)
    await adopted(stage, officer, many(12))
    await begin(officer)
    for number in range(1, 13):
        assert f"{number}. Иш-чара {number - 1}" in officer.text
        await officer.tap("progset:", ("📘", "🚧", "🏁", "❌")[number % 4])
    assert officer.text == worded(language, texts.all_asked)
    assert await statuses(stage) == ["doing", "done", "not_done", "planned"] * 3
    await begin(officer)
    assert officer.text == worded(language, texts.all_asked)
    # Next month asks again of what is neither done nor given up.
    month_ago = datetime.now(UTC) - timedelta(days=40)
    await change(stage, update(MeasureRow).values(reported_at=month_ago))
    await change(stage, update(MeasureReport).values(at=month_ago))
    await begin(officer)
    assert "6" in officer.text.splitlines()[0]
    await officer.tap("prog:")
    assert "4. Иш-чара 3" in officer.text


async def test_the_same_press_again_and_from_two_at_once_is_one_report(stage: Stage) -> None:
    officer, other = await stage.officer(), await stage.facilitator()
    await adopted(stage, officer)
    there = seen_from(beside(stage), other)
    await asyncio.gather(officer.press("progset:1:doing"), there.press("progset:1:doing"))
    await officer.press("progset:1:doing")
    assert len(await rows(stage, select(MeasureReport.id))) == 1
    assert len(await journal(stage, "measure.reported")) == 1


async def test_a_note_a_photo_and_money_stand_on_the_card(stage: Stage) -> None:
    resident, officer = await stage.resident("ky"), await stage.officer()
    await adopted(stage, officer)
    await officer.press("progset:1:doing")
    await officer.tap("progadd:1")
    await officer.send("Шагыл <b>келди</b>, тегиздеп жатабыз")
    await officer.send("420 000")
    stage.world.send_photo(officer.id, b"photo", "Кара-Дыйкан")
    await stage.handle_all()
    await officer.send("аз")
    await open_item(stage, resident, 1)
    assert worded("ky", lambda: cards.som(420_000)) in resident.text
    assert "Кара-Дыйкан" in resident.text
    await resident.tap("measpic:")
    assert resident.screen.kind == "photo"
    assert len(await rows(stage, select(MeasureReport.id))) == 1
    stage.world.send_document(officer.id, "photo.jpg", b"photo")
    await stage.handle_all()
    assert officer.text == worded("ru", problem_texts.photo_as_file, None)


async def test_late_measures_are_pointed_out(stage: Stage) -> None:
    resident, officer = await stage.resident("ky"), await stage.officer("jazy", "ky")
    await adopted(stage, officer, [{**PLAN_OF_JAZY[0], Part.TERM: "2020"}], first_year=2019, last_year=2020)
    for person, data in ((resident, "plan"), (officer, f"planng:{JAZY}")):
        await person.press(data)
        assert worded("ky", cards.late) in person.text
    await resident.tap("plms:", cards.LATE)
    await resident.tap("plitem:")
    assert worded("ky", cards.late) in resident.text
    await officer.press("progset:1:done")
    await resident.press("plan")
    assert worded("ky", cards.late) not in resident.text


async def test_followers_hear_of_several_changes_in_one_message_of_the_evening(stage: Stage) -> None:
    follower, officer = await stage.resident("ky"), await stage.officer()
    await adopted(stage, officer)
    for number in (1, 2):
        await follower.press(f"measfol:{number}:1")
    await officer.press("measfol:1:1")
    for press in ("progset:1:doing", "progset:2:done", "progset:1:done"):
        await officer.press(press)
    waiting = [each for each in await deliveries(stage) if each.kind == PlanNotice.NEWS]
    assert [(each.resident_id, len(each.facts["items"])) for each in waiting] == [(1, 2)]
    assert waiting[0].due_at.astimezone(BISHKEK).time() == GATHERING
    past = datetime.now(UTC) - timedelta(hours=1)
    await change(stage, update(Delivery).where(Delivery.id == waiting[0].id).values(due_at=past))
    await stage.deliver()
    assert follower.text.count(worded("ky", lambda: cards.status(MeasureStatus.DONE))) == 2
    await follower.tap("meas:1")
    assert "Ички жолдорго шагыл төгүү" in follower.text
    # What comes after the evening begins a message of its own.
    await officer.press("progset:2:not_done")
    news = [each for each in await deliveries(stage) if each.kind == PlanNotice.NEWS]
    assert len({each.notice for each in news}) == 2


async def test_reported_problems_get_on_with_their_measures(stage: Stage) -> None:
    await publish(stage, "Жол бузук, машина өтпөйт")
    officer = await stage.officer()
    lines = [{**PLAN_OF_JAZY[0], Part.REPORTED: "1"}, PLAN_OF_JAZY[1]]
    await adopted(stage, officer, lines)
    await officer.press("progset:1:doing")
    assert [row.status for row in await problems(stage)] == ["doing"]
    await officer.press("progset:1:done")
    assert [row.status for row in await problems(stage)] == ["doing"]
    await officer.press("progset:2:done")
    assert [row.status for row in await problems(stage)] == ["done"]
    await officer.press("progset:2:doing")
    assert [row.status for row in await problems(stage)] == ["doing"]


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_the_monitoring_group_confirms_or_contradicts_and_both_are_shown(
    stage: Stage, language: str
) -> None:
    resident, officer = await stage.resident(language), await stage.officer(language=language)
    await adopted(stage, officer)
    one, other = await stage.monitor(language=language), await stage.monitor(language=language)
    await officer.press("progset:1:done")
    await one.press("home")
    await one.tap("chk:")
    await one.tap("chkopen:")
    await one.tap("chkset:", worded(language, texts.is_done))
    stage.world.send_photo(one.id, b"photo", "Жол оңдолуптур")
    await stage.handle_all()
    await other.press("chkset:1:0")
    await other.send("Жарымы эле <b>оңдолгон</b>")
    await stage.deliver()
    assert "<b>оңдолгон</b>" in officer.text
    await open_item(stage, resident, 1)
    for words in ("Жол оңдолуптур", "Жарымы эле <b>оңдолгон</b>"):
        assert words in resident.text
    assert await statuses(stage) == ["done", "planned", "planned"]
    # A later word of the same person takes the place of the earlier one.
    await other.press("chkset:1:1")
    assert [row.agrees for row in await rows(stage, select(MeasureCheck.agrees))] == [True, True]
    # Said to be done once more, it is checked anew.
    await officer.press("progset:1:doing")
    await other.press("chkopen:1")
    assert other.alert == worded(language, texts.not_reported_done, None)
    await open_item(stage, resident, 1)
    assert "Жол оңдолуптур" not in resident.text


async def test_officers_are_reminded_once_a_month_of_what_nobody_spoke_of(stage: Stage) -> None:
    officer = await stage.officer("jazy", "ky")
    await stage.facilitator()
    await adopted(stage, officer)
    day = datetime.now(BISHKEK).replace(day=REMINDING_DAY, hour=10)
    assert await remind_of_round(stage.database, day - timedelta(days=1)) == 0
    assert await remind_of_round(stage.database, day) == 1
    assert await remind_of_round(beside(stage).database, day) == 0
    await stage.deliver()
    await officer.tap("prog:")
    assert "1. Ички жолдорго шагыл төгүү" in officer.text
    told = [each for each in await deliveries(stage) if each.kind == PlanNotice.ROUND]
    assert len(told) == 1
    for number in (1, 2, 3):
        await officer.press(f"progset:{number}:done")
    assert await remind_of_round(stage.database, day + timedelta(days=40)) == 0
