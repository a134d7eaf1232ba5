"""A plan comes as a file: filled in, sent back, whole or not at all, with all its mistakes at once."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from bot.db.models import PlanMeasure, PlanProblem, PlanVersion
from bot.domain.plan import COLUMNS, OF_PROBLEM, Funding, Kind, Part, PlanText
from bot.features.plan import plan_texts as plans
from bot.features.plan.drafting import form_texts, texts
from bot.features.plan.plan_queries import find_text, find_version
from bot.features.votes.paper_votes import texts as gatherings
from bot.prints import form_texts as cards
from tests.features.plan.drafting.plans import (
    BRIDGE,
    PLAN_OF_JAZY,
    ROADS,
    YEAR,
    Line,
    adopted,
    columns,
    drafted,
    filled,
    given_form,
    many,
    saved,
    send_file,
    word_file,
)
from tests.features.records import journal, publish, rows
from tests.features.wording import worded
from tests.stage import Stage


async def text_of(stage: Stage, version_id: int) -> PlanText:
    async with stage.database.read() as db:
        version = await find_version(db, version_id)
        assert version is not None
        return await find_text(db, version)


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_the_plan_of_a_real_municipality_is_read_as_it_is_written(stage: Stage, language: str) -> None:
    officer = await stage.officer(language=language)
    text = await text_of(stage, await drafted(stage, officer))
    assert [problem.title for problem in text.problems] == [ROADS, BRIDGE]
    assert [problem.topic_id for problem in text.problems] == [6, 6]
    assert [len(problem.villages) for problem in text.problems] == [3, 1]
    first, second, third = [measure for _problem, measure in text.measures()]
    assert (first.number, first.cost, first.own_part) == (1, 850_000, 120_000)
    assert (first.funding, second.funding, third.funding) == (Funding.LOCAL, Funding.OWN, Funding.SEVERAL)
    assert [str(each.due_on) for each in (first, second, third)] == [
        f"{YEAR}-09-30",
        f"{YEAR}-06-30",
        f"{YEAR + 1}-12-31",
    ]
    assert (second.own_part, second.cost, third.cost) == (60_000, None, 1_200_000)
    assert len(await journal(stage, "plan.drafted")) == 1


async def test_letters_that_old_keyboards_lack_and_small_mistakes_are_forgiven(stage: Stage) -> None:
    officer = await stage.officer()
    old: Line = {
        Part.DIRECTION: "Ичуучу суу",
        Part.PROBLEM: "Коп уйдо суу жок",
        Part.VILLAGES: "кара дыйкан; Жээренчы",
        Part.MEASURE: "Кубур тартуу",
        Part.TERM: f"III чейрек {YEAR}-ж.",
        Part.FUNDING: "Жергиликтуу бюджет",
        Part.COST: "350 миң сом",
    }
    text = await text_of(stage, await drafted(stage, officer, [old]))
    [(problem, measure)] = text.measures()
    assert (problem.topic_id, len(problem.villages)) == (4, 2)
    assert (measure.cost, measure.funding, str(measure.due_on)) == (350_000, Funding.LOCAL, f"{YEAR}-09-30")


async def test_every_column_is_read_kept_and_given_out_again(stage: Stage) -> None:
    officer = await stage.officer()
    plain = [each for each in COLUMNS if each.kind is not Kind.OWN]
    cells = {each.part: 700 if each.kind is Kind.SUM else each.part for each in plain}
    own: Line = {Part.DIRECTION: "6", Part.TERM: str(YEAR), Part.FUNDING: "грант", Part.VILLAGES: "Жээренчи"}
    text = await text_of(stage, await drafted(stage, officer, [{**cells, **own}]))
    [(problem, measure)] = text.measures()
    held = {each.part: getattr(problem if each in OF_PROBLEM else measure, each.field) for each in plain}
    assert held == cells
    table = load_workbook(BytesIO(await given_form(stage, officer))).worksheets[1]
    place = columns(table)
    assert list(place) == list(Part)
    assert {part: table.cell(6, place[part]).value for part in cells} == cells


async def test_a_plan_of_120_measures_goes_there_and_back_unchanged(stage: Stage) -> None:
    facilitator = await stage.facilitator("jazy", "ky")
    version_id = await drafted(stage, facilitator, many(120))
    before = await text_of(stage, version_id)
    assert len(before.problems) == 40
    assert [measure.number for _problem, measure in before.measures()] == list(range(1, 121))
    await send_file(stage, facilitator, await given_form(stage, facilitator))
    assert await text_of(stage, version_id) == before


def broken(form: bytes) -> tuple[bytes, list[str]]:
    """A plan of 30 rows with one mistake in each, and the cells they are in."""
    book = load_workbook(BytesIO(filled(form, many(60))))
    table = book.worksheets[1]
    place = columns(table)
    wrong: list[tuple[Part, Any]] = [
        (Part.TERM, "жазында"),
        (Part.COST, "көп"),
        (Part.MEASURE, None),
        (Part.VILLAGES, "Атлантида"),
        (Part.OWN_PART, "-5"),
        (Part.TERM, "31.02.2026"),
        (Part.NUMBER, "77x"),
        (Part.REPORTED, "999"),
        (Part.COST, True),
        (Part.TERM, "2035"),
    ]
    cells = []
    for count in range(30):
        part, value = wrong[count % len(wrong)]
        # What says something of the problem is read in its first row only.
        row = (
            6 + count * 3 // 2 if part not in {Part.VILLAGES, Part.REPORTED} else 6 + count * 3 // 2 // 3 * 3
        )
        cell = table.cell(row, place[part])
        cell.value = value
        cells.append(cell.coordinate)
    return saved(book), cells


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_thirty_mistakes_are_told_at_once_with_sheet_row_and_column(
    stage: Stage, language: str
) -> None:
    officer = await stage.officer(language=language)
    await adopted(stage, officer, many(3))
    content, cells = broken(await given_form(stage, officer))
    assert len(set(cells)) == 30
    versions = await rows(stage, select(func.count()).select_from(PlanVersion))
    await send_file(stage, officer, content)
    [document] = [each for each in officer.messages[-2:] if each.kind == "document"]
    told = stage.world.files[document.media["file_id"]].content.decode("utf-8-sig").splitlines()
    sheet = worded(language, form_texts.table_sheet)
    assert sorted(line.split(":")[0] for line in told) == sorted(f"{sheet} {cell}" for cell in cells)
    assert all(len(line.split(": ", 1)[1]) > 10 for line in told)
    assert officer.text.count(f"{sheet} ") == cards.CELLS_SHOWN
    assert await rows(stage, select(func.count()).select_from(PlanVersion)) == versions


async def test_mistakes_of_the_first_sheet_are_told_with_those_of_the_second(stage: Stage) -> None:
    officer = await stage.officer()
    form = await given_form(stage, officer)
    wrong = {"title": None, "first_year": "быйыл", "last_year": 1850, "language": "латын"}
    await send_file(stage, officer, filled(form, [{Part.MEASURE: "Бир иш"}], **wrong))
    plan, table = worded("ru", form_texts.plan_sheet), worded("ru", form_texts.table_sheet)
    for cell in (f"{plan} A6", f"{plan} B6", f"{plan} C6", f"{plan} D6", f"{table} C6"):
        assert cell in officer.text
    assert await rows(stage, select(PlanVersion.id)) == []


async def test_what_is_no_plan_is_refused_kindly_and_the_file_can_be_sent_again(stage: Stage) -> None:
    officer = await stage.officer()
    form = await given_form(stage, officer)
    for content, name in (
        (b"PK", "plan.xlsx"),
        (b"x", "plan.docx"),
        (word_file("2026", ["A"], []), "a.docx"),
    ):
        await send_file(stage, officer, content, name)
        assert officer.text == worded("ru", gatherings.not_this_form, None)
    await officer.send("Мына план")
    assert "planng:9" not in officer.data
    await send_file(stage, officer, filled(form, []))
    assert worded("ru", form_texts.no_measures) in officer.text
    await send_file(stage, officer, filled(form, PLAN_OF_JAZY))
    assert any(data.startswith("pladopt:") for data in officer.data)


async def test_the_form_of_another_municipality_is_refused(stage: Stage) -> None:
    officer, elsewhere = await stage.officer(), await stage.officer("shark")
    form = await given_form(stage, officer)
    await elsewhere.press(f"planng:{9}")
    assert elsewhere.alert
    [other] = [data for data in await _planning_of(elsewhere) if data.startswith("plfile:")]
    await elsewhere.press(other)
    await send_file(stage, elsewhere, filled(form, PLAN_OF_JAZY))
    assert elsewhere.text == worded("ru", gatherings.not_this_form, None)
    assert await rows(stage, select(PlanVersion.id)) == []


async def _planning_of(officer: Any) -> list[str]:
    await officer.send("/office")
    await officer.tap("planng:")
    return list(officer.data)


HEADINGS = [
    "№",
    "Проблема",
    "Себептери",
    "Иш чаралары",
    "Жооптулар",
    "Аткаруу мөонөтү",
    "Баасы (миң сом)",
    "Каржы булагы",
]
OFFICE_TABLE = [
    ["1", "2", "3", "4", "5", "6", "7", "8"],
    ["Ички жолдор (6)", "<", "<", "<", "<", "<", "<", "<"],
    [
        "1",
        ROADS,
        "Отуз жылдан бери оңдолгон эмес",
        "Шагыл төгүү",
        "Айыл өкмөтү",
        "2026-2027-ж.",
        "850",
        "Жергил. бюджет",
    ],
    ["2", "^", "^", "Суу агар казуу", "Демилгелүү топ", f"июнь {YEAR}", "", "ашар"],
    ["3", BRIDGE, "Эскирген", "Көпүрөнү жаңылоо", "^", f"IV кв. {YEAR}", "1 200,5", "стимулдаштыруучу грант"],
]


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_an_offices_own_table_is_understood_and_shown_before_it_counts(
    stage: Stage, language: str
) -> None:
    officer = await stage.officer(language=language)
    await given_form(stage, officer)
    content = word_file("Биргелешкен аракеттер планы, 2026-2027-жылдар", HEADINGS, OFFICE_TABLE)
    await send_file(stage, officer, content, "БАП.docx")
    assert worded(language, texts.looks_right) in officer.labels
    for heading in HEADINGS[1:]:
        assert heading in officer.text
    [version] = await rows(stage, select(PlanVersion.id, PlanVersion.language, PlanVersion.title))
    assert (version.language, version.title) == ("ky", worded("ky", plans.usual_name))
    text = await text_of(stage, version.id)
    assert [len(problem.measures) for problem in text.problems] == [2, 1]
    assert {problem.topic_id for problem in text.problems} == {6}
    costs = [(each.cost, str(each.due_on), each.funding, each.responsible) for _p, each in text.measures()]
    assert costs == [
        (850_000, "2027-12-31", Funding.LOCAL, "Айыл өкмөтү"),
        (None, f"{YEAR}-06-30", Funding.OWN, "Демилгелүү топ"),
        (1_200_500, f"{YEAR}-12-31", Funding.GRANT, "Демилгелүү топ"),
    ]
    await officer.tap("pldraft:")
    await officer.tap("pldropq:")
    await officer.tap("pldrop:")
    assert await rows(stage, select(PlanMeasure.id)) == await rows(stage, select(PlanProblem.id)) == []


async def test_mistakes_in_an_offices_table_are_told_by_heading_and_row(stage: Stage) -> None:
    officer = await stage.officer()
    await given_form(stage, officer)
    lines = [*OFFICE_TABLE[1:3], ["9", "Жаңы", "", "", "Ким", "эртең", "эң көп", ""]]
    await send_file(stage, officer, word_file("План", HEADINGS, lines), "план.docx")
    assert worded("ru", form_texts.no_years_above) in officer.text
    for place in ("“Иш чаралары” 4", "“Аткаруу мөонөтү” 4", "“Баасы (миң сом)” 4"):
        assert place in officer.text
    assert await rows(stage, select(PlanVersion.id)) == []


async def test_residents_problems_are_named_by_their_numbers(stage: Stage) -> None:
    await publish(stage, "Көпүрө сынган, балдар айланып барат", "Суу жок")
    officer = await stage.officer()
    line = {**PLAN_OF_JAZY[0], Part.REPORTED: "1; 2"}
    text = await text_of(stage, await drafted(stage, officer, [line]))
    assert text.problems[0].reported == (1, 2)
