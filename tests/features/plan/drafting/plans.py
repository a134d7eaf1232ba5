"""Plans for the tests: written into the form, into a Word file, and short ways to one that is adopted."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.domain.plan import Part
from tests.stage import Stage, Visitor

JAZY = 9
Line = Mapping[Part, object]
YEAR = 2026
# The structure of the plan of Жазы for 2018 and 2019, direction 6; the wording is ours.
ROADS = "Кара-Дыйкан, Жээренчи жана Кызыл-Дыйкан айылдарында ички жолдор начар, көпүрөлөр жетишпейт"
BRIDGE = "Кара-Дыйкандын өйдө жагында каналдагы көпүрө сынган, эл алыс айланып өтөт"
PLAN_OF_JAZY: list[Line] = [
    {
        Part.DIRECTION: "Багыт: инфраструктура (6)",
        Part.PROBLEM: ROADS,
        Part.VILLAGES: "Кара-Дыйкан, Жээренчи, Кызыл-Дыйкан",
        Part.CAUSES: "Дөбөдөгү жолдор отуз жылдан бери оңдолгон эмес",
        Part.CONSEQUENCES: "Талаа жолун шалы суусу каптайт, машина өтпөйт",
        Part.GOAL: "Ар бир көчөгө жыл бою өтүүгө болот",
        Part.TASKS: "Жолдорду тегиздөө; суу агар казуу",
        Part.MEASURE: "Ички жолдорго шагыл төгүү",
        Part.RESPONSIBLE: "Айыл өкмөтү",
        Part.TERM: f"30.09.{YEAR}",
        Part.COST: 850_000,
        Part.FUNDING: "жергиликтүү бюджет",
        Part.OWN_PART: 120_000,
        Part.INDICATOR: "12 чакырым жолго шагыл төгүлдү",
    },
    {
        Part.MEASURE: "Жолдун жээгинен суу агар казуу",
        Part.RESPONSIBLE: "Демилгелүү топ",
        Part.TERM: f"2-чейрек {YEAR}",
        Part.FUNDING: "ашар",
        Part.OWN_PART: "60 000 сом",
    },
    {
        Part.PROBLEM: BRIDGE,
        Part.VILLAGES: "Кара-Дыйкан",
        Part.CAUSES: "Көпүрө эскирген",
        Part.GOAL: "Эл да, техника да коопсуз өтөт",
        Part.MEASURE: "Каналдагы көпүрөнү жаңылоо",
        Part.RESPONSIBLE: "Айыл өкмөтү",
        Part.TERM: str(YEAR + 1),
        Part.COST: "1,2 млн сом",
        Part.FUNDING: "дем берүүчү грант жана жергиликтүү бюджет",
        Part.INDICATOR: "Көпүрө кабыл алынды",
    },
]


def many(measures: int) -> list[Line]:
    """As many measures for a third as many problems, in all directions of the list."""
    return [
        {
            Part.DIRECTION: str(row % 20 + 1),
            Part.PROBLEM: f"Көйгөй {row // 3}: эл кыйналат" if row % 3 == 0 else "",
            Part.GOAL: "Элге жеңил болсун" if row % 3 == 0 else "",
            Part.MEASURE: f"Иш-чара {row}: оңдоо жана курчап коюу",
            Part.RESPONSIBLE: "Айыл өкмөтү",
            Part.TERM: f"{row % 12 + 1:02}.{YEAR}",
            Part.COST: 1000 * row,
            Part.FUNDING: ("жергиликтүү бюджет", "РӨФ", "дем берүүчү грант")[row % 3],
        }
        if row % 3 == 0
        else {
            Part.MEASURE: f"Иш-чара {row}: оңдоо жана курчап коюу",
            Part.RESPONSIBLE: "Айыл өкмөтү",
            Part.TERM: f"{row % 12 + 1:02}.{YEAR}",
            Part.COST: 1000 * row,
            Part.FUNDING: ("жергиликтүү бюджет", "РӨФ", "дем берүүчү грант")[row % 3],
        }
        for row in range(measures)
    ]


def columns(sheet: Worksheet) -> dict[str, int]:
    """Each column of a form by its hidden key."""
    return {str(cell.value): cell.column for cell in sheet[2] if cell.value}


def filled(form: bytes, lines: Sequence[Line], **whole: object) -> bytes:
    """The form with these measures below those it holds; `whole` are cells of the first sheet."""
    book = load_workbook(BytesIO(form))
    plan, table = book.worksheets[:2]
    for key, value in {"first_year": YEAR, "last_year": YEAR + 1, **whole}.items():
        plan.cell(6, columns(plan)[key]).value = value
    place = columns(table)
    first = next(row for row in range(6, 2000) if not table.cell(row, place[Part.MEASURE]).value)
    for row, line in enumerate(lines, first):
        for part, value in line.items():
            table.cell(row, place[part]).value = value
    return saved(book)


def saved(book: Any) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def word_file(above: str, headings: Sequence[str], lines: Sequence[Sequence[str]]) -> bytes:
    """One table below a line of words. A cell "^" is merged with the one above, "<" with its left one."""
    document = Document()
    document.add_paragraph(above)
    table = document.add_table(rows=0, cols=len(headings))
    for line in (headings, *lines):
        cells = table.add_row().cells
        for cell, words in zip(cells, line, strict=True):
            if words not in {"^", "<"}:
                cell.text = words
    for row, line in enumerate((headings, *lines)):
        for column, words in enumerate(line):
            if words == "<":
                table.cell(row, column - 1).merge(table.cell(row, column))
            elif words == "^":
                table.cell(row - 1, column).merge(table.cell(row, column))
    content = BytesIO()
    document.save(content)
    return content.getvalue()


async def given_form(stage: Stage, planner: Visitor) -> bytes:
    await planner.press(f"planng:{JAZY}")
    await planner.tap("plform:")
    document = [each for each in planner.messages if each.kind == "document" and each.from_bot][-1]
    return bytes(stage.world.files[document.media["file_id"]].content)


async def send_file(stage: Stage, person: Visitor, content: bytes, name: str = "plan.xlsx") -> None:
    stage.world.send_document(person.id, name, content)
    await stage.handle_all()


async def drafted(
    stage: Stage, planner: Visitor, lines: Sequence[Line] = PLAN_OF_JAZY, **whole: object
) -> int:
    """The draft that these lines make, sent as a form."""
    await send_file(stage, planner, filled(await given_form(stage, planner), lines, **whole))
    [opened] = [data for data in planner.data if data.startswith("planof:")]
    return int(opened.removeprefix("planof:"))


async def adopt(stage: Stage, planner: Visitor, version_id: int) -> None:
    """With a resolution of last winter, and without its scan."""
    await planner.press(f"pladopt:{version_id}")
    await planner.send(f"12/3\n15.01.{YEAR}\nТөрага")
    await planner.tap("plnoscan:")
    await planner.tap("pladone:")


async def adopted(
    stage: Stage, planner: Visitor, lines: Sequence[Line] = PLAN_OF_JAZY, **whole: object
) -> int:
    version_id = await drafted(stage, planner, lines, **whole)
    await adopt(stage, planner, version_id)
    return version_id


async def open_item(stage: Stage, person: Visitor, number: int) -> None:
    """The card of a measure, found the way residents do."""
    await person.send("/plan")
    await person.tap("pldir:")
    directions = [data for data in person.data if data.startswith("plms:") and ":d:" in data]
    for direction in directions:
        await person.press(direction)
        for button, label in zip(person.data, person.labels, strict=True):
            if button.startswith("plitem:") and label == str(number):
                await person.press(button)
                return
    raise AssertionError(f"no measure {number}")
