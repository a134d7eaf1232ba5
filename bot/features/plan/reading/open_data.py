"""The plan and how far it is, for programs: JSON as docs/plan.schema.json describes it, and CSV."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.places import Name, Topic, Village
from bot.domain.plan import (
    OF_MEASURE,
    OF_PROBLEM,
    Column,
    Funding,
    Kind,
    Measure,
    MeasureStatus,
    Part,
    PlannedProblem,
    is_late,
)
from bot.features.plan.reading.queries import Whole
from bot.prints.spreadsheets import comma_separated

# Names are for programs, so they are the same in every language; most columns are called as their part is.
_IN_DATA = {
    Part.PROBLEM: "title",
    Part.PROBLEM_OTHER: "title_in_other_language",
    Part.MEASURE: "title",
    Part.MEASURE_OTHER: "title_in_other_language",
    Part.COST: "cost_som",
    Part.OWN_PART: "own_contribution_som",
}
# A row of the table speaks of a problem, too.
_IN_TABLE = {"title": "measure", "title_in_other_language": "measure_other"}
_OF_PROBLEM_IN_TABLE = (
    "direction_number",
    "direction_ky",
    "direction_ru",
    "problem",
    "villages",
    "goal",
)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PlaceNames(_Model):
    """The same name in Kyrgyz and in Russian."""

    ky: str
    ru: str


class MeasureData(_Model):
    """What will be done, and how far it is. Sums are in som; null where none is named."""

    number: int = Field(description="Stays with the measure through all versions of the plan.")
    title: str
    title_in_other_language: str
    responsible: str
    term: str = Field(description="As the plan writes it.")
    due: date | None = Field(description="The last day of the term.")
    cost_som: int | None
    funding: Funding
    funding_words: str = Field(description="The source as the plan writes it.")
    own_contribution_som: int | None = Field(description="Of the residents: money, work, material.")
    indicator: str
    status: MeasureStatus
    is_late: bool = Field(description="Neither done nor given up, and its term is over.")
    spent_som: int | None = Field(description="So far, as it was last reported.")


class ProblemData(_Model):
    """A problem of the plan with the measures that answer it."""

    number: int
    direction: int = Field(description="The number of the issue of local importance.")
    direction_name: PlaceNames
    title: str
    title_in_other_language: str
    description: str
    villages: list[PlaceNames] = Field(description="Empty for all villages.")
    causes: str
    consequences: str
    goal: str
    tasks: str
    reported: list[int] = Field(description="Numbers of the residents' problems it answers.")
    measures: list[MeasureData]


class ResolutionData(_Model):
    """By which the council adopted this version."""

    number: str
    day: date
    chair: str


class PlanFile(_Model):
    """One version of the joint action plan of a municipality."""

    format: int = 1
    municipality: str = Field(description="The short name used in links.")
    name: PlaceNames
    title: str
    language: str = Field(description="In which the plan is written: ky or ru.")
    first_year: int
    last_year: int
    version: int | None = Field(description="1 for the first that was adopted; null for a draft.")
    resolution: ResolutionData | None
    as_of: datetime = Field(description="When this file was made.")
    problems: list[ProblemData]


def plan_json(
    whole: Whole, topics: Sequence[Topic], villages: Sequence[Village], now: datetime, today: date
) -> bytes:
    """UTF-8."""
    version, text = whole.version, whole.text
    resolution = version.resolution
    names = {each.id: each.name for each in villages}
    directions = {each.id: each.short for each in topics}
    made = PlanFile(
        municipality=version.slug,
        name=_names(version.municipality),
        title=text.title,
        language=text.language,
        first_year=text.first_year,
        last_year=text.last_year,
        version=version.number,
        resolution=ResolutionData(number=resolution.number, day=resolution.day, chair=resolution.chair)
        if resolution
        else None,
        as_of=now,
        problems=[_problem(whole, each, directions, names, today) for each in text.problems],
    )
    return made.model_dump_json(indent=1).encode()


def _names(name: Name) -> PlaceNames:
    return PlaceNames(ky=name.ky, ru=name.ru)


def _problem(
    whole: Whole,
    problem: PlannedProblem,
    directions: Mapping[int, Name],
    villages: Mapping[int, Name],
    today: date,
) -> ProblemData:
    return ProblemData(
        number=problem.number,
        direction=problem.topic_id,
        direction_name=_names(directions[problem.topic_id]),
        villages=[_names(villages[each]) for each in problem.villages if each in villages],
        reported=list(problem.reported),
        measures=[_measure(whole, each, today) for each in problem.measures],
        **_plain(problem, OF_PROBLEM),
    )


def _plain(item: PlannedProblem | Measure, columns: Sequence[Column]) -> dict[str, Any]:
    """What is told as it stands, by its name in the data."""
    return {
        _IN_DATA.get(each.part, each.part.value): getattr(item, each.field)
        for each in columns
        if each.kind is not Kind.OWN
    }


def _measure(whole: Whole, measure: Measure, today: date) -> MeasureData:
    status = whole.status(measure)
    return MeasureData(
        number=measure.number,
        term=measure.term,
        due=measure.due_on,
        funding=measure.funding,
        funding_words=measure.funding_words,
        status=status,
        is_late=is_late(status, measure.due_on, today),
        spent_som=whole.spent(measure),
        **_plain(measure, OF_MEASURE),
    )


def plan_csv(whole: Whole, topics: Sequence[Topic], villages: Sequence[Village], today: date) -> bytes:
    """A row for each measure; nothing that a person wrote can run in a spreadsheet."""
    directions = {each.id: each.short for each in topics}
    names = {each.id: each.name for each in villages}
    rows = [_row(whole, *each, directions, names, today) for each in whole.text.measures()]
    return comma_separated([_headings(), *rows])


def _headings() -> list[str]:
    number, *others = MeasureData.model_fields
    return [number, *_OF_PROBLEM_IN_TABLE, *(_IN_TABLE.get(each, each) for each in others)]


def _row(
    whole: Whole,
    problem: PlannedProblem,
    measure: Measure,
    directions: Mapping[int, Name],
    villages: Mapping[int, Name],
    today: date,
) -> list[object]:
    direction = directions[problem.topic_id]
    number, *others = (_in_cell(value) for _name, value in _measure(whole, measure, today))
    return [
        number,
        problem.topic_id,
        direction.ky,
        direction.ru,
        problem.title,
        ", ".join(villages[each].ky for each in problem.villages if each in villages),
        problem.goal,
        *others,
    ]


def _in_cell(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    return "" if value is None else value
