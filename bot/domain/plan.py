"""A joint action plan: directions, problems, goals, and the measures that somebody answers for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import count

LONGEST_TITLE = 300
LONGEST_WORDS = 1000
LONGEST_SHORT_WORDS = 200
LONGEST_NOTE = 400
LONGEST_COMMENT = 600
MOST_MEASURES = 1000
MOST_SOM = 100_000_000_000
FIRST_YEAR, LAST_YEAR = 2000, 2100


class MeasureStatus(StrEnum):
    PLANNED = "planned"
    DOING = "doing"
    DONE = "done"
    NOT_DONE = "not_done"


# What the monthly round asks about.
UNFINISHED = frozenset({MeasureStatus.PLANNED, MeasureStatus.DOING})


class Funding(StrEnum):
    """From which money; the words of the cell are kept beside it."""

    LOCAL = "local"
    GRANT = "grant"
    REGIONAL = "regional"
    ORDER = "order"
    INVESTMENT = "investment"
    PROVIDERS = "providers"
    OWN = "own"
    SEVERAL = "several"
    OTHER = "other"
    UNTOLD = "untold"


class DocumentKind(StrEnum):
    """The papers of a municipality, from the longest view to this year's money."""

    STRATEGY = "strategy"
    PROGRAMME = "programme"
    PLAN = "plan"
    BUDGET = "budget"
    CITIZENS_BUDGET = "citizens"


class PlanNotice(StrEnum):
    """What is told of a plan; the names of deliveries, so they never change."""

    ADOPTED = "plan.adopted"
    AMENDED = "plan.amended"
    DISCUSSED = "plan.discussed"
    ANSWERED = "plan.answered"
    NEWS = "plan.news"
    ROUND = "plan.round"
    CONTRADICTED = "plan.contradicted"
    DOCUMENT = "plan.document"


class Part(StrEnum):
    """The columns of a plan that hold something of a problem or of a measure, in the order they are read."""

    PROBLEM_NUMBER = "problem_number"
    DIRECTION = "direction"
    PROBLEM = "problem"
    PROBLEM_OTHER = "problem_other"
    DESCRIPTION = "description"
    VILLAGES = "villages"
    CAUSES = "causes"
    CONSEQUENCES = "consequences"
    GOAL = "goal"
    TASKS = "tasks"
    REPORTED = "reported"
    NUMBER = "number"
    MEASURE = "measure"
    MEASURE_OTHER = "measure_other"
    RESPONSIBLE = "responsible"
    TERM = "term"
    COST = "cost"
    FUNDING = "funding"
    OWN_PART = "own_part"
    INDICATOR = "indicator"


@dataclass(frozen=True, slots=True)
class Measure:
    """What will be done. `number` stays with it through all versions; sums are in som.

    `due_on` is the last day of its term, None where the term names none; `title_other` is the same in the
    other language.
    """

    number: int
    title: str
    title_other: str = ""
    responsible: str = ""
    term: str = ""
    due_on: date | None = None
    cost: int | None = None
    funding: Funding = Funding.UNTOLD
    funding_words: str = ""
    own_part: int | None = None
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class PlannedProblem:
    """A problem of the plan with its measures; `reported` are the numbers of what residents reported."""

    number: int
    topic_id: int
    title: str
    title_other: str = ""
    description: str = ""
    villages: tuple[int, ...] = ()
    causes: str = ""
    consequences: str = ""
    goal: str = ""
    tasks: str = ""
    reported: tuple[int, ...] = ()
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanText:
    """The whole of one version as it is written, in `language`."""

    title: str
    language: str
    first_year: int
    last_year: int
    problems: tuple[PlannedProblem, ...] = ()

    def measures(self) -> Iterator[tuple[PlannedProblem, Measure]]:
        for problem in self.problems:
            for measure in problem.measures:
                yield problem, measure


@dataclass(frozen=True, slots=True)
class Resolution:
    """By which the council adopted a version."""

    number: str
    day: date
    chair: str


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one problem or measure from one version to the next.

    `parts` are the columns that differ, each with its words before and after.
    """

    kind: ChangeKind
    is_measure: bool
    number: int
    title: str
    parts: Mapping[Part, tuple[str, str]] = field(default_factory=dict)


_OF_A_PROBLEM = {
    "topic_id": Part.DIRECTION,
    "title": Part.PROBLEM,
    "title_other": Part.PROBLEM_OTHER,
    "description": Part.DESCRIPTION,
    "villages": Part.VILLAGES,
    "causes": Part.CAUSES,
    "consequences": Part.CONSEQUENCES,
    "goal": Part.GOAL,
    "tasks": Part.TASKS,
    "reported": Part.REPORTED,
}
_OF_A_MEASURE = {
    "title": Part.MEASURE,
    "title_other": Part.MEASURE_OTHER,
    "responsible": Part.RESPONSIBLE,
    "term": Part.TERM,
    "cost": Part.COST,
    "funding_words": Part.FUNDING,
    "own_part": Part.OWN_PART,
    "indicator": Part.INDICATOR,
}


def changes(before: PlanText, after: PlanText) -> list[Change]:
    """Item by item, in the order of the new version; what was taken out comes last."""
    return [
        *_compared(_problems(before), _problems(after), _OF_A_PROBLEM, is_measure=False),
        *_compared(_measures(before), _measures(after), _OF_A_MEASURE, is_measure=True),
    ]


def _problems(plan: PlanText) -> dict[int, PlannedProblem]:
    return {each.number: each for each in plan.problems}


def _measures(plan: PlanText) -> dict[int, Measure]:
    return {measure.number: measure for _problem, measure in plan.measures()}


def _compared(
    before: Mapping[int, PlannedProblem | Measure],
    after: Mapping[int, PlannedProblem | Measure],
    parts: Mapping[str, Part],
    *,
    is_measure: bool,
) -> Iterator[Change]:
    for number, now in after.items():
        old = before.get(number)
        if old is None:
            yield Change(ChangeKind.ADDED, is_measure, number, now.title)
        elif different := _different(old, now, parts):
            yield Change(ChangeKind.CHANGED, is_measure, number, now.title, different)
    for number, old in before.items():
        if number not in after:
            yield Change(ChangeKind.REMOVED, is_measure, number, old.title)


def _different(
    before: PlannedProblem | Measure, after: PlannedProblem | Measure, parts: Mapping[str, Part]
) -> dict[Part, tuple[str, str]]:
    pairs = {part: (_written(before, name), _written(after, name)) for name, part in parts.items()}
    return {part: pair for part, pair in pairs.items() if pair[0] != pair[1]}


def _written(item: PlannedProblem | Measure, name: str) -> str:
    value = getattr(item, name)
    if value is None:
        return ""
    return ", ".join(str(each) for each in value) if isinstance(value, tuple) else str(value)


def is_late(status: MeasureStatus, due_on: date | None, today: date) -> bool:
    return status in UNFINISHED and due_on is not None and due_on < today


def numbered(plan: PlanText, last_problem: int, last_measure: int) -> PlanText:
    """Give what has no number (0) the next ones that this plan has never used."""
    problem_numbers, measure_numbers = count(last_problem + 1), count(last_measure + 1)
    return replace(
        plan,
        problems=tuple(
            replace(
                problem,
                number=problem.number or next(problem_numbers),
                measures=tuple(
                    replace(measure, number=measure.number or next(measure_numbers))
                    for measure in problem.measures
                ),
            )
            for problem in plan.problems
        ),
    )


def share_done(counts: Mapping[MeasureStatus, int]) -> float:
    """Between 0 and 1."""
    whole = sum(counts.values())
    return counts.get(MeasureStatus.DONE, 0) / whole if whole else 0.0
