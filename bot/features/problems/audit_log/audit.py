"""The journal for the operator: as a table on the screen, and as a file for a spreadsheet."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.db.queries import find_municipality_id
from bot.db.session import Database
from bot.domain.spreadsheet_safety import clean
from bot.domain.text import shortened
from bot.features.problems import card_texts as cards
from bot.features.problems.audit_log import queries, texts
from bot.features.problems.audit_log.acts_texts import act_words
from bot.features.problems.audit_log.queries import Entry
from bot.features.problems.erasure_queries import REMOVED
from bot.i18n import speaking
from bot.prints.spreadsheets import comma_separated

HEADER = ("at", "municipality", "problem", "who", "act", "what", "before", "after", "details")
# Columns of the table on the screen, by their places in the header, and the most letters of each.
_SHOWN = ((0, 16), (1, 16), (2, 7), (3, 24), (4, 20), (6, 30), (7, 30))
Row = tuple[str, ...]


class NoSuchPlace(Exception):
    """There is no such municipality."""


async def list_rows(
    database: Database,
    language: str,
    *,
    municipality: str | None = None,
    problem: int | None = None,
    since: datetime | None = None,
) -> list[Row]:
    async with database.read() as db:
        place = await find_municipality_id(db, municipality) if municipality else None
        if municipality and place is None:
            raise NoSuchPlace(municipality)
        entries = await queries.list_entries(db, place, problem, since)
    with speaking(language):
        return [_row(entry) for entry in entries]


def _row(entry: Entry) -> Row:
    rest = {key: value for key, value in entry.details.items() if key not in {"before", "after", REMOVED}}
    before, after = (_told(entry, key) for key in ("before", "after"))
    return (
        texts.stamp(entry.at),
        entry.municipality or "",
        str(entry.problem or ""),
        texts.who(entry),
        entry.act,
        act_words(entry.act),
        before,
        after,
        json.dumps(rest, ensure_ascii=False) if rest else "",
    )


def _told(entry: Entry, key: str) -> str:
    if texts.is_removed(entry):
        return cards.removed()
    return texts.told(entry.details[key]) if key in entry.details else ""


def as_table(rows: Sequence[Row]) -> str:
    """Shortened, so that a line is a line; the file has everything."""
    shown = [HEADER, *rows]
    cells = [[shortened(clean(row[place]), most) for place, most in _SHOWN] for row in shown]
    widths = [max(len(row[column]) for row in cells) for column in range(len(_SHOWN))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
    return "\n".join(line.rstrip() for line in lines)


def as_csv(rows: Sequence[Row]) -> bytes:
    return comma_separated([HEADER, *rows])
