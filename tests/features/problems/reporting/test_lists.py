"""One's own problems with their state, and the published ones by village, topic and words."""

from sqlalchemy import update

from bot.db.models import Problem
from bot.domain.problem import ProblemStatus
from bot.features.problems import card_texts as cards
from bot.features.problems.reporting import texts
from bot.telegram import texts as common
from tests.features.people import report
from tests.features.records import change, problems, publish, publish_many, village_ids
from tests.features.wording import worded
from tests.stage import Stage

WATER, ROAD = "Воды нет третий день, носим вёдрами", "Дорога к мельнице разбита после паводка"


async def test_one_s_own_problems_are_listed_with_their_state(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author, WATER)
    await report(author, ROAD)
    await facilitator.send("/desk")
    await facilitator.tap("queue:")
    await facilitator.tap("pub:")
    await author.send("/my")
    for status in (ProblemStatus.SUBMITTED, ProblemStatus.PUBLISHED):
        assert worded("ru", cards.status_words, status) in author.text
    await author.tap("my:", "1")
    assert WATER in author.text
    assert worded("ru", cards.status_words, ProblemStatus.PUBLISHED) in author.text


async def test_another_s_problem_is_not_one_s_own(stage: Stage) -> None:
    author, neighbour = await stage.resident(), await stage.resident()
    await report(author, WATER)
    await neighbour.send("/my")
    assert neighbour.text == worded("ru", texts.mine, 0)
    [problem] = await problems(stage)
    for forged in (f"my:{problem.id}:0", f"prob:{problem.id}:0:0:0"):
        await neighbour.press(forged)
        assert neighbour.alert == worded("ru", common.gone, None)
    assert WATER not in neighbour.text


async def test_the_published_ones_are_narrowed_by_village_and_topic(stage: Stage) -> None:
    resident = await stage.resident()
    water, road = await publish(stage, WATER, ROAD)
    villages = await village_ids(stage, "jazy")
    await change(stage, update(Problem).where(Problem.id == water).values(village_id=villages[1], topic_id=4))
    await change(stage, update(Problem).where(Problem.id == road).values(topic_id=6))

    await resident.send("/problems")
    assert WATER in resident.text
    assert ROAD in resident.text
    await resident.tap("allvil:")
    await resident.tap(f"all:{villages[1]}:")
    assert WATER in resident.text
    assert ROAD not in resident.text

    await resident.tap("alltop:")
    await resident.tap(f"all:{villages[1]}:6:")
    assert resident.text == worded("ru", texts.published, 0)


async def test_search_forgives_letters_and_endings(stage: Stage) -> None:
    resident = await stage.resident("ky")
    await publish(stage, "Көчөдө жарык жок, кечинде коркунучтуу", ROAD, "Сто % домов без _воды_ и света")
    for typed, expected in (("кочодо", "Көчөдө"), ("ДОРОГОЙ", ROAD), ("%", "Сто %"), ("_", "_воды_")):
        await resident.send("/problems")
        await resident.tap("find")
        await resident.send(typed)
        assert expected in resident.text
        assert sum(data.startswith("prob:") for data in resident.data) == 1, typed


async def test_after_a_search_typed_words_are_a_problem_again(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/problems")
    await resident.tap("find")
    await resident.send("<вода>")
    assert "<вода>" in resident.text
    await resident.send(WATER)
    assert worded("ru", texts.offer, WATER) == resident.text


async def test_only_the_published_ones_of_one_s_own_municipality_are_read(stage: Stage) -> None:
    await publish(stage, WATER, slug="chaek")
    author, resident = await stage.resident(), await stage.resident()
    await report(author, ROAD)
    await resident.send("/problems")
    assert resident.text == worded("ru", texts.published, 0)
    for typed in ("вода", "дорога"):
        await resident.tap("find")
        await resident.send(typed)
        assert worded("ru", texts.found, typed, 0) == resident.text
    for problem in await problems(stage):
        await resident.press(f"prob:{problem.id}:0:0:0")
        assert resident.alert == worded("ru", common.gone, None)


async def test_pages_out_of_range_show_the_nearest(stage: Stage) -> None:
    resident = await stage.resident()
    await publish_many(stage, 7)
    await resident.send("/problems")
    await resident.tap("all:0:0:1")
    assert "2 / 2" in resident.labels
    for page, shown in ((99, 2), (-5, 1)):
        await resident.press(f"all:0:0:{page}")
        assert f"{shown} / 2" in resident.labels
