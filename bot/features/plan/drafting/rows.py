"""Rows of a table become problems and measures, whichever kind of file they came from.

A row is a measure. What says something of its problem is written once: where a row leaves it empty, or
repeats what stands above, as merged cells do, it belongs to the same problem.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz

from bot.data import date_words, plan_words
from bot.domain.cell_words import read_funding, read_som, read_term
from bot.domain.places import Village
from bot.domain.plan import (
    COLUMN_OF,
    COLUMNS,
    OF_MEASURE,
    OF_PROBLEM,
    Column,
    Funding,
    Kind,
    Measure,
    Part,
    PlannedProblem,
    PlanText,
)
from bot.domain.spreadsheet_safety import CellFlaw
from bot.domain.text_folding import fold
from bot.features.plan.drafting import form_texts as texts
from bot.prints import form_texts as cards
from bot.prints.forms import FilledRow

# Two names are the same from this likeness on, of 100: a letter or two may be wrong.
ALIKE = 86
_NUMBERS = re.compile(r"\d+")
_BETWEEN = re.compile(r"[,;\n]")


@dataclass(frozen=True, slots=True)
class Known:
    """What a plan of this municipality may speak of.

    `topics` are the names of each direction by its number, in both languages, long and short; `reported`
    the numbers of public problems; `before` the versions that a file may amend.
    """

    topics: Mapping[int, Sequence[str]]
    villages: Sequence[Village]
    reported: Collection[int] = ()
    before: Sequence[PlanText] = ()


@dataclass(slots=True)
class _Reading:
    known: Known
    years: tuple[int, int]
    # What a bare number in the columns of money is counted in.
    unit: int
    problems: list[PlannedProblem] = field(default_factory=list)
    flaws: list[CellFlaw] = field(default_factory=list)
    direction: str = ""
    # Numbers that were given to a row, and to which.
    measures: dict[int, int] = field(default_factory=dict)
    numbers: set[int] = field(default_factory=set)


def read_rows(
    rows: Iterable[FilledRow], known: Known, years: tuple[int, int], unit: int = 1
) -> tuple[tuple[PlannedProblem, ...], list[CellFlaw]]:
    """The problems with their measures, and everything that is wrong. What is new has the number 0."""
    # A plan for other years has numbers of its own, whatever was copied into it.
    before = [text for text in known.before if (text.first_year, text.last_year) == years]
    reading = _Reading(replace(known, before=before), years, unit)
    above: FilledRow | None = None
    for row in rows:
        _check_lengths(row)
        if _begins_problem(row, above):
            reading.problems.append(_problem(reading, row))
            above = row
        elif not reading.problems:
            row.flaw(Part.PROBLEM, texts.no_problem_yet())
        measure = _measure(reading, row)
        if reading.problems:
            last = reading.problems[-1]
            reading.problems[-1] = replace(last, measures=(*last.measures, measure))
        reading.flaws += row.flaws
    return tuple(reading.problems), reading.flaws


def _begins_problem(row: FilledRow, above: FilledRow | None) -> bool:
    if not row.text(Part.PROBLEM):
        return False
    return above is None or any(
        own and own != fold(above.text(part))
        for part in (Part.PROBLEM, Part.DIRECTION, Part.PROBLEM_NUMBER)
        if (own := fold(row.text(part)))
    )


def _check_lengths(row: FilledRow) -> None:
    for each in COLUMNS:
        if each.longest and len(row.text(each.part)) > each.longest:
            row.flaw(each.part, cards.too_long(each.longest))


def _problem(reading: _Reading, row: FilledRow) -> PlannedProblem:
    return PlannedProblem(
        number=_problem_number(reading, row),
        topic_id=_direction(reading, row),
        villages=_villages(reading, row),
        reported=_reported(reading, row),
        **_plain(reading, row, OF_PROBLEM),
    )


def _plain(reading: _Reading, row: FilledRow, columns: Iterable[Column]) -> dict[str, Any]:
    """What needs no reading of its own, by field."""
    return {
        each.field: _som(reading, row, each.part) if each.kind is Kind.SUM else row.text(each.part)
        for each in columns
        if each.kind is not Kind.OWN
    }


def _problem_number(reading: _Reading, row: FilledRow) -> int:
    """What the row says, or that of the same words before; 0 for what is new."""
    written = row.text(Part.PROBLEM_NUMBER)
    before = [problem for text in reading.known.before for problem in text.problems]
    if written and before:
        number = int(written[:9]) if written.isdecimal() else 0
        if number not in {each.number for each in before}:
            row.flaw(Part.PROBLEM_NUMBER, texts.unknown_problem_number(written))
    else:
        same = (each.number for each in before if fold(each.title) == fold(row.text(Part.PROBLEM)))
        number = next((each for each in same if each not in reading.numbers), 0)
    if number in reading.numbers:
        return 0
    reading.numbers.add(number)
    return number


def _direction(reading: _Reading, row: FilledRow) -> int:
    """A direction that is not written again is that of the problem above."""
    written = reading.direction = row.text(Part.DIRECTION) or reading.direction
    if not written:
        row.flaw(Part.DIRECTION, cards.missing())
        return 0
    found = find_direction(written, reading.known.topics)
    if found is None:
        row.flaw(Part.DIRECTION, texts.no_direction(written))
    return found or 0


def find_direction(written: str, topics: Mapping[int, Sequence[str]]) -> int | None:
    """By its name in either language, by its number, or by a name that is much the same."""
    words = fold(_NUMBERS.sub(" ", written))
    names = {fold(name): number for number, each in topics.items() for name in each}
    if words in names:
        return names[words]
    numbers = [int(each[:9]) for each in _NUMBERS.findall(written)]
    if len(numbers) == 1 and numbers[0] in topics:
        return numbers[0]
    return _like(words, names)


def _like(words: str, names: Mapping[str, int]) -> int | None:
    likeness, found = max(((fuzz.ratio(words, name), of) for name, of in names.items()), default=(0.0, 0))
    return found if likeness >= ALIKE else None


def _villages(reading: _Reading, row: FilledRow) -> tuple[int, ...]:
    names = {fold(name): each.id for each in reading.known.villages for name in (each.name.ky, each.name.ru)}
    found = set()
    for written in _BETWEEN.split(row.text(Part.VILLAGES)):
        if not written.strip():
            continue
        village = names.get(fold(written)) or _like(fold(written), names)
        if village is None:
            row.flaw(Part.VILLAGES, texts.no_villages(written.strip()))
        else:
            found.add(village)
    return tuple(sorted(found))


def _reported(reading: _Reading, row: FilledRow) -> tuple[int, ...]:
    numbers = [int(each[:9]) for each in _NUMBERS.findall(row.text(Part.REPORTED))]
    for number in numbers:
        if number not in reading.known.reported:
            row.flaw(Part.REPORTED, texts.no_reported(str(number)))
    return tuple(dict.fromkeys(numbers))


def _measure(reading: _Reading, row: FilledRow) -> Measure:
    if not row.text(Part.MEASURE):
        row.flaw(Part.MEASURE, texts.measure_missing())
    source = row.text(Part.FUNDING)
    measure = Measure(
        number=_number(reading, row),
        funding=_source(source),
        funding_words=source,
        **_plain(reading, row, OF_MEASURE),
    )
    return _with_term(reading, row, measure)


def _with_term(reading: _Reading, row: FilledRow, measure: Measure) -> Measure:
    value = row.cells.get(Part.TERM)
    written = f"{value:%d.%m.%Y}" if isinstance(value, datetime) else row.text(Part.TERM)
    if not written:
        return measure
    words, (first, last) = plan_words(), reading.years
    due_on = read_term(written, date_words(), words.months, words.quarters)
    if due_on is None:
        row.flaw(Part.TERM, texts.no_term(written))
    elif not first <= due_on.year <= last:
        row.flaw(Part.TERM, texts.term_outside(written, first, last))
    return replace(measure, term=written, due_on=due_on)


def _som(reading: _Reading, row: FilledRow, part: Part) -> int | None:
    """None where nothing or only a dash stands."""
    value, written = row.cells.get(part), row.text(part)
    if not written.strip("-\N{EN DASH}\N{EM DASH} "):
        return None
    words = plan_words()
    found = None
    if not isinstance(value, bool):
        found = read_som(written, words.thousands, words.millions, unit=reading.unit)
    if found is None:
        row.flaw(part, texts.no_sum(written))
    return found


def _number(reading: _Reading, row: FilledRow) -> int:
    """What the row says, or that of the same words before; 0 for what is new."""
    written = row.text(Part.NUMBER)
    before = {each.number: each for text in reading.known.before for _problem, each in text.measures()}
    if written and before:
        number = int(written[:9]) if written.isdecimal() else 0
        if number not in before:
            row.flaw(Part.NUMBER, texts.unknown_number(written))
            return 0
        if number in reading.measures:
            row.flaw(Part.NUMBER, texts.repeated_number(reading.measures[number]))
    else:
        title = fold(row.text(Part.MEASURE))
        same = (key for key, each in before.items() if title and fold(each.title) == title)
        number = next((each for each in same if each not in reading.measures), 0)
    if number:
        reading.measures.setdefault(number, row.row)
    return number


def edit_cell(
    problem: PlannedProblem, measure: Measure, part: Part, typed: str, years: tuple[int, int]
) -> tuple[PlannedProblem, Measure, str]:
    """Both with one part as it was typed, judged like a cell; and what is wrong with it, if anything."""
    row = FilledRow(1, {part: typed}, {})
    reading = _Reading(Known({}, ()), years, 1)
    _check_lengths(row)
    column, words = COLUMN_OF[part], row.text(part)
    if part is Part.MEASURE and not words:
        row.flaw(part, texts.measure_missing())
    if part is Part.TERM:
        measure = _with_term(reading, row, replace(measure, term="", due_on=None))
    elif part is Part.FUNDING:
        measure = replace(measure, funding=_source(words), funding_words=words)
    elif column in OF_PROBLEM:
        problem = replace(problem, **_plain(reading, row, [column]))
    else:
        measure = replace(measure, **_plain(reading, row, [column]))
    return problem, measure, row.flaws[0].words if row.flaws else ""


def _source(words: str) -> Funding:
    return read_funding(words, {Funding(key): stems for key, stems in plan_words().funding.items()})
