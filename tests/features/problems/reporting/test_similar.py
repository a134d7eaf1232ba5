"""Before a report is sent its author sees what is like it, and can stand behind that instead."""

import asyncio

from sqlalchemy import select

from bot.db.models import Draft, Supporter
from bot.features.problems.reporting import similar_texts as texts
from tests.features.people import beside, report, seen_from
from tests.features.records import problems, resident_of, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor

ROAD = "Борбордук көчөнүн жолу чуңкур-чуңкур болуп калган, машиналар сынып жатат"
SAME = "на центральной улице одни ямы на дороге, ломаем машины"
OTHER = "Көчөдөгү колонкадан жай бою суу келбейт, аялдар арыктан ташыйт"


async def supporters(stage: Stage) -> list[tuple[int, int, str | None]]:
    found = await rows(
        stage,
        select(Supporter.problem_id, Supporter.resident_id, Supporter.words).order_by(Supporter.resident_id),
    )
    return [(row.problem_id, row.resident_id, row.words) for row in found]


async def begin(resident: Visitor, words: str) -> None:
    await resident.send("/report")
    await resident.send(words)


async def test_who_finds_their_problem_stands_behind_it_with_their_own_words(stage: Stage) -> None:
    author, neighbour, facilitator = (
        await stage.resident("ky"),
        await stage.resident("ru"),
        await stage.facilitator(),
    )
    await report(author, ROAD)
    await report(author, OTHER)
    await facilitator.press("pub:1")
    await begin(neighbour, SAME)
    assert "№1" in neighbour.labels
    assert "№2" not in neighbour.labels
    assert ROAD in neighbour.text
    await neighbour.tap("sim:1")
    assert ROAD in neighbour.text
    await neighbour.tap("sims")
    await neighbour.tap("sim:1")
    instead = next(data for data in neighbour.data if data.startswith("simyes:"))
    for _again in range(3):
        await neighbour.press(instead)
    mine = (await resident_of(stage, neighbour)).id
    assert await supporters(stage) == [(1, mine, SAME)]
    assert len(await problems(stage)) == 2
    assert await rows(stage, select(Draft.id)) == []

    await facilitator.press("dprob:1")
    assert SAME in facilitator.text
    await neighbour.send("/my")
    await neighbour.tap("toos:")
    await neighbour.tap("prob:1")
    await neighbour.tap("too:1:0")
    assert await supporters(stage) == []
    await neighbour.press("too:1:1")
    await neighbour.press("too:1:1")
    assert await supporters(stage) == [(1, mine, None)]


async def test_whose_problem_is_another_goes_on_and_loses_nothing(stage: Stage) -> None:
    author, neighbour = await stage.resident("ky"), await stage.resident("ru")
    await report(author, ROAD)
    await begin(neighbour, SAME)
    await neighbour.tap("step:village")
    await neighbour.tap("dvil:")
    for answer in ("dtop:", "skip:who", "skip:media", "send:"):
        await neighbour.tap(answer)
    assert [each.text for each in await problems(stage)] == [ROAD, SAME]
    await begin(neighbour, OTHER)
    assert any(data.startswith("dvil:") for data in neighbour.data)


async def test_ones_own_problem_is_no_neighbours(stage: Stage) -> None:
    author = await stage.resident("ky")
    await report(author, ROAD)
    await begin(author, "борбордук кочонун жолу чункур болуп калган машина сынат")
    await author.tap("sim:1")
    assert not any(data.startswith("simyes:") for data in author.data)
    [draft] = await rows(stage, select(Draft.id))
    await author.press(f"simyes:{draft.id}:1")
    assert author.alert == worded("ky", texts.own_problem, None)
    assert await rows(stage, select(Draft.id)) == [draft]
    assert await supporters(stage) == []


async def test_what_is_elsewhere_or_declined_is_neither_found_nor_supported(stage: Stage) -> None:
    author, stranger, facilitator = (
        await stage.resident("ky"),
        await stage.resident("ky", "shark"),
        await stage.facilitator(),
    )
    await report(author, ROAD)
    await begin(stranger, ROAD)
    assert not any(data.startswith("sim:") for data in stranger.data)
    for press in ("too:1:1", "sim:1", "simyes:1:1"):
        await stranger.press(press)
        assert stranger.alert
    await facilitator.press("declr:1:unclear")
    neighbour = await stage.resident("ru")
    await begin(neighbour, SAME)
    assert not any(data.startswith("sim:") for data in neighbour.data)
    await neighbour.press("too:1:1")
    assert neighbour.alert
    assert await supporters(stage) == []


async def test_many_who_press_at_once_each_count_once(stage: Stage) -> None:
    author = await stage.resident("ky")
    await report(author, ROAD)
    facilitator = await stage.facilitator()
    await facilitator.press("pub:1")
    neighbours = [await stage.resident("ru") for _each in range(4)]
    other = beside(stage)
    presses = [
        each.press("too:1:1") for neighbour in neighbours for each in (neighbour, seen_from(other, neighbour))
    ]
    await asyncio.gather(*presses)
    assert len(await supporters(stage)) == 4
