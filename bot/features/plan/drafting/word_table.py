"""A plan as offices have it: one table of a Word document, its columns found by their headings.

A cell that spans several rows or columns is read as if its words stood in each of them. A row whose
cells are all one is the name of a direction.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docx import Document
from docx.document import Document as DocumentFile
from rapidfuzz import fuzz

from bot.data import plan_words
from bot.domain.plan import FIRST_YEAR, LAST_YEAR, MOST_MEASURES, Part, PlanText
from bot.domain.refusals import FileTooLarge, NotThisForm
from bot.domain.spreadsheet_safety import (
    CellFlaw,
    clean,
)
from bot.domain.text import shortened
from bot.domain.text_folding import fold
from bot.features.plan import plan_texts as plans
from bot.features.plan.drafting import form_texts as texts
from bot.features.plan.drafting.form import ReadPlan
from bot.features.plan.drafting.rows import Known, read_rows
from bot.i18n import speaking
from bot.prints.forms import FilledRow, require_few
from bot.prints.packed import repacked
from bot.prints.word_tables import tables_of

# A heading is the word it looks like from this likeness on, of 100.
ALIKE = 80
# A table of a plan has at least these; its headings stand among the first rows.
_NEEDED = frozenset({Part.PROBLEM, Part.MEASURE})
_ROWS_WITH_HEADINGS = 6
_YEARS = re.compile(r"(20\d\d)\s*[-\N{EN DASH}\N{EM DASH}]\s*(20\d\d)")
_ONE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_KYRGYZ_LETTERS = frozenset("\u04e9\u04af\u04a3")


@dataclass(frozen=True, slots=True)
class Understood:
    """A plan that was read, and each column's heading with what it was taken for; None for nothing."""

    read: ReadPlan
    columns: Sequence[tuple[str, Part | None]]

    @property
    def flaws(self) -> Sequence[CellFlaw]:
        return self.read.flaws

    @property
    def is_empty(self) -> bool:
        return self.read.is_empty


@dataclass(frozen=True, slots=True)
class _Headings:
    row: int
    words: Sequence[str]
    parts: Mapping[int, Part]


def read_word_plan(content: bytes, known: Known, language: str) -> Understood:
    """Called by `read_apart`. Raises `NotThisForm` when no table has a column of problems and of measures."""
    with speaking(language):
        return _read_word_plan(content, known)


def _read_word_plan(content: bytes, known: Known) -> Understood:
    document = Document(repacked(content))
    for cells in tables_of(document):
        headings = _find_headings(cells)
        if headings:
            if len(cells) - headings.row > MOST_MEASURES:
                raise FileTooLarge
            return _read(document, cells, headings, known)
    raise NotThisForm


def _find_headings(cells: Sequence[Sequence[str]]) -> _Headings | None:
    """The row in which most columns are known."""
    candidates = [
        _Headings(number, row, _parts(row)) for number, row in enumerate(cells[:_ROWS_WITH_HEADINGS])
    ]
    best = max(candidates, key=lambda each: len(each.parts), default=None)
    return best if best and set(best.parts.values()) >= _NEEDED else None


def _parts(row: Sequence[str]) -> dict[int, Part]:
    """What each column holds, the most alike first; no part twice."""
    rated = sorted(
        (
            (_likeness(words, names), column, Part(key))
            for column, words in enumerate(row)
            if words
            for key, names in plan_words().headings.items()
        ),
        key=lambda each: (-each[0], each[1]),
    )
    found: dict[int, Part] = {}
    for likeness, column, part in rated:
        if likeness >= ALIKE and column not in found and part not in found.values():
            found[column] = part
    return found


def _likeness(words: str, names: Sequence[str]) -> float:
    """Of a heading to the nearest of these names; what stands in brackets, as a unit, is left out."""
    bare = fold(re.sub(r"\([^)]*\)", " ", words))
    short = fold(re.split(r"[,(]", words)[0])
    return max((max(fuzz.ratio(bare, name), fuzz.ratio(short, name)) for name in names), default=0.0)


def _read(
    document: DocumentFile, cells: Sequence[Sequence[str]], headings: _Headings, known: Known
) -> Understood:
    above = " ".join(clean(each.text) for each in document.paragraphs)
    years = _years(above)
    rows = _filled(cells, headings)
    cost = next((headings.words[at] for at, part in headings.parts.items() if part is Part.COST), "")
    unit = 1000 if any(word.startswith(plan_words().thousands) for word in fold(cost).split()) else 1
    problems, flaws = read_rows(rows, known, years or (FIRST_YEAR, LAST_YEAR), unit)
    if not problems and not flaws:
        flaws = [CellFlaw(headings.row + 1, "", texts.no_measures())]
    if years is None:
        flaws = [CellFlaw(1, "", texts.no_years_above()), *flaws]
    first, last = years or (FIRST_YEAR, FIRST_YEAR)
    language = _language(" ".join(words for row in cells for words in row))
    with speaking(language):
        text = PlanText(plans.usual_name(), language, first, last, problems)
    columns = [(words, headings.parts.get(column)) for column, words in enumerate(headings.words)]
    return Understood(ReadPlan(text, require_few(flaws)), columns)


def _years(words: str) -> tuple[int, int] | None:
    if found := _YEARS.search(words):
        first, last = int(found[1]), int(found[2])
        return (first, last) if first <= last else None
    years = {int(each) for each in _ONE_YEAR.findall(words)}
    return (min(years), max(years)) if len(years) == 1 else None


def _language(words: str) -> str:
    return "ky" if _KYRGYZ_LETTERS & set(words.lower()) else "ru"


def _filled(cells: Sequence[Sequence[str]], headings: _Headings) -> list[FilledRow]:
    # A cell is called by its heading and its row: “Term” 12.
    letters: dict[str, str] = {
        part: f"“{shortened(headings.words[at], 24)}” " for at, part in headings.parts.items()
    }
    found: list[FilledRow] = []
    direction = ""
    for number, row in enumerate(cells[headings.row + 1 :], headings.row + 2):
        words = {each for each in row if each}
        if not words or _repeats_headings(row, headings) or _is_numbering(row):
            continue
        if len(words) == 1 and len(row) > 2:
            direction = words.pop()
            continue
        values: dict[str, str] = {
            part: row[column] for column, part in headings.parts.items() if column < len(row)
        }
        if direction and not values.get(Part.DIRECTION):
            values[Part.DIRECTION] = direction
        found.append(FilledRow(number, values, letters))
    return found


def _repeats_headings(row: Sequence[str], headings: _Headings) -> bool:
    return all(words == headings.words[at] for at, words in enumerate(row) if at < len(headings.words))


def _is_numbering(row: Sequence[str]) -> bool:
    """A row of 1, 2, 3 below the headings."""
    return all(words.isdecimal() for words in row if words)
