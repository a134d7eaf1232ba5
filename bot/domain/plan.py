"""A joint action plan: directions, problems, goals, and the measures that somebody answers for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, StrEnum, auto
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


class Kind(Enum):
    """How the cells of a column are read."""

    WORDS = auto()  # as they stand
    SUM = auto()  # in som; None where nothing is written
    OWN = auto()  # in a way that no other column has


@dataclass(frozen=True, slots=True)
class Column:
    """What is known of a column wherever it is read, kept, shown or changed.

    `field` names it in a `Measure` or a `PlannedProblem`. What is longer than `longest` characters is
    refused; `width` is that of the spreadsheet, in characters. A planner may change in the chat what
    `is_editable`; the rest is changed by file. `on_card`: whoever opens a measure sees it.
    """

    part: Part
    field: str
    kind: Kind = Kind.WORDS
    longest: int | None = LONGEST_WORDS
    width: int = 24
    is_editable: bool = False
    on_card: bool = True


OF_PROBLEM = (
    Column(Part.PROBLEM_NUMBER, "number", Kind.OWN, None, 10, on_card=False),
    Column(Part.DIRECTION, "topic_id", Kind.OWN, None, 22, on_card=False),
    Column(Part.PROBLEM, "title", longest=LONGEST_TITLE, width=34),
    Column(Part.PROBLEM_OTHER, "title_other", longest=LONGEST_TITLE, on_card=False),
    Column(Part.DESCRIPTION, "description", width=30, on_card=False),
    Column(Part.VILLAGES, "villages", Kind.OWN, None),
    Column(Part.CAUSES, "causes"),
    Column(Part.CONSEQUENCES, "consequences"),
    Column(Part.GOAL, "goal", is_editable=True),
    Column(Part.TASKS, "tasks", on_card=False),
    Column(Part.REPORTED, "reported", Kind.OWN, None, 16, on_card=False),
)
# The card tells the source of funding beside the cost.
OF_MEASURE = (
    Column(Part.NUMBER, "number", Kind.OWN, None, 10, on_card=False),
    Column(Part.MEASURE, "title", longest=LONGEST_TITLE, width=36, is_editable=True, on_card=False),
    Column(Part.MEASURE_OTHER, "title_other", longest=LONGEST_TITLE, on_card=False),
    Column(Part.RESPONSIBLE, "responsible", longest=LONGEST_SHORT_WORDS, is_editable=True),
    Column(Part.TERM, "term", Kind.OWN, LONGEST_SHORT_WORDS, 16, is_editable=True),
    Column(Part.COST, "cost", Kind.SUM, None, 14, is_editable=True),
    Column(Part.FUNDING, "funding_words", Kind.OWN, LONGEST_SHORT_WORDS, is_editable=True, on_card=False),
    Column(Part.OWN_PART, "own_part", Kind.SUM, None, 14, is_editable=True),
    Column(Part.INDICATOR, "indicator", is_editable=True),
)
# In the order of the spreadsheet.
COLUMNS = (*OF_PROBLEM, *OF_MEASURE)
COLUMN_OF = {each.part: each for each in COLUMNS}


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
