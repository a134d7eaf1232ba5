"""The spreadsheet of sheets as it is given out; `form.py` reads it when it comes back."""

from typing import Any

from bot.domain.gathering import Line, Method, People
from bot.domain.text import shortened
from bot.domain.vote import Vote
from bot.features.problems.public import line_text
from bot.features.votes import gathering_texts as cards
from bot.features.votes.paper_votes import form_texts as texts
from bot.features.votes.paper_votes.form import key_of, mark_of
from bot.i18n import named
from bot.prints.forms import Field, Form, form

EMPTY_ROWS = 40
# Of a problem, above its column.
HEADING_LETTERS = 90


def sheet_form(vote: Vote) -> bytes:
    """In the language spoken now; both are understood when it comes back."""
    return form(
        Form(
            mark=mark_of(vote.round_id),
            name=texts.name(),
            title=texts.title(vote),
            note=texts.note(vote),
            fields=_fields(vote),
            empty_rows=EMPTY_ROWS,
        )
    )


def _fields(vote: Vote) -> list[Field]:
    def column(line: Line, width: int, **more: Any) -> Field:
        return Field(line.value, texts.column(line), width, **more)

    villages = [named(name) for name in vote.villages.values()]
    return [
        column(Line.BATCH, 10),
        column(Line.VILLAGE, 18, choices=villages),
        column(Line.DAY, 12, is_day=True, hint=texts.day_hint()),
        column(Line.PLACE, 20),
        column(Line.PEOPLE, 14, choices=[cards.people(each) for each in People]),
        column(Line.METHOD, 18, choices=[cards.method(each) for each in Method]),
        column(Line.WOMEN, 11, is_number=True),
        column(Line.MEN, 11, is_number=True),
        column(Line.VOTED, 9, is_number=True, hint=texts.voted_hint()),
        column(Line.ALREADY, 13, is_number=True),
        column(Line.FIRST, 20),
        column(Line.SECOND, 20),
        *(
            Field(
                key_of(problem_id),
                shortened(f"№{problem.number} {line_text(problem)}", HEADING_LETTERS),
                14,
                is_number=True,
                hint=texts.votes_hint(),
            )
            for problem_id, problem in vote.problems.items()
        ),
    ]
