"""The poster that invites and the list of problems: who gets them, what they hold, and what they must not."""

import csv
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook
from sqlalchemy import insert, select, update

from bot.__main__ import main
from bot.db.models import Problem, ProblemNote, ResidentRow, Supporter
from bot.domain.clock import utc_now
from bot.domain.exported import NothingToExport
from bot.domain.places import Municipality, Name, Village
from bot.domain.problem import DeclineReason, ProblemStatus
from bot.features.problems.printouts import poster_texts, texts
from bot.features.problems.printouts.callbacks import ExportProblems, PrintPoster
from bot.features.problems.printouts.listing import export_problems
from bot.features.problems.printouts.poster import poster_data, poster_files
from bot.i18n import LANGUAGES, speaking
from bot.prints.paper import pictures
from bot.telegram import texts as common
from tests.engines import pdftotext
from tests.features.people import report
from tests.features.records import (
    change,
    everything,
    journal,
    problems,
    publish,
    resident_of,
    rows,
    village_ids,
)
from tests.features.wording import worded
from tests.samples.data import LONG_AREA, LONG_PLACE, LONG_VILLAGE, PLACES, VILLAGE
from tests.stage import Stage, Visitor

DANGEROUS = ["=1+1", "+7 700 123", "-2 айыл", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\tтаб", "а\x0bб"]
JAZY = next(place for place in PLACES if place.slug == "jazy")


def documents(stage: Stage, visitor: Visitor) -> dict[str, bytes]:
    """The files in the chat by their names."""
    sent = [each.media for each in visitor.messages if each.from_bot and each.kind == "document"]
    return {each["file_name"]: stage.world.files[each["file_id"]].content for each in sent}


def rows_of(book: Workbook, sheet: int) -> list[list[Any]]:
    """What stands below the header."""
    return [[cell.value for cell in row] for row in book.worksheets[sheet].iter_rows(min_row=4)]


def read(content: bytes) -> str:
    done = subprocess.run([pdftotext(), "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(done.stdout.decode().replace("\u200b", "").split())


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_desk_prints_a_poster_for_all_villages_or_for_one(stage: Stage, language: str) -> None:
    facilitator = await stage.facilitator(language=language)
    await facilitator.send("/desk")
    await facilitator.tap("papers:")
    await facilitator.tap("pposter:")
    assert facilitator.alert == worded(language, common.being_made)
    await facilitator.tap("pvils:")
    await facilitator.tap("pposter:")

    of_all, of_one = [line.details for line in await journal(stage, "poster.printed")]
    assert of_all == {}
    assert of_one["village_id"] in await village_ids(stage, "jazy")
    made = documents(stage, facilitator)
    stems = ["poster-jazy", f"poster-jazy-{of_one['village_id']}"]
    assert sorted(name.rsplit("-", 3)[0] for name in made) == sorted(stems * 2)
    for name, content in made.items():
        assert content.startswith(b"%PDF-" if name.endswith(".pdf") else b"\x89PNG")
        assert len(content) < 1_000_000


async def test_a_village_of_another_municipality_gets_no_poster_here(stage: Stage) -> None:
    facilitator = await stage.facilitator()
    elsewhere = (await village_ids(stage, "shark"))[0]
    before = await everything(stage)
    for village_id in (elsewhere, 999_999, -1):
        await facilitator.press(PrintPoster(municipality_id=JAZY.id, village_id=village_id))
        assert facilitator.alert

    assert documents(stage, facilitator) == {}
    assert await everything(stage) == before


def test_the_poster_says_in_both_languages_what_to_do_in_three_steps() -> None:
    made = poster_files(JAZY, VILLAGE, "bap_jazy_bot", datetime(2026, 11, 25, 20, 0, tzinfo=UTC))
    assert list(made) == ["poster-jazy-1-2026-11-26.pdf", "poster-jazy-1-2026-11-26.png"]
    said = read(made["poster-jazy-1-2026-11-26.pdf"])
    for language in LANGUAGES:
        with speaking(language):
            acts = [act for act, _words in poster_texts.steps(is_village_known=True)]
            assert len(acts) == 3
            expected = [*acts, poster_texts.heading(), poster_texts.municipality(JAZY.name)]
            assert [
                words for words in (*expected, poster_texts.village(VILLAGE.name)) if words not in said
            ] == []
    assert "@bap_jazy_bot" in said


def test_the_square_of_the_poster_leads_where_its_name_says(monkeypatch: pytest.MonkeyPatch) -> None:
    links: list[str] = []

    class Square:
        def __init__(self, link: str, **_how: object) -> None:
            links.append(link)

        def svg_inline(self, **_how: object) -> str:
            return "<svg/>"

    monkeypatch.setattr("bot.features.problems.printouts.poster.segno.make", Square)
    poster_data(JAZY, None, "bap_jazy_bot")
    poster_data(JAZY, VILLAGE, "bap_jazy_bot")
    assert links == ["https://t.me/bap_jazy_bot?start=m_jazy", "https://t.me/bap_jazy_bot?start=m_jazy_1"]


LONGEST = Municipality(1, "x" * 40, LONG_AREA, LONG_AREA, LONG_AREA)
SPACED = Name("Жогорку Кызыл-Октябрь " * 3, "Верхний Кызыл-Октябрь " * 3)


@pytest.mark.parametrize(
    ("place", "village"),
    [
        (JAZY, None),
        (LONG_PLACE, LONG_VILLAGE),
        (LONGEST, Village(2_147_483_647, LONG_AREA)),
        (LONGEST, Village(1, SPACED)),
        (Municipality(1, "a", Name("#let $x$ 😡", "<b> _i_"), SPACED, SPACED), Village(1, Name("*", "\\"))),
    ],
)
def test_a_poster_is_one_page_whatever_the_names(place: Municipality, village: Village | None) -> None:
    assert len(pictures("invitation", poster_data(place, village, "b" * 32), 40)) == 1


async def fill_list(stage: Stage) -> list[int]:
    """Two public problems, one waiting, one declined, one joined to the first, and one of another place."""
    author = await stage.resident("ky")
    await report(author, "Купуя автордун көйгөйү: суу жок")
    listed = await publish(
        stage, "Мост сломан, дети ходят в обход", "Дорога размыта", "Нет света", "Тот же мост"
    )
    bridge, _road, light, same = listed
    await publish(stage, "Чужая беда", slug="shark")
    now = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
    record = {
        "is_outside_competence": True,
        "translation": "Көпүрө бузулган",
        "causes": "сел",
        "consequences": "айланып барат",
        "who": "children",
    }
    await change(stage, update(Problem).where(Problem.id == bridge).values(**record, created_at=now))
    declined = {"status": ProblemStatus.DECLINED, "decline_reason": DeclineReason.PRIVATE_MATTER}
    await change(stage, update(Problem).where(Problem.id == light).values(**declined))
    joined = {"status": ProblemStatus.MERGED, "merged_into_id": bridge}
    await change(stage, update(Problem).where(Problem.id == same).values(**joined))
    person = (await resident_of(stage, author)).id
    await change(stage, insert(Supporter).values(problem_id=bridge, resident_id=person, since=now))
    await change(stage, insert(Supporter).values(problem_id=bridge, since=now))
    await change(stage, insert(ProblemNote).values(problem_id=bridge, at=now, text="на канале"))
    return listed


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_list_has_a_sheet_for_each_kind_and_all_that_planning_needs(
    stage: Stage, language: str
) -> None:
    await fill_list(stage)
    facilitator = await stage.facilitator(language=language)
    await facilitator.send("/desk")
    await facilitator.tap("papers:")
    await facilitator.tap("plist:")

    made = documents(stage, facilitator)
    [xlsx] = [content for name, content in made.items() if name.endswith(".xlsx")]
    [table] = [content for name, content in made.items() if name.endswith(".csv")]
    assert all(name.startswith("problems-jazy-20") for name in made)
    book = load_workbook(BytesIO(xlsx))
    public = book.worksheets[0]
    assert public.freeze_panes == "A4"
    assert public.auto_filter.ref == "A3:N5"
    assert [[row[0] for row in rows_of(book, sheet)] for sheet in range(4)] == [[2, 3], [1], [4], [5]]

    own, other = "Мост сломан, дети ходят в обход", "Көпүрө бузулган"
    wording = [other, own] if language == "ky" else [own, other]
    bridge = rows_of(book, 0)[0]
    assert bridge[3:5] == wording
    assert bridge[5] == "21.11.2026: на канале"
    assert bridge[7:9] == ["сел", "айланып барат"]
    assert bridge[9] == 2
    assert bridge[13] == datetime(2026, 11, 21)  # noqa: DTZ001  # a day of a spreadsheet has no zone
    with speaking(language):
        assert bridge[10] == ("ооба" if language == "ky" else "да")
        assert "2" in rows_of(book, 3)[0][12]
        assert texts.no_names() in public["A2"].value
        assert rows_of(book, 2)[0][12]
    listed = list(csv.reader(StringIO(table.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in listed[1:]] == ["1", "2", "3", "4", "5"]
    assert listed[2][13] == "21.11.2026"
    [line] = await journal(stage, "problems.exported")
    assert line.details == {"problems": 5}
    assert line.municipality_id == JAZY.id

    # Nobody who reported or supports is in it, by no number of theirs.
    people = [str(person.telegram_id) for person in await rows(stage, select(ResidentRow.telegram_id))]
    values = {str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert [value for value in values if any(person in value for person in people)] == []


async def test_no_word_of_the_list_becomes_a_formula(stage: Stage) -> None:
    listed = await publish(stage, *DANGEROUS)
    for problem_id, words in zip(listed, DANGEROUS, strict=True):
        values = {"causes": words, "consequences": words, "who": words, "translation": words}
        await change(stage, update(Problem).where(Problem.id == problem_id).values(**values))
    made = await export_problems(stage.database, "jazy", "ru", utc_now())
    xlsx, table = made.values()

    sheet = load_workbook(BytesIO(xlsx)).worksheets[0]
    cells = [cell for row in sheet.iter_rows(min_row=4) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []
    assert [row[3].value for row in sheet.iter_rows(min_row=4)] == [
        words.replace("\x0b", "") for words in DANGEROUS
    ]
    listed_rows = list(csv.reader(StringIO(table.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [cell for row in listed_rows for cell in row if cell[:1] in {"=", "+", "-", "@", "\t"}] == []


async def test_the_command_line_writes_the_same_list(stage: Stage) -> None:
    await fill_list(stage)
    made = await export_problems(stage.database, "jazy", "ky", utc_now())
    assert len(made) == 2
    [line] = await journal(stage, "problems.exported")
    assert line.actor_id is None
    with pytest.raises(NothingToExport):
        await export_problems(stage.database, "nowhere", "ky", utc_now())
    empty = await export_problems(stage.database, "shark", "ru", utc_now())
    assert len(load_workbook(BytesIO(next(iter(empty.values())))).worksheets) == 5


async def test_a_long_list_is_made_off_the_loop_and_all_there(stage: Stage) -> None:
    texts_: Sequence[str] = [f"Көйгөй {number}: " + "жол бузук, " * 30 for number in range(500)]
    await publish(stage, *texts_)
    made = await export_problems(stage.database, "jazy", "ky", utc_now())

    book = load_workbook(BytesIO(next(iter(made.values()))))
    assert book.worksheets[0].max_row == 3 + 500
    assert len(await problems(stage)) == 500


def test_the_command_is_there() -> None:
    assert "--municipality" in CliRunner().invoke(main, ["export", "problems", "--help"]).output


async def test_the_files_are_for_the_facilitator_of_that_place_only(stage: Stage) -> None:
    await publish(stage, "Мост сломан, дети ходят в обход")
    for person in (await stage.resident(), await stage.facilitator("shark"), await stage.officer()):
        for button in (
            ExportProblems(municipality_id=JAZY.id),
            PrintPoster(municipality_id=JAZY.id, village_id=0),
        ):
            await person.press(button)
            assert person.alert
        assert documents(stage, person) == {}
