"""The population table: given out, filled in, weighing the next result, and never one that is public."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot.db.imports import ImportKind, ImportRefused, import_csv
from bot.db.models import Population
from bot.domain.places import Name
from bot.features.votes.count_queries import find_count
from bot.features.votes.paper_votes import texts as gatherings
from bot.features.votes.population import texts
from bot.features.votes.ranking_queries import compute_ranking
from bot.prints import form_texts as cards
from tests.features.people import close_vote, open_vote
from tests.features.records import journal, publish_many, rows, village_ids
from tests.features.votes.rounds.stages import publish_result, vote_for
from tests.features.wording import worded
from tests.stage import Stage, Visitor

JAZY = Name("Жазы", "Жазы")
HEADING = "municipality,village,women_under35,women_from35,men_under35,men_from35"


async def given(stage: Stage, language: str = "ru") -> tuple[Visitor, bytes]:
    facilitator = await stage.facilitator(language=language)
    await facilitator.press("papers:9")
    await facilitator.tap("popul:")
    assert worded(language, texts.population, JAZY, 0) == facilitator.text
    await facilitator.tap("popform:")
    document = [each for each in facilitator.messages if each.kind == "document"][-1]
    return facilitator, bytes(stage.world.files[document.media["file_id"]].content)


def filled(form: bytes, people: object = 100) -> bytes:
    book = load_workbook(BytesIO(form))
    sheet = book.worksheets[0]
    for row in range(6, sheet.max_row + 1):
        for column in range(2, 6):
            sheet.cell(row, column).value = people
    content = BytesIO()
    book.save(content)
    return content.getvalue()


async def send(stage: Stage, person: Visitor, content: bytes) -> None:
    stage.world.send_document(person.id, "population.xlsx", content)
    await stage.handle_all()


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_the_table_is_filled_in_and_saved_once(stage: Stage, language: str) -> None:
    facilitator, form = await given(stage, language)
    villages = len(await village_ids(stage, "jazy"))
    await send(stage, facilitator, filled(form))
    assert facilitator.text == worded(language, texts.saved, villages * 4)
    assert len(await rows(stage, select(Population.people))) == villages * 4
    await facilitator.tap("popform:")
    await send(stage, facilitator, filled(form))
    assert facilitator.text == worded(language, texts.saved, 0)
    assert len(await journal(stage, "population.changed")) == 1
    await facilitator.tap("popform:")
    document = [each for each in facilitator.messages if each.kind == "document" and each.from_bot][-1]
    again = load_workbook(BytesIO(stage.world.files[document.media["file_id"]].content))
    assert again.worksheets[0]["B6"].value == 100


async def test_everything_wrong_is_told_and_nothing_saved(stage: Stage) -> None:
    facilitator, form = await given(stage)
    book = load_workbook(BytesIO(filled(form)))
    sheet = book.worksheets[0]
    sheet["A6"], sheet["B7"], sheet["C7"], sheet["A8"] = "Атлантида", "көп", None, sheet["A7"].value
    content = BytesIO()
    book.save(content)
    await send(stage, facilitator, content.getvalue())
    for cell in ("A6", "B7", "C7", "A8"):
        assert cell in facilitator.text
    assert worded("ru", cards.missing) in facilitator.text
    assert await rows(stage, select(Population.people)) == []
    await send(stage, facilitator, b"PK")
    assert facilitator.text == worded("ru", gatherings.not_this_form, None)


async def test_a_result_that_is_public_keeps_the_weights_it_was_reckoned_with(stage: Stage) -> None:
    await publish_many(stage, 3)
    facilitator, form = await given(stage)
    await send(stage, facilitator, filled(form))
    await open_vote(facilitator)
    for _person in range(10):
        await vote_for(await stage.resident(), 0)
    await close_vote(facilitator)
    await publish_result(facilitator)
    before = await compute_ranking(stage.database, 1)
    await facilitator.press("popform:9")
    await send(stage, facilitator, filled(form, 7))
    after = await compute_ranking(stage.database, 1)
    assert before is not None
    assert after is not None
    assert after.ranking == before.ranking
    async with stage.database.read() as db:
        count = await find_count(db, 1)
    assert count is not None
    assert count.population is not None
    assert set(count.population.ravel().tolist()) == {100}


async def test_the_command_imports_a_csv_by_the_names_of_the_villages(stage: Stage) -> None:
    content = f"{HEADING}\njazy,ЖАЗЫ,10,20,30,40\n".encode()
    assert (await import_csv(stage.database, ImportKind.POPULATION, content)).added == 4
    found = await rows(stage, select(Population.sex, Population.age_group, Population.people))
    assert sorted(tuple(row) for row in found) == [
        ("man", "from35", 40),
        ("man", "under35", 30),
        ("woman", "from35", 20),
        ("woman", "under35", 10),
    ]
    assert (await import_csv(stage.database, ImportKind.POPULATION, content)).unchanged == 4


async def test_a_bad_csv_tells_every_row_and_imports_nothing(stage: Stage) -> None:
    content = f"{HEADING}\njazy,Атлантида,1,1,1,1\nnowhere,Жазы,1,1,1,1\njazy,Жазы,x,-1,1,1\n".encode()
    with pytest.raises(ImportRefused) as refusal:
        await import_csv(stage.database, ImportKind.POPULATION, content)
    told = "\n".join(refusal.value.problems)
    for place in ("row 2, column village", "row 3, column municipality", "row 4, column women_under35"):
        assert place in told
    assert len(refusal.value.problems) == 4
    assert await rows(stage, select(Population.people)) == []
