"""The spreadsheet for many sheets at once, read whole; `blank_form.py` gives it out.

It is read in a process of its own, which starts without the database and without Telegram.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.data import date_words
from bot.domain.clock import BISHKEK
from bot.domain.dates import Asked, Facing, read_fixed_day
from bot.domain.gathering import (
    LONGEST_BATCH,
    LONGEST_WORDS,
    Line,
    Method,
    NewSheet,
    People,
    Tally,
    flaws,
    is_sheet_number,
)
from bot.domain.refusals import NotThisForm
from bot.domain.spreadsheet_safety import CellFlaw
from bot.domain.text_folding import fold
from bot.domain.vote import Vote
from bot.features.votes import gathering_texts as cards
from bot.features.votes.paper_votes import form_texts as texts
from bot.i18n import LANGUAGES, speaking
from bot.prints import form_texts as words
from bot.prints.forms import Filled, FilledRow, read_form, require_few

Chosen = TypeVar("Chosen", People, Method)


def mark_of(round_id: int) -> str:
    return f"bap:gatherings:{round_id}"


def key_of(problem_id: int) -> str:
    return f"p{problem_id}"


@dataclass(frozen=True, slots=True)
class ReadSheets:
    """The sheets of a filled spreadsheet with their rows, or everything that is wrong with it."""

    sheets: Sequence[NewSheet]
    rows: Sequence[FilledRow]
    flaws: Sequence[CellFlaw]

    @property
    def is_empty(self) -> bool:
        return not self.rows


def read_sheet_form(content: bytes, vote: Vote, today: date, language: str) -> ReadSheets:
    """Called by `read_apart`. Raises `NotThisForm`, also when it was given out for another vote."""
    with speaking(language):
        return _read_sheets(vote, read_form(content), today)


def _read_sheets(vote: Vote, filled: Filled, today: date) -> ReadSheets:
    if filled.mark != mark_of(vote.round_id) or not {each.value for each in Line} - {Line.VOTES} <= set(
        filled.keys
    ):
        raise NotThisForm
    read = [_read(vote, row, today) for row in filled.rows]
    _note_repeated(filled.rows)
    found = require_few(sorted(flaw for row in filled.rows for flaw in row.flaws))
    return ReadSheets([each for each in read if each], filled.rows, found)


def _read(vote: Vote, row: FilledRow, today: date) -> NewSheet | None:
    """Every cell is looked at, however many are wrong."""
    village_id = _village(vote, row)
    people = _choice(row, Line.PEOPLE, {each: _said(cards.people, each) for each in People})
    method = _choice(row, Line.METHOD, {each: _said(cards.method, each) for each in Method})
    asked = Asked(today, Facing.BEHIND, date_words())
    day = row.day(Line.DAY, words.no_day, lambda written: read_fixed_day(written, asked))
    batch = _batch(row)
    place, first, second = (_words(row, line) for line in (Line.PLACE, Line.FIRST, Line.SECOND))
    women, men, voted = (row.number(line, words.no_number) for line in (Line.WOMEN, Line.MEN, Line.VOTED))
    already = row.number(Line.ALREADY, words.no_number, empty=0)
    votes = {each: row.number(key_of(each), words.no_number, empty=0) for each in vote.problems}
    if row.flaws or village_id is None or people is None or method is None or day is None:
        return None
    tally = Tally(village_id, day, place, people, method, women, men, voted, already, first, second, votes)
    opened_on = vote.opened_at.astimezone(BISHKEK).date()
    for each in flaws(tally, vote.picks, opened_on, today):
        key = key_of(each.problem_id) if each.problem_id else each.line.value
        row.flaw(key, texts.flaw_words(vote, each))
    return NewSheet(batch, tally)


def _said(called: Callable[[Chosen], str], each: Chosen) -> set[str]:
    """What it is called in any language."""
    said = set()
    for language in LANGUAGES:
        with speaking(language):
            said.add(fold(called(each)))
    return said


def _choice(row: FilledRow, line: Line, choices: Mapping[Chosen, set[str]]) -> Chosen | None:
    written = row.text(line)
    if not written:
        row.flaw(line, words.missing())
        return None
    found = next((each for each, said in choices.items() if fold(written) in said), None)
    if found is None:
        row.flaw(line, texts.not_in_list(written))
    return found


def _village(vote: Vote, row: FilledRow) -> int | None:
    written = row.text(Line.VILLAGE)
    for village_id, name in vote.villages.items():
        if fold(written) in {fold(name.ky), fold(name.ru)}:
            return village_id
    row.flaw(Line.VILLAGE, words.no_village(written))
    return None


def _words(row: FilledRow, line: Line) -> str:
    written = row.text(line)
    if not written:
        row.flaw(line, words.missing())
    elif len(written) > LONGEST_WORDS:
        row.flaw(line, words.too_long(LONGEST_WORDS))
    return written


def _batch(row: FilledRow) -> str:
    written = row.text(Line.BATCH)
    if not written:
        row.flaw(Line.BATCH, words.missing())
    elif len(written) > LONGEST_BATCH:
        row.flaw(Line.BATCH, words.too_long(LONGEST_BATCH))
    elif not is_sheet_number(written):
        row.flaw(Line.BATCH, texts.bad_number())
    return written


def _note_repeated(rows: Sequence[FilledRow]) -> None:
    first: dict[str, int] = {}
    for row in rows:
        batch = row.text(Line.BATCH)
        if batch and first.setdefault(batch, row.row) != row.row:
            row.flaw(Line.BATCH, texts.repeated(first[batch]))
