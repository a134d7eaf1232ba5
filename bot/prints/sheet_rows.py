"""The rows of a sheet as they stand in the file, each with its number, and counted.

Not openpyxl's own rows: it makes up a row for every number that is left out, and stops where the file says
that it ends, which is not always true.
"""

from collections.abc import Iterator
from typing import Any

from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser

from bot.domain.refusals import FileTooLarge

# The last row and column that Excel has.
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
# Empty ones, too. Some programs write those that only have a border.
MOST_ROWS = 20_000
MOST_CELLS = 500_000
# Excel takes no more into one cell; all of a plan's thousand measures have two million.
LONGEST_CELL = 32_767
MOST_LETTERS = 5_000_000

Row = dict[int, Any]


def rows_of(sheet: ReadOnlyWorksheet) -> Iterator[tuple[int, Row]]:
    """Each row's number and its cells in which something stands, by the number of their columns.

    Raises `FileTooLarge`, and whatever openpyxl raises when the file is broken.
    """
    rows = cells = letters = 0
    for number, found in _parsed(sheet):
        rows, cells = rows + 1, cells + len(found)
        row = {each["column"]: each["value"] for each in found if not _is_blank(each["value"])}
        letters += sum(_length(value) for value in row.values())
        if rows > MOST_ROWS or cells > MOST_CELLS or letters > MOST_LETTERS:
            raise FileTooLarge
        if not 0 < number <= LAST_ROW or max(row, default=1) > LAST_COLUMN:
            raise FileTooLarge
        yield number, row


def _parsed(sheet: ReadOnlyWorksheet) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    book = sheet.parent
    with sheet._get_source() as source:  # noqa: SLF001  # as openpyxl's own rows do
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,  # noqa: SLF001
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        )
        yield from parser.parse()


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _length(value: Any) -> int:
    length = len(value) if isinstance(value, str) else 1
    if length > LONGEST_CELL:
        raise FileTooLarge
    return length
