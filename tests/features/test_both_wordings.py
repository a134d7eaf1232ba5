"""Whoever reads the other language reads the translation, wherever problems are listed."""

from sqlalchemy import update

from bot.db.models import Problem
from bot.domain.clock import utc_now
from bot.domain.text_folding import folded_wording
from bot.features.problems.reporting import texts
from bot.features.votes.ranking_files.exporting import export_ranking
from tests.features.people import close_vote, open_vote, report
from tests.features.records import change, problems, publish
from tests.features.votes.rounds.stages import publish_result, vote_for
from tests.features.wording import worded
from tests.stage import Stage

ROAD_RU, ROAD_KY = "Дорога к мельнице разбита после паводка", "Тегирменге барган жол селден кийин бузулган"
WATER_RU = "Воды нет третий день, носим вёдрами"


async def translate(stage: Stage, problem_id: int) -> None:
    folded = folded_wording(ROAD_RU, ROAD_KY)
    changed = {"translation": ROAD_KY, "folded": folded}
    await change(stage, update(Problem).where(Problem.id == problem_id).values(**changed))


async def test_lists_and_search_speak_the_reader_s_language(stage: Stage) -> None:
    road, _water = await publish(stage, ROAD_RU, WATER_RU)
    await translate(stage, road)
    for language, reads, reads_not in (("ky", ROAD_KY, ROAD_RU), ("ru", ROAD_RU, ROAD_KY)):
        reader = await stage.resident(language)
        await reader.send("/problems")
        assert reads in reader.text
        assert reads_not not in reader.text
        # Nobody has translated this one: its own wording is better than none.
        assert WATER_RU in reader.text
        for typed in ("мельница", "тегирмен", "жол паводок"):
            await reader.tap("find")
            await reader.send(typed)
            assert reads in reader.text, typed
            assert reads_not not in reader.text
        await reader.tap("find")
        await reader.send("көпүрө")
        assert reader.text == worded(language, texts.found, "көпүрө", 0)


async def test_an_author_reads_their_own_list_in_their_own_language(stage: Stage) -> None:
    author = await stage.resident("ru")
    await report(author, ROAD_RU)
    [problem] = await problems(stage)
    assert problem.folded == folded_wording(ROAD_RU)
    await translate(stage, problem.id)
    await author.send("/my")
    assert ROAD_RU in author.text
    await author.send("/settings")
    await author.tap("lang:ky")
    await author.send("/my")
    assert ROAD_KY in author.text
    assert ROAD_RU not in author.text


async def test_a_ballot_and_a_ranking_speak_the_reader_s_language(stage: Stage) -> None:
    road, _water = await publish(stage, ROAD_RU, WATER_RU)
    await translate(stage, road)
    facilitator = await stage.facilitator(language="ru")
    await open_vote(facilitator)
    for language, reads, reads_not in (("ky", ROAD_KY, ROAD_RU), ("ru", ROAD_RU, ROAD_KY)):
        voter = await stage.resident(language)
        await voter.send("/vote")
        assert reads in voter.text
        assert WATER_RU in voter.text
        await voter.tap("cast:", "1.")
        await voter.tap("vdone:")
        assert reads in voter.text
        assert reads_not not in voter.text
    for _person in range(8):
        await vote_for(await stage.resident(), 0)
    await close_vote(facilitator)
    await publish_result(facilitator)
    for language, reads, reads_not in (("ky", ROAD_KY, ROAD_RU), ("ru", ROAD_RU, ROAD_KY)):
        files = await export_ranking(stage.database, "jazy", language, utc_now())
        [content] = [content for name, content in files.items() if name.endswith(".csv")]
        table = content.decode("utf-8-sig")
        assert reads in table
        assert reads_not not in table
        assert WATER_RU in table
