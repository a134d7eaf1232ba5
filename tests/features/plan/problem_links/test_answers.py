"""Who reported hears which measure answers them, or why none does; nobody who voted gets a receipt."""

import asyncio

import pytest
from sqlalchemy import select, update

from bot.db.models import Broadcast, MeasureLink, Problem
from bot.domain.plan import Part, PlanNotice
from bot.domain.problem import PUBLIC, ProblemStatus
from bot.features.plan.drafting import texts as planning
from bot.features.plan.problem_links import texts
from bot.telegram import texts as common
from tests.features.people import beside, close_vote, open_vote, seen_from
from tests.features.plan.drafting.plans import JAZY, PLAN_OF_JAZY, adopt, adopted, drafted
from tests.features.records import change, deliveries, journal, problems, publish, publish_many, rows
from tests.features.votes.rounds.stages import publish_result, vote_for
from tests.features.wording import worded
from tests.stage import Stage


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_each_problem_is_answered_until_none_is_left(stage: Stage, language: str) -> None:
    await publish(stage, "Көпүрө сынган, айланып барабыз", "Спорт зал керек")
    officer = await stage.officer(language=language)
    supporters = [await stage.resident(language) for _each in range(2)]
    for supporter, number in zip(supporters, (1, 2), strict=True):
        await supporter.press(f"too:{number}:1")
    await adopted(stage, officer)
    await stage.deliver()
    await officer.press(f"planng:{JAZY}")
    assert worded(language, planning.answers, 2) in officer.labels
    await officer.tap("unans:")
    await officer.tap("ans:1")
    await officer.tap("ansmeas:")
    assert "Каналдагы көпүрөнү жаңылоо" in officer.text
    await officer.tap("anslink:", "3")
    await officer.tap("unans:")
    assert "ans:1" not in officer.data
    await officer.tap("ans:2")
    await officer.tap("ansnot:")
    await officer.send("жок")
    await officer.send("Акча жетишпейт. <Кышында> мектептин залын ачабыз.")
    assert officer.text == worded(language, texts.told, 2)
    await officer.tap("unans:")
    assert officer.text == worded(language, texts.unanswered, (), 0)
    assert [row.status for row in await problems(stage)] == ["planned", "left_out"]
    await stage.deliver()
    assert "Каналдагы көпүрөнү жаңылоо" in supporters[0].text
    assert "<Кышында>" in supporters[1].text


async def test_the_same_link_twice_and_at_once_tells_once(stage: Stage) -> None:
    await publish(stage, "Көпүрө сынган, айланып барабыз")
    supporter, officer = await stage.resident("ky"), await stage.officer()
    other = await stage.facilitator()
    await supporter.press("too:1:1")
    await adopted(stage, officer)
    there = seen_from(beside(stage), other)
    await asyncio.gather(officer.press("anslink:1:3"), there.press("anslink:1:3"))
    await officer.press("anslink:1:1")
    assert len(await journal(stage, "problem.planned")) == 1
    assert len(await rows(stage, select(MeasureLink.problem_id))) == 2
    await stage.deliver()
    assert len([each for each in await deliveries(stage) if each.kind == "problem.word"]) == 1
    await officer.press("anslink:1:99")
    assert officer.alert == worded("ru", common.gone, None)


async def test_all_voters_hear_the_same_once_every_problem_of_their_vote_has_its_answer(stage: Stage) -> None:
    await publish_many(stage, 3)
    facilitator, officer = await stage.facilitator(), await stage.officer()
    await open_vote(facilitator)
    voters = [await stage.resident("ky") for _each in range(6)]
    for place, voter in enumerate(voters):
        await vote_for(voter, place % 3)
    stranger = await stage.resident("ky")
    await close_vote(facilitator)
    await publish_result(facilitator)
    await adopted(stage, officer)
    await officer.press("anslink:1:1")
    await officer.press("ansnot:2")
    await officer.send("Бул жолу акча жетишпейт, кийинки жылы карайбыз")
    assert await rows(stage, select(Broadcast.id).where(Broadcast.kind == PlanNotice.ANSWERED)) == []
    await officer.press("anslink:3:2")
    await stage.deliver()
    told = [each for each in await deliveries(stage) if each.kind == PlanNotice.ANSWERED]
    assert len(told) == len(voters)
    assert {each.facts.get("words") for each in told} == {None}
    words = {voter.text for voter in voters}
    assert len(words) == 1
    assert words != {stranger.text}
    # Whatever comes later, the list is told once.
    await officer.press("progset:1:done")
    await stage.deliver()
    assert len([each for each in await deliveries(stage) if each.kind == PlanNotice.ANSWERED]) == len(voters)


NOT_PUBLIC = sorted(set(ProblemStatus) - PUBLIC)


@pytest.mark.parametrize("status", NOT_PUBLIC)
async def test_what_is_not_public_is_neither_shown_nor_answered(stage: Stage, status: ProblemStatus) -> None:
    """Forged, or declined or joined between showing and pressing; the facilitator has the desk for it."""
    await publish(stage, "Купуя сөз: көпүрө сынган")
    officer, facilitator = await stage.officer(), await stage.facilitator()
    await adopted(stage, officer)
    await officer.press("ansnot:1")
    await change(stage, update(Problem).values(status=status))
    before = [each.id for each in await deliveries(stage)]
    for planner in (officer, facilitator):
        for data in ("ans:1", "ansmeas:1:0", "anslink:1:1", "ansnot:1"):
            await planner.press(data)
            assert planner.alert == worded("ru", common.gone, None), data
    await officer.send("Бул жолу акча жетишпейт, кийинки жылы карайбыз")
    assert await rows(stage, select(MeasureLink.problem_id)) == []
    assert [(row.status, row.outcome_words) for row in await problems(stage)] == [(status, None)]
    assert [each.id for each in await deliveries(stage)] == before


@pytest.mark.parametrize("status", NOT_PUBLIC)
async def test_what_is_no_longer_public_leaves_the_plan_and_its_keepers_read_its_number(
    stage: Stage, status: ProblemStatus
) -> None:
    await publish(stage, "Купуя сөз: көпүрө сынган", "Жолдор бузулган, чаң көп")
    officer, neighbour = await stage.officer(), await stage.resident()
    await adopted(stage, officer)
    for problem_id in (1, 2):
        await officer.press(f"anslink:{problem_id}:1")
    for reader in (officer, neighbour):
        await reader.press("meas:1")
        assert "Купуя" in reader.text
    await change(stage, update(Problem).where(Problem.id == 1).values(status=status))
    for reader in (officer, neighbour):
        await reader.press("meas:1")
        assert "Купуя" not in reader.text
        assert "Жолдор бузулган" in reader.text
        assert "prob:1:0:0:0" not in reader.data
    assert "№1" in officer.text
    assert "№1" not in neighbour.text
    await change(stage, update(Problem).where(Problem.id == 1).values(status=ProblemStatus.PLANNED))
    await neighbour.press("meas:1")
    assert "Купуя" in neighbour.text


async def test_of_a_joined_problem_the_plan_shows_the_one_that_speaks_for_it(stage: Stage) -> None:
    await publish(stage, "Купуя сөз: көпүрө сынган", "Көпүрө бузулган, балдар айланып барат")
    officer, facilitator = await stage.officer(), await stage.facilitator()
    await adopted(stage, officer)
    await officer.press("anslink:1:1")
    await facilitator.press("mjoin:1:2")
    neighbour = await stage.resident()
    await neighbour.press("meas:1")
    assert "Купуя" not in neighbour.text
    assert "балдар айланып барат" in neighbour.text
    assert "prob:2:0:0:0" in neighbour.data


async def test_a_number_in_the_plan_links_nothing_that_was_hidden_before_it_was_adopted(stage: Stage) -> None:
    await publish(stage, "Купуя сөз: көпүрө сынган", "Жолдор бузулган, чаң көп")
    officer = await stage.officer()
    named = {**PLAN_OF_JAZY[0], Part.REPORTED: "1, 2"}
    version_id = await drafted(stage, officer, [named])
    await change(stage, update(Problem).where(Problem.id == 1).values(status=ProblemStatus.DECLINED))
    await adopt(stage, officer, version_id)
    assert [row.problem_id for row in await rows(stage, select(MeasureLink.problem_id))] == [2]
