"""The plan as a spreadsheet to fill in: given out empty, or with the plan that is to be amended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.places import Topic, Village
from bot.domain.plan import (
    COLUMNS,
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_TITLE,
    MOST_MEASURES,
    OF_MEASURE,
    OF_PROBLEM,
    Column,
    Measure,
    Part,
    PlannedProblem,
    PlanText,
)
from bot.domain.refusals import FileTooLarge, NotThisForm
from bot.domain.spreadsheet_safety import CellFlaw
from bot.domain.text_folding import fold
from bot.features.plan import plan_texts
from bot.features.plan.drafting import form_texts as texts
from bot.features.plan.drafting.rows import Known, read_rows
from bot.i18n import LANGUAGES, named, speaking
from bot.prints import form_texts as cards
from bot.prints.forms import Field, Filled, FilledRow, Form, form, read_forms, require_few
from bot.prints.spreadsheets import Cell
from bot.telegram.texts import own_language

LONGEST_PLAN = 10
EMPTY_ROWS = 60
TITLE, FIRST, LAST, LANGUAGE = "title", "first_year", "last_year", "language"


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan as a file tells it, or everything that is wrong with the file."""

    text: PlanText
    flaws: Sequence[CellFlaw]

    @property
    def is_empty(self) -> bool:
        return not self.text.problems


def plan_form(
    municipality_id: int,
    plan: PlanText,
    topics: Sequence[Topic],
    villages: Sequence[Village],
) -> bytes:
    """Both sheets; a plan without problems gives an empty table."""
    directions = [named(each.short) for each in topics]
    fields = [
        Field(
            each.part,
            plan_texts.part(each.part),
            each.width,
            choices=directions if each.part is Part.DIRECTION else (),
            hint=plan_texts.hint(each.part),
        )
        for each in COLUMNS
    ]
    table = Form(
        _mark(municipality_id, "measures"),
        texts.table_sheet(),
        texts.table_title(),
        texts.table_note(),
        fields,
        _rows(plan, {each.id: named(each.short) for each in topics}, villages),
        EMPTY_ROWS,
    )
    return form(_whole(municipality_id, plan), table)


def _whole(municipality_id: int, plan: PlanText) -> Form:
    fields = [
        Field(TITLE, texts.column_title(), 50),
        Field(FIRST, texts.column_first_year(), 14, is_number=True),
        Field(LAST, texts.column_last_year(), 14, is_number=True),
        Field(LANGUAGE, texts.column_language(), 16, choices=[_language(each) for each in LANGUAGES]),
    ]
    row: list[Cell] = [plan.title, plan.first_year, plan.last_year, _language(plan.language)]
    mark = _mark(municipality_id, "plan")
    return Form(mark, texts.plan_sheet(), texts.plan_title(), texts.plan_note(), fields, [row])


def _mark(municipality_id: int, sheet: str) -> str:
    return f"bap:{sheet}:{municipality_id}"


def _language(code: str) -> str:
    with speaking(code):
        return own_language()


def _rows(plan: PlanText, topics: Mapping[int, str], villages: Sequence[Village]) -> list[list[Cell]]:
    names = {each.id: named(each.name) for each in villages}
    rows: list[list[Cell]] = []
    for problem in plan.problems:
        of_problem = _of_problem(problem, topics, names)
        for place, measure in enumerate(problem.measures):
            own = {Part.NUMBER: measure.number or ""}
            above = of_problem if place == 0 else [""] * len(of_problem)
            rows.append([*above, *_cells(measure, OF_MEASURE, own)])
    return rows


def _of_problem(
    problem: PlannedProblem, topics: Mapping[int, str], villages: Mapping[int, str]
) -> list[Cell]:
    own: dict[Part, Cell] = {
        Part.PROBLEM_NUMBER: problem.number or "",
        Part.DIRECTION: topics.get(problem.topic_id, ""),
        Part.VILLAGES: ", ".join(villages[each] for each in problem.villages if each in villages),
        Part.REPORTED: ", ".join(str(each) for each in problem.reported),
    }
    return _cells(problem, OF_PROBLEM, own)


def _cells(item: PlannedProblem | Measure, columns: Sequence[Column], own: Mapping[Part, Cell]) -> list[Cell]:
    """As the item holds them, but for `own`, which are written in a way of their own."""
    found = [own.get(each.part, getattr(item, each.field)) for each in columns]
    return ["" if value is None else value for value in found]


def read_plan_form(content: bytes, municipality_id: int, known: Known, language: str) -> ReadPlan:
    """Called by `read_apart`. Raises `NotThisForm`, also when it was given out for another municipality."""
    with speaking(language):
        return _read_plan_form(content, municipality_id, known)


def _read_plan_form(content: bytes, municipality_id: int, known: Known) -> ReadPlan:
    whole, *tables = read_forms(content, 2)
    keys = {TITLE, FIRST, LAST, LANGUAGE}
    if whole.mark != _mark(municipality_id, "plan") or not keys <= set(whole.keys) or not tables:
        raise NotThisForm
    if tables[0].mark != _mark(municipality_id, "measures") or not set(Part) <= set(tables[0].keys):
        raise NotThisForm
    if len(tables[0].rows) > MOST_MEASURES:
        raise FileTooLarge
    plan, flaws = _read_whole(whole)
    problems, wrong = read_rows(tables[0].rows, known, (plan.first_year, plan.last_year))
    if not tables[0].rows:
        wrong = [CellFlaw(1, "A", texts.no_measures(), texts.table_sheet())]
    text = PlanText(plan.title, plan.language, plan.first_year, plan.last_year, problems)
    return ReadPlan(text, require_few([*flaws, *wrong]))


def _read_whole(whole: Filled) -> tuple[PlanText, list[CellFlaw]]:
    if not whole.rows:
        missing = CellFlaw(1, "A", cards.missing(), texts.plan_sheet())
        return PlanText("", LANGUAGES[0], FIRST_YEAR, LAST_YEAR), [missing]
    row = whole.rows[0]
    title = row.text(TITLE)
    if not title:
        row.flaw(TITLE, cards.missing())
    if len(title) > LONGEST_TITLE:
        row.flaw(TITLE, cards.too_long(LONGEST_TITLE))
    first, last = _year(row, FIRST), _year(row, LAST)
    if first and last and first > last:
        row.flaw(LAST, texts.years_turned())
    elif first and last and last - first >= LONGEST_PLAN:
        row.flaw(LAST, texts.too_many_years())
    language = _read_language(row)
    # With a year that cannot be read, no term is judged by it.
    return PlanText(title, language, first or FIRST_YEAR, last or LAST_YEAR), row.flaws


def _year(row: FilledRow, key: str) -> int:
    written = row.text(key)
    year = int(written) if written.isdecimal() and len(written) == 4 else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        row.flaw(key, texts.no_year(written) if written else cards.missing())
        return 0
    return year


def _read_language(row: FilledRow) -> str:
    written = row.text(LANGUAGE)
    names = {fold(name): code for code in LANGUAGES for name in (_language(code), code)}
    if fold(written) not in names:
        row.flaw(LANGUAGE, texts.no_language(written) if written else cards.missing())
    return names.get(fold(written), LANGUAGES[0])
