"""Forms given out as spreadsheets, and read when they come back."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.data import date_words
from bot.domain.dates import Asked, Facing, read_fixed_day
from bot.domain.refusals import FileNotOpened, FileTooLarge, NotThisForm
from bot.domain.spreadsheet_safety import CellFlaw
from bot.prints.forms import LONGEST_FLAW, MOST_BYTES, MOST_FLAWS, Field, Form, form, read_form, require_few
from bot.prints.reading import read_apart
from bot.prints.sheet_rows import LAST_ROW
from tests.evil_files import EVIL_FORMS, SHEET, packed_of, parts_of, with_part

FORM = Form(
    "tally:17",
    "Жыйындар",
    "Добуш берүү",
    "Ар бир жыйынга бир сап.",
    (
        Field("village", "Айыл", 20, choices=("Жазы", "=1+1")),
        Field("day", "Күнү", 12, is_day=True),
        Field("voted", "Добуш берди", 10, is_number=True, hint="Сан гана"),
    ),
    rows=[("Жазы", date(2026, 11, 20), 30)],
    empty_rows=5,
)


def filled(*cells: tuple[str, object]) -> bytes:
    book = load_workbook(BytesIO(form(FORM)))
    for place, value in cells:
        book.worksheets[0][place] = value
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def read_typed(written: str) -> date:
    return read_fixed_day(written, Asked(date(2026, 11, 23), Facing.BEHIND, date_words()))


def first_sheet(content: bytes) -> Worksheet:
    return load_workbook(BytesIO(content)).worksheets[0]


def test_what_was_given_out_is_read_back() -> None:
    read = read_form(form(FORM))
    assert (read.mark, list(read.keys)) == ("tally:17", ["village", "day", "voted"])
    [row] = read.rows
    assert row.row == 6
    assert row.text("village") == "Жазы"
    assert row.day("day", str, read_typed) == date(2026, 11, 20)
    assert row.number("voted", str) == 30
    assert row.flaws == []


def test_the_cells_have_lists_numbers_and_days_to_check() -> None:
    sheet = first_sheet(form(FORM))
    kinds = {str(each.sqref): each.type for each in sheet.data_validations.dataValidation}
    assert kinds == {"A6:A11": "list", "B6:B11": "date", "C6:C11": "whole"}
    assert [sheet.row_dimensions[row].hidden for row in (1, 2, 3)] == [True, True, False]


@pytest.mark.parametrize(
    "written", ["20.11.2026", "2026-11-20", "20/11/2026", " 20.11.26 ", "20-ноябрь", "20 ноября 2026 г."]
)
def test_a_day_may_be_written_as_words(written: str) -> None:
    [row] = read_form(filled(("B6", written))).rows
    assert row.day("day", str, read_typed) == date(2026, 11, 20)


@pytest.mark.parametrize(("written", "number"), [("1 234", 1234), (30.0, 30), ("30", 30), ("1\xa0234", 1234)])
def test_a_number_may_be_written_with_spaces(written: object, number: int) -> None:
    [row] = read_form(filled(("C6", written))).rows
    assert row.number("voted", str) == number


@pytest.mark.parametrize("written", [-1, 2.5, "көп", True, "9999999999"])
def test_every_bad_cell_is_noted_with_its_place(written: object) -> None:
    [row] = read_form(filled(("C6", written), ("B6", "кечээ"))).rows
    assert row.number("voted", lambda found: f"? {found}") == 0
    assert row.day("day", lambda found: f"? {found}", read_typed) is None
    assert [(each.row, each.column) for each in row.flaws] == [(6, "C"), (6, "B")]
    assert row.flaws[1] == CellFlaw(6, "B", "? кечээ")


def test_empty_rows_are_left_out_and_later_ones_keep_their_numbers() -> None:
    rows = read_form(filled(("A10", "Жазы"))).rows
    assert [row.row for row in rows] == [6, 10]


def test_whatever_is_not_the_form_is_refused() -> None:
    empty = BytesIO()
    Workbook().save(empty)
    for content in (b"", b"name;votes", b"PK\x03\x04", empty.getvalue()):
        with pytest.raises(NotThisForm):
            read_form(content)


def test_a_file_that_is_large_packed_or_unpacked_is_refused() -> None:
    with pytest.raises(FileTooLarge):
        read_form(b"x" * (MOST_BYTES + 1))
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 70_000_000)
    with pytest.raises(FileTooLarge):
        read_form(bomb.getvalue())


@pytest.mark.parametrize("evil", EVIL_FORMS)
async def test_a_file_that_is_made_to_stop_the_bot_is_refused_before_its_time_is_up(evil: str) -> None:
    """What is told apart here is refused for what it is, and not because reading it took too long."""
    with pytest.raises((FileTooLarge, FileNotOpened)):
        await read_apart(read_form, EVIL_FORMS[evil](form(FORM)))


def test_a_row_is_read_wherever_it_stands_and_whatever_the_file_says_of_its_size() -> None:
    def edit(xml: bytes) -> bytes:
        row = f'<row r="{LAST_ROW}"><c r="A{LAST_ROW}" t="inlineStr"><is><t>%s</t></is></c></row></sheetData>'
        xml = xml.replace(b"</sheetData>", (row % "Jazy").encode())
        return xml.replace(b'<dimension ref="A1:C11"/>', b'<dimension ref="A1"/>')

    assert b'<dimension ref="A1:C11"/>' in parts_of(form(FORM))[SHEET]
    rows = read_form(with_part(form(FORM), SHEET, edit)).rows
    assert [(each.row, each.text("village")) for each in rows] == [(6, "Жазы"), (LAST_ROW, "Jazy")]
    stray = read_form(with_part(form(FORM), SHEET, lambda xml: edit(xml).replace(b"Jazy", b" "))).rows
    assert [each.row for each in stray] == [6]


def test_what_other_programs_write_is_read_strict_names_and_paths_as_windows_has_them() -> None:
    def strict(part: bytes) -> bytes:
        for room in (b"spreadsheetml", b"officeDocument"):
            usual = b"http://schemas.openxmlformats.org/" + room + b"/2006/"
            part = part.replace(usual, b"http://purl.oclc.org/ooxml/" + room + b"/")
        return part

    parts = {name.replace("/", "\\"): strict(part) for name, part in parts_of(form(FORM)).items()}
    assert any("\\" in name for name in parts)
    assert [row.text("village") for row in read_form(packed_of(parts)).rows] == ["Жазы"]


def test_a_broken_file_can_be_saved_again_and_anything_else_is_another_file() -> None:
    whole = form(FORM)
    for content in (whole[: len(whole) // 2], b"\xd0\xcf\x11\xe0" + bytes(1000)):
        with pytest.raises(FileNotOpened):
            read_form(content)
    for content in (b"%PDF" * 100, b"village;day\r\n"):
        with pytest.raises(NotThisForm) as refusal:
            read_form(content)
        assert refusal.type is NotThisForm


def test_what_is_said_of_wrong_cells_stays_readable() -> None:
    [row] = read_form(filled(("C6", "x" * 5000))).rows
    row.number("voted", lambda found: f"? {found}")
    assert len(row.flaws[0].words) <= LONGEST_FLAW
    with pytest.raises(FileTooLarge):
        require_few([CellFlaw(1, "A", "?")] * (MOST_FLAWS + 1))
