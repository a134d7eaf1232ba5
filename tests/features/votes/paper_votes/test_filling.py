"""The spreadsheet of sheets: given out, filled in, sent back; counted whole, once, or not at all."""

import asyncio
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from bot.db.models import GatheringRow, GrantRow
from bot.domain.clock import BISHKEK
from bot.domain.gathering import Line, People
from bot.features.hearings.questions import texts as questions
from bot.features.votes.gathering_queries import list_gatherings
from bot.features.votes.paper_votes import form_texts, texts
from bot.prints import form_texts as cards
from bot.telegram import texts as common
from tests.features.people import beside
from tests.features.records import change, rows
from tests.features.votes.paper_votes.sheets import filled, given_form, send_file, vote_on_paper
from tests.features.wording import worded
from tests.features.written_days import written
from tests.stage import Stage, Visitor


async def with_form(stage: Stage, language: str = "ru") -> tuple[Visitor, int, bytes]:
    _first, round_id = await vote_on_paper(stage)
    facilitator = await stage.facilitator(language=language)
    await facilitator.press(f"gath:{round_id}")
    return facilitator, round_id, await given_form(stage, facilitator)


def sent_documents(person: Visitor) -> int:
    return sum(each.kind == "document" and each.from_bot for each in person.messages)


async def count(stage: Stage) -> int:
    return len(await rows(stage, select(GatheringRow.id)))


async def test_the_form_has_the_villages_and_problems_of_the_vote(stage: Stage) -> None:
    _facilitator, _round_id, form = await with_form(stage, "ky")
    book = load_workbook(BytesIO(form))
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[5]]
    assert len(header) == 12 + 3
    assert str(header[-1]).startswith("№3")
    assert book.worksheets[1].sheet_state == "hidden"
    assert "Жазы" in [cell.value for cell in book.worksheets[1]["B"]]
    assert {each.type for each in sheet.data_validations.dataValidation} == {"list", "date", "whole"}


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_a_filled_form_is_counted_and_the_same_again_changes_nothing(
    stage: Stage, language: str
) -> None:
    facilitator, round_id, form = await with_form(stage, language)
    sheets = filled(
        form,
        {"p1": 30, "p2": 25},
        {Line.BATCH: "2-а", Line.PEOPLE: "жаштар", Line.METHOD: "кол көтөрүп", "p3": 12, Line.ALREADY: None},
    )
    await send_file(stage, facilitator, sheets)
    assert facilitator.text == worded(language, texts.entered, 2, 0)
    async with stage.database.read() as db:
        first, second = await list_gatherings(db, round_id)
    assert (first.batch, first.people, sorted(first.votes.values())) == ("1", People.WOMEN, [25, 30])
    assert (second.batch, second.people, list(second.votes.values())) == ("2-а", People.YOUTH, [12])
    await facilitator.press(f"gathfile:{round_id}")
    await send_file(stage, facilitator, sheets)
    assert facilitator.text == worded(language, texts.entered, 0, 2)
    assert await count(stage) == 2


async def test_a_sheet_that_looks_like_a_counted_one_holds_all_back_until_somebody_is_sure(
    stage: Stage,
) -> None:
    facilitator, _round_id, form = await with_form(stage)
    await send_file(stage, facilitator, filled(form, {"p1": 30}))
    await facilitator.tap("gath:")
    await facilitator.tap("gathfile:")
    again = filled(form, {Line.BATCH: "КД-1", Line.PLACE: "Клуб", "p1": 30}, {Line.BATCH: 3, "p2": 5})
    await send_file(stage, facilitator, again)
    assert "№КД-1" in facilitator.text
    assert await count(stage) == 1
    await send_file(stage, facilitator, again)
    assert await count(stage) == 1
    await facilitator.tap("gathsure:")
    await send_file(stage, facilitator, again)
    assert facilitator.text == worded("ru", texts.entered, 2, 0)
    assert await count(stage) == 3


async def test_two_rows_of_one_file_that_look_alike_are_asked_about(stage: Stage) -> None:
    facilitator, _round_id, form = await with_form(stage)
    await send_file(stage, facilitator, filled(form, {"p1": 30}, {Line.BATCH: 2, "p1": 30}))
    assert "№2" in facilitator.text
    assert await count(stage) == 0


async def test_the_same_file_sent_twice_at_once_counts_once(stage: Stage) -> None:
    facilitator, _round_id, form = await with_form(stage)
    sheets = filled(form, {"p1": 30}, {Line.BATCH: 2, "p2": 3})
    other = beside(stage)
    stage.world.send_document(facilitator.id, "a.xlsx", sheets)
    stage.world.send_document(facilitator.id, "b.xlsx", sheets)
    first, second = stage.world.take_updates()
    await asyncio.gather(stage.handle(first), other.handle(second))
    assert await count(stage) == 2


async def test_everything_wrong_is_told_at_once_with_its_cell_and_nothing_is_counted(stage: Stage) -> None:
    facilitator, _round_id, form = await with_form(stage)
    wrong: list[dict[Any, object]] = [
        {"p1": 30},
        {Line.BATCH: 1, Line.VILLAGE: "Атлантида", Line.PEOPLE: "баары эмес", Line.METHOD: None},
        {Line.BATCH: 3, Line.WOMEN: "көп", Line.MEN: -1, Line.VOTED: 2.5, Line.PLACE: "", Line.DAY: "эртең"},
        {Line.BATCH: 4, Line.VOTED: 40, Line.ALREADY: 50, "p1": 41, "p2": 80},
        {Line.BATCH: None, Line.FIRST: "ө" * 101, Line.SECOND: None, "p3": "он"},
        {Line.BATCH: 5, Line.VOTED: 4, Line.ALREADY: 0, Line.DAY: "01.01.2020"},
    ]
    await send_file(stage, facilitator, filled(form, *wrong))
    document = [each for each in facilitator.messages if each.kind == "document" and each.from_bot][-1]
    told = stage.world.files[document.media["file_id"]].content.decode("utf-8-sig").splitlines()
    assert [line.partition(":")[0] for line in told] == [
        *("A7", "B7", "E7", "F7"),
        *("C8", "D8", "G8", "H8", "I8"),
        *("строка 9", "I9", "J9", "M9", "N9"),
        *("A10", "K10", "L10", "O10"),
        *("C11", "I11"),
    ]
    assert f"⚠️ {len(told)} " in facilitator.text
    assert await count(stage) == 0
    await send_file(stage, facilitator, filled(form, {"p1": 30}))
    assert facilitator.text == worded("ru", texts.entered, 1, 0)


async def test_days_in_a_spreadsheet_are_read_as_those_in_the_chat(stage: Stage) -> None:
    facilitator, _round_id, form = await with_form(stage)
    today = datetime.now(BISHKEK).date()
    *ways, _told_from_today = written(today, today=today)
    sheets = [{Line.BATCH: number, Line.DAY: words, "p1": number} for number, words in enumerate(ways, 1)]
    await send_file(stage, facilitator, filled(form, *sheets))
    assert await count(stage) == len(ways)
    assert {row.held_on for row in await rows(stage, select(GatheringRow.held_on))} == {today}


async def test_few_wrong_places_stand_in_the_message_itself(stage: Stage) -> None:
    facilitator, _round_id, form = await with_form(stage)
    documents = sent_documents(facilitator)
    await send_file(stage, facilitator, filled(form, {Line.VILLAGE: "<b>Айыл"}))
    assert "B6" in facilitator.text
    assert worded("ru", cards.no_village, "<b>Айыл") in facilitator.text
    assert sent_documents(facilitator) == documents


async def test_a_number_of_another_sheet_is_not_taken_until_that_one_is_taken_back(stage: Stage) -> None:
    facilitator, round_id, form = await with_form(stage)
    await send_file(stage, facilitator, filled(form, {"p1": 30}))
    wrong = filled(form, {Line.BATCH: 9, "p1": 5}, {"p1": 29})
    await facilitator.press(f"gathfile:{round_id}")
    await send_file(stage, facilitator, wrong)
    assert "A7" in facilitator.text
    assert worded("ru", form_texts.number_taken) in facilitator.text
    assert await count(stage) == 1

    await facilitator.press(f"gath:{round_id}")
    await facilitator.tap("gathsee:")
    await facilitator.tap("gathback:")
    await facilitator.send("Добуштар алмашып калган")
    await facilitator.press(f"gathfile:{round_id}")
    await send_file(stage, facilitator, wrong)
    assert facilitator.text == worded("ru", texts.entered, 2, 0)
    # The very sheet that was taken back does not come in again.
    await facilitator.press(f"gathfile:{round_id}")
    await send_file(stage, facilitator, filled(form, {"p1": 30}))
    assert facilitator.text == worded("ru", texts.entered, 0, 1)
    async with stage.database.read() as db:
        found = await list_gatherings(db, round_id)
    assert sorted((each.batch, each.counts) for each in found) == [("1", False), ("1/2", True), ("9", True)]


async def test_whatever_else_is_sent_is_refused_and_still_awaited(stage: Stage) -> None:
    facilitator, _round_id, form = await with_form(stage)
    for content in (b"", b"%PDF", b"PK\x03\x04"):
        await send_file(stage, facilitator, content)
        assert facilitator.text == worded("ru", texts.not_this_form, None)
    await facilitator.send("мына файл")
    assert facilitator.text == worded("ru", questions.file_expected, None)
    await facilitator.send("/settings")
    assert any(data.startswith("lang:") for data in facilitator.data)
    await send_file(stage, facilitator, b"0" * (6 * 1024 * 1024))
    assert facilitator.text == worded("ru", texts.file_too_large, None)
    await send_file(stage, facilitator, form)
    assert facilitator.text == worded("ru", texts.nothing_filled_in)
    await send_file(stage, facilitator, filled(form, {"p1": 30}))
    assert await count(stage) == 1


async def test_a_form_of_another_vote_is_refused(stage: Stage) -> None:
    facilitator, _round_id, form = await with_form(stage)
    book = load_workbook(BytesIO(filled(form, {"p1": 30})))
    book.worksheets[0]["A1"] = "bap:gatherings:77"
    content = BytesIO()
    book.save(content)
    await send_file(stage, facilitator, content.getvalue())
    assert facilitator.text == worded("ru", texts.not_this_form, None)


async def test_whose_role_is_gone_sends_in_vain(stage: Stage) -> None:
    facilitator, _round_id, form = await with_form(stage)
    await change(stage, update(GrantRow).values(withdrawn_at=datetime.now(UTC)))
    await send_file(stage, facilitator, filled(form, {"p1": 30}))
    assert facilitator.text == worded("ru", common.role_taken_away, None)
    assert await count(stage) == 0


async def test_the_kit_is_a_pdf_in_both_languages(stage: Stage) -> None:
    facilitator, _round_id, _form = await with_form(stage)
    await facilitator.tap("gathkit:")
    document = [each for each in facilitator.messages if each.kind == "document"][-1]
    assert stage.world.files[document.media["file_id"]].content.startswith(b"%PDF")
