"""A draft is shown, spoken of, adopted by a resolution, amended as a new version; all hear of it once."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.models import Broadcast, Delivery, MeasureLink, MeasureRow, PlanComment, PlanMeasure, PlanVersion
from bot.domain.plan import Part, PlanNotice
from bot.domain.plan_changes import ChangeKind
from bot.features.plan import plan_texts
from bot.features.plan.drafting import texts as planning
from bot.features.plan.reading import notice_texts, texts
from bot.telegram import texts as common
from tests.features.people import beside, seen_from
from tests.features.plan.drafting.plans import (
    JAZY,
    PLAN_OF_JAZY,
    ROADS,
    YEAR,
    adopt,
    adopted,
    drafted,
    filled,
    given_form,
    open_item,
    send_file,
)
from tests.features.records import deliveries, journal, problems, publish, rows
from tests.features.wording import worded
from tests.stage import Stage


async def items(stage: Stage, version_id: int) -> list[Any]:
    mine = select(PlanMeasure.id, PlanMeasure.number).where(PlanMeasure.version_id == version_id)
    return list(await rows(stage, mine))


async def newest_version(stage: Stage) -> int:
    return int((await rows(stage, select(PlanVersion.id).order_by(PlanVersion.id.desc())))[0].id)


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_the_council_adopts_and_everybody_hears_of_it_once(stage: Stage, language: str) -> None:
    resident = await stage.resident(language)
    officer = await stage.officer(language=language)
    version_id = await drafted(stage, officer)
    await officer.press(f"pladopt:{version_id}")
    for typed in ("12/3", "12/3\nэртең\nТөрага", f"12/3\n15.01.{YEAR + 9}\nТөрага"):
        await officer.send(typed)
        assert officer.text == worded(language, planning.resolution_not_understood, None)
    await officer.send(f"12/3\n15.01.{YEAR}\nТөрага <b>")
    await officer.send("бул эмес")
    stage.world.send_photo(officer.id, b"scan")
    await stage.handle_all()
    assert "Төрага <b>" in officer.text
    for _again in range(2):
        await officer.press(f"pladone:{version_id}")
    await stage.deliver()
    told = [each for each in await deliveries(stage) if each.kind == PlanNotice.ADOPTED]
    assert len(told) == 2
    assert len(await journal(stage, "plan.adopted")) == 1
    assert worded(language, notice_texts.read_plan) in resident.labels
    await resident.tap("planof:")
    assert "12/3" in resident.text
    await resident.tap("plmore:")
    await resident.tap("plscan:")
    assert resident.screen.kind == "photo"


async def test_two_presses_at_once_adopt_one_version(stage: Stage) -> None:
    officer, other = await stage.officer(), await stage.facilitator()
    version_id = await drafted(stage, officer)
    await officer.press(f"pladopt:{version_id}")
    await officer.send(f"1\n15.01.{YEAR}\nТөрага")
    await officer.tap("plnoscan:")
    there = beside(stage)
    press = f"pladone:{version_id}"
    await asyncio.gather(officer.press(press), seen_from(there, other).press(press))
    await other.press(press)
    assert [tuple(row) for row in await rows(stage, select(PlanVersion.number))] == [(1,)]
    assert len(await rows(stage, select(MeasureRow.id))) == 3
    assert len(await rows(stage, select(Broadcast.id).where(Broadcast.kind == PlanNotice.ADOPTED))) == 1


async def test_a_draft_is_hidden_until_it_is_shown_and_again_when_taken_back(stage: Stage) -> None:
    resident, elsewhere = await stage.resident("ky"), await stage.resident(municipality="shark")
    officer = await stage.officer()
    version_id = await drafted(stage, officer)
    for person, language in ((resident, "ky"), (elsewhere, "ru")):
        await person.press(f"planof:{version_id}")
        assert person.alert == worded(language, texts.not_shown, None)
    await officer.press(f"plshow:{version_id}:1")
    await officer.press(f"plshow:{version_id}:1")
    await stage.deliver()
    assert len([each for each in await deliveries(stage) if each.kind == PlanNotice.DISCUSSED]) == 2
    await resident.tap("planof:")
    assert worded("ky", texts.draft_mark) in resident.text
    await elsewhere.press(f"planof:{version_id}")
    assert elsewhere.alert == worded("ru", texts.not_shown, None)
    await officer.press(f"plshow:{version_id}:0")
    await resident.press(f"planof:{version_id}")
    assert resident.alert == worded("ky", texts.not_shown, None)


async def test_opinions_on_a_draft_are_collected_by_measure_without_names(stage: Stage) -> None:
    resident, officer = await stage.resident("ky"), await stage.officer("jazy", "ky")
    version_id = await drafted(stage, officer)
    await officer.press(f"plshow:{version_id}:1")
    await resident.send("/plan")
    await resident.tap("planof:")
    await resident.tap("pldir:")
    await resident.tap("plms:")
    await resident.tap("plitem:", "2")
    await resident.tap("plcom:")
    await resident.send("Суу агарды <b>мектептин</b> жанынан баштагыла")
    await officer.press(f"plcoms:{version_id}:0")
    assert "<b>мектептин</b>" in officer.text
    assert [tuple(row) for row in await rows(stage, select(PlanComment.number))] == [(2,)]
    # A draft that is sent anew keeps what was said of it.
    await send_file(
        stage, officer, filled(await given_form(stage, officer), [{**PLAN_OF_JAZY[1], Part.MEASURE: "Жаңы"}])
    )
    await officer.press(f"plcoms:{version_id}:0")
    assert "<b>мектептин</b>" in officer.text


async def test_an_amended_plan_is_a_new_version_and_the_old_one_can_be_read(stage: Stage) -> None:
    resident, officer = await stage.resident("ky"), await stage.officer("jazy", "ky")
    first = await adopted(stage, officer)
    await open_item(stage, officer, 2)
    await officer.tap("pledit:")
    await officer.tap("plpart:", "")
    draft = next(data for data in officer.data if data.startswith("pldraft:")).removeprefix("pldraft:")
    await officer.send("Жолдун эки жээгинен суу агар казуу")
    await officer.tap("plpart:", worded("ky", lambda: plan_texts.part(Part.TERM)))
    await officer.send("жайында")
    assert "жайында" in officer.text
    await officer.send(f"31.08.{YEAR}")
    await officer.tap("plpart:", worded("ky", lambda: plan_texts.part(Part.GOAL)))
    await officer.send("Көчөдө суу турбайт")
    await officer.tap("pldraft:")
    # The plan in force is as it was until the council has spoken.
    await open_item(stage, resident, 2)
    assert "эки жээгинен" not in resident.text
    await open_item(stage, officer, 3)
    await officer.tap("pledit:")
    await officer.tap("plmany:")
    await officer.tap("plremq:")
    await officer.tap("plrem:")
    await adopt(stage, officer, int(draft))
    await stage.deliver()
    await resident.tap("plnew:")
    for words in ("эки жээгинен", f"31.08.{YEAR}", "Көчөдө суу турбайт"):
        assert words in resident.text
    assert worded("ky", lambda: texts.change_kind(ChangeKind.REMOVED)) in resident.text
    await resident.press(f"plvers:{JAZY}")
    await resident.tap("planof:", "1")
    assert {f"planof:{first}", f"planof:{draft}"} >= {
        data for data in resident.data if data.startswith("planof")
    }
    await resident.press(f"planof:{first}")
    assert "3" in resident.text
    numbers = await rows(stage, select(PlanVersion.number).order_by(PlanVersion.id))
    assert [row.number for row in numbers] == [1, 2]
    assert len(await rows(stage, select(MeasureRow.id))) == 3


async def test_a_measure_is_added_in_the_chat_beside_those_of_its_problem(stage: Stage) -> None:
    resident, officer = await stage.resident("ky"), await stage.officer("jazy", "ky")
    await adopted(stage, officer)
    await open_item(stage, officer, 1)
    await officer.tap("pledit:")
    await officer.tap("plmany:")
    await officer.tap("pladd:")
    await officer.send("м" * 3000)
    assert "⚠️" in officer.text
    await officer.send("Жол белгилерин <коюу>")
    assert "4. Жол белгилерин <коюу>" in officer.text
    await officer.tap("plpart:", worded("ky", lambda: plan_texts.part(Part.COST)))
    await officer.send("90 000")
    await officer.tap("pldraft:")
    draft = next(data for data in officer.data if data.startswith("pladopt:")).removeprefix("pladopt:")
    await adopt(stage, officer, int(draft))
    await open_item(stage, resident, 4)
    for words in ("Жол белгилерин", "90", ROADS[:20]):
        assert words in resident.text
    numbers = select(PlanMeasure.number).where(PlanMeasure.version_id == int(draft))
    assert [row.number for row in await rows(stage, numbers.order_by(PlanMeasure.place))] == [1, 2, 4, 3]


async def test_a_measure_keeps_its_number_and_what_was_said_of_it_through_versions(stage: Stage) -> None:
    officer = await stage.officer("jazy", "ky")
    await adopted(stage, officer)
    await open_item(stage, officer, 2)
    await officer.tap("progone:")
    await officer.tap("progset:", "🏁")
    again = filled(
        await given_form(stage, officer),
        [{**PLAN_OF_JAZY[2], Part.PROBLEM: "Суу жок", Part.MEASURE: "Кудук казуу"}],
    )
    await send_file(stage, officer, again)
    version_id = next(data for data in officer.data if data.startswith("planof:")).removeprefix("planof:")
    await adopt(stage, officer, int(version_id))
    await open_item(stage, officer, 2)
    assert "🏁" in officer.text
    await open_item(stage, officer, 4)
    assert "Кудук казуу" in officer.text


async def test_people_of_named_problems_hear_that_theirs_is_in_the_plan(stage: Stage) -> None:
    await publish(stage, "Көпүрө сынган, балдар айланып барат")
    officer = await stage.officer("jazy", "ky")
    supporter = await stage.resident("ky")
    await supporter.press("prob:1:0:0:0")
    await supporter.tap("too:")
    await adopted(stage, officer, [{**PLAN_OF_JAZY[0], Part.REPORTED: "1"}])
    assert [row.status for row in await problems(stage)] == ["planned"]
    await stage.deliver()
    word = next(
        each
        for each in supporter.messages
        if each.from_bot and "Ички жолдорго шагыл төгүү" in (each.text or "")
    )
    measure = next(
        b["callback_data"] for line in word.buttons for b in line if b["callback_data"].startswith("meas:")
    )
    await supporter.press(measure)
    assert "Көпүрө сынган" in supporter.text
    assert len(await rows(stage, select(MeasureLink.problem_id))) == 1
    words = [each for each in await rows(stage, select(Delivery.kind)) if each.kind == "problem.word"]
    assert len(words) == 1


async def test_a_problem_of_residents_named_later_is_a_change_as_well(stage: Stage) -> None:
    await publish(stage, "Көпүрө сынган, балдар айланып барат")
    officer = await stage.officer("jazy", "ky")
    empty = await given_form(stage, officer)
    await adopted(stage, officer, PLAN_OF_JAZY[:1])
    await officer.press(f"plfile:{JAZY}")
    await send_file(stage, officer, filled(empty, [{**PLAN_OF_JAZY[0], Part.REPORTED: "1"}]))
    draft = await newest_version(stage)
    await adopt(stage, officer, draft)
    await officer.press(f"plnew:{draft}:0")
    assert worded("ky", lambda: plan_texts.part(Part.REPORTED)) in officer.text
    assert [row.status for row in await problems(stage)] == ["planned"]


async def test_a_change_begins_from_the_plan_in_force_whichever_version_it_is_asked_for(stage: Stage) -> None:
    resident, officer = await stage.resident("ky"), await stage.officer("jazy", "ky")
    empty = await given_form(stage, officer)
    first = await adopted(stage, officer)
    await resident.press("measfol:1:1")
    [old] = [each.id for each in await items(stage, first) if each.number == 1]
    again = filled(await given_form(stage, officer), [{**PLAN_OF_JAZY[0], Part.MEASURE: "Кудук казуу"}])
    await send_file(stage, officer, again)
    second = await newest_version(stage)
    await adopt(stage, officer, second)
    for person in (resident, officer):
        await person.press(f"plitem:{old}")
        assert worded("ky", texts.replaced_mark) in person.text
        assert person.data[0] == "plan"
        assert not [data for data in person.data if data.startswith(("measfol:", "progone:", "pledit:"))]
    await officer.press(f"pledit:{old}")
    assert len(await items(stage, await newest_version(stage))) == 4
    await officer.press(f"pldrop:{await newest_version(stage)}")

    # The plan for the next years is another plan: its draft is no place for a change of this one.
    line = {**PLAN_OF_JAZY[0], Part.TERM: str(YEAR + 2)}
    await officer.press(f"plfile:{JAZY}")
    await send_file(stage, officer, filled(empty, [line], first_year=YEAR + 2, last_year=YEAR + 3))
    later = await newest_version(stage)
    await officer.press(f"pledit:{old}")
    assert officer.alert == worded("ky", planning.other_draft, None)
    await adopt(stage, officer, later)
    await officer.press(f"pledit:{old}")
    assert officer.alert == worded("ky", planning.old_version, None)
    assert await newest_version(stage) == later


async def test_what_changed_after_the_resolution_is_not_adopted_with_it(stage: Stage) -> None:
    officer, colleague = await stage.officer("jazy", "ky"), await stage.facilitator("jazy", "ky")
    await adopted(stage, officer)
    await open_item(stage, officer, 1)
    await officer.tap("pledit:")
    draft = await newest_version(stage)
    await officer.press(f"pladopt:{draft}")
    assert officer.alert == worded("ky", planning.same_as_in_force, None)
    [item] = [each.id for each in await items(stage, draft) if each.number == 1]
    await officer.press(f"plpart:{item}:goal")
    await officer.send("Көчөдө суу турбайт")
    await officer.press(f"pladopt:{draft}")
    await officer.send(f"12/3\n15.01.{YEAR}\nТөрага")
    await officer.tap("plnoscan:")
    await colleague.press(f"plpart:{item}:cost")
    await colleague.send("1")
    await officer.tap("pladone:")
    assert officer.alert == worded("ky", planning.draft_changed, None)
    await colleague.press(f"plpart:{item}:cost")
    await colleague.send("850000")
    # Where a goal alone is new, that is what people are told.
    await adopt(stage, officer, draft)
    [told] = [
        each
        for each in await rows(stage, select(Broadcast.facts, Broadcast.kind))
        if each.kind == PlanNotice.AMENDED
    ]
    assert [each[:2] for each in told.facts["changes"]] == [["changed", 1]]


async def test_a_file_sent_into_a_draft_that_is_shown_is_hidden_until_it_is_looked_at(stage: Stage) -> None:
    resident, officer = await stage.resident("ky"), await stage.officer("jazy", "ky")
    draft = await drafted(stage, officer)
    await officer.press(f"plshow:{draft}:1")
    await resident.press(f"planof:{draft}")
    again = filled(await given_form(stage, officer), [{**PLAN_OF_JAZY[0], Part.MEASURE: "Кудук казуу"}])
    await send_file(stage, officer, again)
    await resident.press(f"planof:{draft}")
    assert resident.alert == worded("ky", texts.not_shown, None)


async def test_who_wants_no_news_of_plans_gets_none(stage: Stage) -> None:
    resident = await stage.resident("ky")
    await resident.press("ntc:plan:0")
    officer = await stage.officer()
    await adopted(stage, officer)
    await stage.deliver()
    assert all("БАП" not in (each.text or "") for each in resident.messages)
    told = [each for each in await deliveries(stage) if each.kind == PlanNotice.ADOPTED]
    assert sorted(each.failure or "" for each in told) == ["", "muted"]
    assert worded("ky", common.fewer) not in resident.labels


async def test_the_draft_of_a_colleague_goes_on_and_dropping_it_leaves_the_plan(stage: Stage) -> None:
    officer, facilitator = await stage.officer(), await stage.facilitator()
    await adopted(stage, officer)
    await open_item(stage, facilitator, 1)
    await facilitator.tap("pledit:")
    drafts = await rows(stage, select(PlanVersion.id).where(PlanVersion.adopted_at.is_(None)))
    await open_item(stage, officer, 1)
    await officer.tap("pledit:")
    assert await rows(stage, select(PlanVersion.id).where(PlanVersion.adopted_at.is_(None))) == drafts
    await officer.press(f"pldropq:{drafts[0].id}")
    await officer.tap("pldrop:")
    assert worded("ru", planning.read_plan) in officer.labels
    await facilitator.press(f"pldraft:{drafts[0].id}")
    assert facilitator.alert == worded("ru", common.gone, None)
