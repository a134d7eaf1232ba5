"""The tables of a Word document as rows of words, each cell as often as it spans.

Not python-docx's own cells: for a cell that goes on from above it climbs up row by row, and it believes any
number of columns.
"""

from collections.abc import Iterator, Mapping

from docx.document import Document
from docx.oxml.table import CT_Row, CT_Tc
from docx.table import Table, _Cell

from bot.domain.refusals import FileTooLarge
from bot.domain.spreadsheet_safety import clean

# Word itself takes no more than 63 columns and 32,767 rows.
MOST_COLUMNS = 63
MOST_ROWS = 5000
MOST_CELLS = 100_000
MOST_LETTERS = 5_000_000

Words = list[list[str]]


def tables_of(document: Document) -> Iterator[Words]:
    """Raises `FileTooLarge` once all tables together have more rows, cells or letters than any plan."""
    rows = cells = letters = 0
    for table in document.tables:
        found: Words = []
        above: dict[int, str] = {}
        for row in table._tbl.tr_lst:  # noqa: SLF001  # a table's own rows climb
            above = _cells(table, row, above)
            found.append(list(above.values()))
            rows, cells = rows + 1, cells + len(above)
            letters += sum(map(len, above.values()))
            if rows > MOST_ROWS or cells > MOST_CELLS or letters > MOST_LETTERS:
                raise FileTooLarge
        yield found


def _cells(table: Table, row: CT_Row, above: Mapping[int, str]) -> dict[int, str]:
    """By column. What goes on from above is read as if its words stood here again."""
    cells: dict[int, str] = {}
    column = row.grid_before
    for each in row.tc_lst:
        span = each.grid_span
        if not 0 < span <= MOST_COLUMNS or not 0 <= column + span <= MOST_COLUMNS:
            raise FileTooLarge
        goes_on = each.vMerge == "continue" and column in above
        words = above[column] if goes_on else _words(table, each)
        cells.update(dict.fromkeys(range(column, column + span), words))
        column += span
    return cells


def _words(table: Table, cell: CT_Tc) -> str:
    return " ".join(clean(_Cell(cell, table).text).split())
