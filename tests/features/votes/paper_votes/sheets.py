"""Sheets of gatherings, straight in the database and as the chat and the spreadsheet carry them."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import insert, select

from bot.db.models import BallotRow, GatheringRow, GatheringVotes, Round
from bot.domain.clock import BISHKEK
from bot.domain.gathering import Line
from tests.features.people import open_vote
from tests.features.records import change, publish_many, rows, village_ids
from tests.stage import Stage, Visitor

FIRST_ROW = 6


def today() -> str:
    return f"{datetime.now(BISHKEK):%d.%m.%Y}"


async def vote_on_paper(stage: Stage, problems: int = 3) -> tuple[Visitor, int]:
    """The facilitator of a vote that is on, and the vote."""
    await publish_many(stage, problems)
    facilitator = await stage.facilitator()
    await open_vote(facilitator)
    return facilitator, (await rows(stage, select(Round.id)))[0].id


async def put_sheet(stage: Stage, round_id: int, votes: dict[int, int], voted: int = 10, **more: Any) -> int:
    values = {
        "round_id": round_id,
        "batch": f"s-{len(await rows(stage, select(GatheringRow.id)))}",
        "village_id": (await village_ids(stage, "jazy"))[0],
        "held_on": datetime.now(BISHKEK).date(),
        "place": "мектеп",
        "people": "mixed",
        "method": "sheets",
        "women": voted,
        "men": 0,
        "voted": voted,
        "first_signatory": "1",
        "second_signatory": "2",
        "entered_at": datetime.now(UTC),
    }
    await change(stage, insert(GatheringRow).values(**(values | more)))
    gathering_id = (await rows(stage, select(GatheringRow.id).order_by(GatheringRow.id.desc())))[0].id
    for problem_id, count in votes.items():
        counted = insert(GatheringVotes).values(gathering_id=gathering_id, problem_id=problem_id, votes=count)
        await change(stage, counted)
    return int(gathering_id)


async def enter_sheet(
    facilitator: Visitor,
    numbers: str = "20 14 30 4",
    votes: str = "1 - 30\n2 - 25",
    photo: bool = False,
    number: str = "12",
) -> None:
    """From the list of gatherings to the preview."""
    await facilitator.tap("gathnew:")
    await facilitator.send(number)
    for step in ("vil", "day", "who", "how"):
        await facilitator.tap(f"gathset:{facilitator_draft(facilitator)}:{step}")
    await facilitator.send(numbers)
    await facilitator.send(votes)
    await facilitator.send("Мектеп\nБиринчи Кол\nЭкинчи Кол")
    if not photo:
        await facilitator.tap("gathset:")


def facilitator_draft(facilitator: Visitor) -> str:
    """The number of the draft, from the buttons before the facilitator."""
    return next(data for data in facilitator.data if data.startswith(("gathset:", "gathvils:"))).split(":")[1]


async def given_form(stage: Stage, facilitator: Visitor) -> bytes:
    await facilitator.tap("gathform:")
    document = [each for each in facilitator.messages if each.kind == "document"][-1]
    return bytes(stage.world.files[document.media["file_id"]].content)


SOUND: dict[Line, object] = {
    Line.BATCH: 1,
    Line.VILLAGE: "Жазы",
    Line.PLACE: "Мектеп",
    Line.PEOPLE: "женщины",
    Line.METHOD: "бюллетенями",
    Line.WOMEN: 20,
    Line.MEN: 14,
    Line.VOTED: 30,
    Line.ALREADY: 4,
    Line.FIRST: "Биринчи Кол",
    Line.SECOND: "Экинчи Кол",
}


def filled(form: bytes, *sheets: dict[Any, object]) -> bytes:
    """The form with a row for each of the sheets; `p1` are the votes of the first problem."""
    book = load_workbook(BytesIO(form))
    sheet: Worksheet = book.worksheets[0]
    columns = {sheet.cell(2, column).value: column for column in range(1, sheet.max_column + 1)}
    problems = [key for key in columns if str(key).startswith("p") and str(key)[1:].isdecimal()]
    for row, told in enumerate(sheets, FIRST_ROW):
        for key, value in {Line.DAY: today(), **SOUND, **told}.items():
            name = str(getattr(key, "value", key))
            if name[0] == "p" and name[1:].isdecimal():
                name = problems[int(name[1:]) - 1]
            sheet.cell(row, columns[name]).value = value
    content = BytesIO()
    book.save(content)
    return content.getvalue()


async def send_file(stage: Stage, person: Visitor, content: bytes, name: str = "jyiyn.xlsx") -> None:
    stage.world.send_document(person.id, name, content)
    await stage.handle_all()


async def ballots(stage: Stage) -> int:
    return len(await rows(stage, select(BallotRow.id)))
