"""Forms given out as spreadsheets, and read when they come back."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.domain.cells import CellFlaw
from bot.domain.refusals import FileTooLarge, NotThisForm
from bot.prints.forms import MOST_BYTES, Field, Form, form, read_form

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


def first_sheet(content: bytes) -> Worksheet:
    return load_workbook(BytesIO(content)).worksheets[0]


def test_what_was_given_out_is_read_back() -> None:
    read = read_form(form(FORM))
    assert (read.mark, list(read.keys)) == ("tally:17", ["village", "day", "voted"])
    [row] = read.rows
    assert row.row == 6
    assert row.text("village") == "Жазы"
    assert row.day("day", str) == date(2026, 11, 20)
    assert row.number("voted", str) == 30
    assert row.flaws == []


def test_the_cells_have_lists_numbers_and_days_to_check() -> None:
    sheet = first_sheet(form(FORM))
    kinds = {str(each.sqref): each.type for each in sheet.data_validations.dataValidation}
    assert kinds == {"A6:A11": "list", "B6:B11": "date", "C6:C11": "whole"}
    assert [sheet.row_dimensions[row].hidden for row in (1, 2, 3)] == [True, True, False]


@pytest.mark.parametrize("written", ["20.11.2026", "2026-11-20", "20/11/2026", " 20.11.26 "])
def test_a_day_may_be_written_as_words(written: str) -> None:
    [row] = read_form(filled(("B6", written))).rows
    assert row.day("day", str) == date(2026, 11, 20)


@pytest.mark.parametrize(("written", "number"), [("1 234", 1234), (30.0, 30), ("30", 30), ("1\xa0234", 1234)])
def test_a_number_may_be_written_with_spaces(written: object, number: int) -> None:
    [row] = read_form(filled(("C6", written))).rows
    assert row.number("voted", str) == number


@pytest.mark.parametrize("written", [-1, 2.5, "көп", True, "9999999999"])
def test_every_bad_cell_is_noted_with_its_place(written: object) -> None:
    [row] = read_form(filled(("C6", written), ("B6", "кечээ"))).rows
    assert row.number("voted", lambda found: f"? {found}") == 0
    assert row.day("day", lambda found: f"? {found}") is None
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
