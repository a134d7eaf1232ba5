"""A spreadsheet given out to be filled in, and read when it comes back.

Above the table stand two hidden rows that a program reads: what the form is for, and a key for each column;
so a form is understood in whichever language it was given out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from bot.domain.refusals import DateNotUnderstood, FileTooLarge, NotThisForm, TimeNotAsked
from bot.domain.spreadsheet_safety import (
    CellFlaw,
    clean,
)
from bot.domain.text import shortened
from bot.prints.packed import MOST_BYTES as MOST_BYTES, repacked
from bot.prints.sheet_rows import Row, rows_of
from bot.prints.spreadsheets import A4, AS_WRITTEN, Cell, row_height

# In which something stands.
MOST_ROWS = 1000
# Nobody corrects more; and only a file that is made for it has them.
MOST_FLAWS = 5000
# A wrong cell may hold pages; so much of what is said about it fits a message with others.
LONGEST_FLAW = 200
MOST_COLUMNS = 300
_MARK_ROW, _KEY_ROW, _TITLE_ROW, _NOTE_ROW, _HEADER_ROW = range(5)
_LISTS = "lists"


@dataclass(frozen=True, slots=True)
class Field:
    """A column: the key by which it is read, its heading, its width in characters, what may stand in it."""

    key: str
    title: str
    width: int
    choices: Sequence[str] = ()
    hint: str = ""
    is_number: bool = False
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """`mark` says what the form is for, as `tally:17`; `rows` are filled in beforehand."""

    mark: str
    name: str
    title: str
    note: str
    fields: Sequence[Field]
    rows: Sequence[Sequence[Cell]] = ()
    empty_rows: int = 0


def form(*given: Form) -> bytes:
    """The forms as sheets of one XLSX file, with lists to choose from and with checks in the cells."""
    content = BytesIO()
    with Workbook(content, AS_WRITTEN) as book:
        sheets = [book.add_worksheet(each.name[:31]) for each in given]
        for number, (sheet, each) in enumerate(zip(sheets, given, strict=True)):
            lists = book.add_worksheet(f"{_LISTS}{number or ''}")
            lists.hide()
            _write_form(book, sheet, lists, each)
    return content.getvalue()


def _write_form(book: Workbook, sheet: Worksheet, lists: Worksheet, given: Form) -> None:
    _write_heading(book, sheet, given)
    last = _HEADER_ROW + len(given.rows) + given.empty_rows
    for column, each in enumerate(given.fields):
        sheet.write_string(_KEY_ROW, column, each.key)
        _validate(sheet, lists, column, each, last)
    _write_cells(book, sheet, given, last)
    sheet.freeze_panes(_HEADER_ROW + 1, 1)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_heading(book: Workbook, sheet: Worksheet, given: Form) -> None:
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCEBEF", "border": 1}
    )
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(_MARK_ROW, 0, given.mark)
    for row in (_MARK_ROW, _KEY_ROW):
        sheet.set_row(row, None, None, {"hidden": True})
    sheet.write_string(_TITLE_ROW, 0, clean(given.title), book.add_format({"bold": True, "font_size": 14}))
    across = min(len(given.fields), 8) - 1
    sheet.merge_range(_NOTE_ROW, 0, _NOTE_ROW, across, "", wrapped)
    sheet.write_string(_NOTE_ROW, 0, clean(given.note), wrapped)
    widths = [each.width for each in given.fields]
    sheet.set_row(_NOTE_ROW, row_height([(given.note, sum(widths[: across + 1]))]))
    sheet.set_row(_HEADER_ROW, row_height([(each.title, each.width) for each in given.fields]))
    for column, each in enumerate(given.fields):
        sheet.write_string(_HEADER_ROW, column, clean(each.title), head)
        sheet.set_column(column, column, each.width)


def _validate(sheet: Worksheet, lists: Worksheet, column: int, of: Field, last: int) -> None:
    """A list to choose from, a whole number, or a day; a hint shows when the cell is entered."""
    rule: dict[str, Any] = {"validate": "any"}
    if of.choices:
        for row, choice in enumerate(of.choices):
            lists.write_string(row, column, clean(choice))
        letter = get_column_letter(column + 1)
        source = f"={lists.name}!${letter}$1:${letter}${len(of.choices)}"
        rule = {"validate": "list", "source": source}
    elif of.is_number:
        rule = {"validate": "integer", "criteria": ">=", "value": 0}
    elif of.is_day:
        rule = {"validate": "date", "criteria": ">", "value": date(2020, 1, 1)}
    if of.hint:
        rule |= {"input_title": of.title[:32], "input_message": of.hint[:255]}
    if rule != {"validate": "any"}:
        sheet.data_validation(_HEADER_ROW + 1, column, max(last, _HEADER_ROW + 1), column, rule)


def _write_cells(book: Workbook, sheet: Worksheet, given: Form, last: int) -> None:
    words = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "align": "left", "border": 1})
    for row in range(_HEADER_ROW + 1, last + 1):
        cells = given.rows[row - _HEADER_ROW - 1] if row - _HEADER_ROW <= len(given.rows) else ()
        for column, of in enumerate(given.fields):
            cell = cells[column] if column < len(cells) else ""
            look = day if of.is_day else words
            if isinstance(cell, date):
                sheet.write_datetime(row, column, datetime.combine(cell, time()), look)
            elif isinstance(cell, int | float):
                sheet.write_number(row, column, cell, look)
            elif cell:
                sheet.write_string(row, column, clean(cell), look)
            else:
                sheet.write_blank(row, column, None, look)


@dataclass(slots=True)
class FilledRow:
    """A row that somebody filled in. Reading a cell notes what is wrong with it, and goes on."""

    row: int
    cells: Mapping[str, Any]
    letters: Mapping[str, str]
    flaws: list[CellFlaw] = field(default_factory=list)
    # Its sheet, where the file has several.
    sheet: str = ""

    def flaw(self, key: str, words: str) -> None:
        words = shortened(words, LONGEST_FLAW)
        self.flaws.append(CellFlaw(self.row, self.letters.get(key, ""), words, self.sheet))

    def text(self, key: str) -> str:
        value = self.cells.get(key)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else " ".join(str(value).split())

    def number(self, key: str, flaw: Callable[[str], str], empty: int | None = None) -> int:
        """A whole number from 0 on; `flaw` words what was found instead. 0 beside a flaw."""
        value = self.cells.get(key)
        written = self.text(key).replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
        if not written and empty is not None:
            return empty
        if isinstance(value, bool) or not written.isdecimal() or len(written) > 9:
            self.flaw(key, flaw(self.text(key)))
            return 0
        return int(written)

    def day(self, key: str, flaw: Callable[[str], str], read: Callable[[str], date]) -> date | None:
        """`read` reads what was written as words. None beside a flaw."""
        value = self.cells.get(key)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return read(self.text(key))
        except (DateNotUnderstood, TimeNotAsked):
            self.flaw(key, flaw(self.text(key)))
            return None


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that came back; rows in which nothing stands are left out."""

    mark: str
    keys: Sequence[str]
    rows: Sequence[FilledRow]


def read_form(content: bytes) -> Filled:
    """The only or first sheet of a form. Raises as `read_forms` does."""
    return read_forms(content, 1)[0]


def read_forms(content: bytes, sheets: int) -> list[Filled]:
    """What stands in the cells is judged by whoever asked for it.

    Raises `NotThisForm`, `FileNotOpened` or `FileTooLarge`, and anything for a broken file; one that is made
    for it keeps this busy for ever. So it is called in a process of its own, by `read_apart`.
    """
    with catch_warnings():
        # Of what openpyxl does not know, such as a new kind of colour scale.
        simplefilter("ignore")
        book = load_workbook(repacked(content), read_only=True, data_only=True)
        return [_read_sheet(each, is_one_of_several=sheets > 1) for each in book.worksheets[:sheets]]


def _read_sheet(sheet: ReadOnlyWorksheet, *, is_one_of_several: bool) -> Filled:
    lines = dict(rows_of(sheet))
    mark, keys = _mark_and_keys(lines)
    filled = [
        number
        for number, cells in lines.items()
        if number > _HEADER_ROW + 1 and not keys.keys().isdisjoint(cells)
    ]
    if len(filled) > MOST_ROWS:
        raise FileTooLarge
    letters = {key: get_column_letter(column) for column, key in keys.items()}
    own_sheet = str(sheet.title) if is_one_of_several else ""
    rows = [
        FilledRow(number, _by_key(lines[number], keys), letters, sheet=own_sheet) for number in sorted(filled)
    ]
    return Filled(mark, list(keys.values()), rows)


def _mark_and_keys(lines: Mapping[int, Row]) -> tuple[str, dict[int, str]]:
    """What stands in the hidden rows."""
    mark = lines.get(_MARK_ROW + 1, {}).get(1)
    keys = lines.get(_KEY_ROW + 1, {})
    if not isinstance(mark, str) or not keys:
        raise NotThisForm
    return mark, {column: str(key) for column, key in sorted(keys.items()) if column <= MOST_COLUMNS}


def _by_key(cells: Row, keys: Mapping[int, str]) -> dict[str, Any]:
    return {key: cells.get(column) for column, key in keys.items()}


def require_few(flaws: list[CellFlaw]) -> list[CellFlaw]:
    """All of them are told, so they must not be too many to be read."""
    if len(flaws) > MOST_FLAWS:
        raise FileTooLarge
    return flaws
