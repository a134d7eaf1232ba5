"""A CSV file as spreadsheet programs save it, taken apart into numbered rows."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.text import shortened

_LONGEST_QUOTE = 40
_NOT_UTF8 = (
    "The file is not in UTF-8: line {line} cannot be read."
    ' In a spreadsheet program save it anew as "CSV UTF-8"'
    ' (LibreOffice: "Text CSV", character set "Unicode (UTF-8)").'
)
_WRONG_LENGTH = (
    ": expected {expected} cells as in the heading, found {found};"
    ' a name that contains the separator must stand in "quotation marks"'
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` is the one a spreadsheet shows beside it, the heading being row 1."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Flaw:
    """What is wrong in one row, and what is expected there."""

    row: int
    words: str

    def __str__(self) -> str:
        return f"row {self.row}{self.words}"


class ImportRefused(Exception):
    """A file that was not imported, with everything that is wrong in it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def in_cell(row: Row, column: str, expected: str) -> Flaw:
    """A flaw of one cell; the wrong content is quoted, for it may look right in the spreadsheet."""
    content = row.cells[column]
    found = f'found "{shortened(content, _LONGEST_QUOTE)}"' if content else "the cell is empty"
    return Flaw(row.number, f", column {column}: expected {expected}; {found}")


def read_rows(content: bytes, columns: Sequence[str]) -> tuple[list[Row], list[Flaw]]:
    """The rows that have as many cells as the heading, and the flaws of those that have not."""
    heading, *records = _records(_decoded(content))
    names = [" ".join(name.split()).lower() for name in heading]
    _check_heading(names, columns)
    rows: list[Row] = []
    flaws: list[Flaw] = []
    for number, record in enumerate(records, start=2):
        # A line break or a hard space inside a cell is an accident of typing.
        cells = [" ".join(cell.split()) for cell in record]
        if len(cells) == len(names):
            rows.append(Row(number, dict(zip(names, cells, strict=True))))
        elif any(cells):
            flaws.append(Flaw(number, _WRONG_LENGTH.format(found=len(cells), expected=len(names))))
    rows = [row for row in rows if any(row.cells.values())]
    if not rows and not flaws:
        raise ImportRefused(["The file has a heading and no rows."])
    return rows, flaws


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ImportRefused([_NOT_UTF8.format(line=line)]) from error
    if not text.strip():
        raise ImportRefused(
            ["The file is empty: expected a heading with the names of the columns, then rows."]
        )
    return text


def _records(text: str) -> list[list[str]]:
    heading = text.partition("\n")[0]
    separator = ";" if heading.count(";") > heading.count(",") else ","
    # newline="" leaves the ends of lines to the reader, who knows which of them stand inside a cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records: list[list[str]] = []
    try:
        for record in reader:
            records.append(record)  # noqa: PERF402  # how far it came is told when it stops
    except csv.Error as error:
        raise ImportRefused(
            [f"row {len(records) + 1}: the quotation marks are not in order ({error})"]
        ) from error
    return records


def _check_heading(names: Sequence[str], columns: Sequence[str]) -> None:
    missing = [f'column "{name}" is missing' for name in columns if name not in names]
    unknown = [f'column "{name}" is not known' for name in dict.fromkeys(names) if name not in columns]
    doubled = [f'column "{name}" stands in the heading twice' for name in columns if names.count(name) > 1]
    if missing or unknown or doubled:
        expected = f"expected columns, in any order: {', '.join(columns)}"
        raise ImportRefused([*missing, *unknown, *doubled, expected])
