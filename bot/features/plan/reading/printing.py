"""The plan as pictures for the chat and as paper: drawn apart, so that nobody has to wait for it."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.domain.places import Topic, Village
from bot.domain.plan import (
    OF_MEASURE,
    OF_PROBLEM,
    Kind,
    Measure,
    MeasureStatus,
    Part,
    PlannedProblem,
    is_late,
    share_done,
)
from bot.domain.text import shortened
from bot.features.plan import plan_texts as cards
from bot.features.plan.plan_queries import Share
from bot.features.plan.reading import print_texts as texts
from bot.features.plan.reading.queries import Whole
from bot.i18n import current_language, month_name, named, number, percent, speaking
from bot.prints.paper import fill, pictures
from bot.prints.press import apart

BARS_A_PAGE = 9
MONTHS_A_PAGE = 12
# So many measures of a month are drawn; the others are counted.
MOST_IN_A_MONTH = 10
POINTS_PER_INCH = 144
_LONG_WORD = re.compile(r"\S{16,}")
FIRST_LETTERS = 76
# In the heading of a problem or of a measure, in the language of the paper.
_TITLES = {Part.PROBLEM, Part.PROBLEM_OTHER}
# The columns of the table of measures; the source of funding stands below the cost.
_ON_PAPER = [
    each for each in OF_MEASURE if each.part not in {Part.MEASURE_OTHER, Part.FUNDING, Part.OWN_PART}
]


async def draw(whole: Whole, shares: Sequence[Share], language: str, today: date) -> list[bytes]:
    """Progress by direction, then the months of the year."""
    return await asyncio.to_thread(_draw, whole, shares, language, today)


def _draw(whole: Whole, shares: Sequence[Share], language: str, today: date) -> list[bytes]:
    with speaking(language):
        progress, year = progress_data(whole, shares), year_data(whole, today)
    return [
        *pictures("plan_progress", progress, POINTS_PER_INCH),
        *pictures("plan_year", year, POINTS_PER_INCH),
    ]


def progress_data(whole: Whole, shares: Sequence[Share]) -> dict[str, Any]:
    """What `plan_progress.typ` shows."""
    doing = _doing_by_topic(whole)
    return {
        **_heading(whole),
        "notes": [texts.how_to_read_progress()],
        "per_page": BARS_A_PAGE,
        "bars": [
            {
                "name": named(each.topic.short),
                "label": texts.done_of(each.done, each.measures),
                "done": each.done / each.measures,
                "doing": doing.get(each.topic.id, 0) / each.measures,
                "late": texts.late(each.late) if each.late else "",
            }
            for each in shares
        ],
    }


def _doing_by_topic(whole: Whole) -> dict[int, int]:
    found: dict[int, int] = {}
    for problem, measure in whole.text.measures():
        if whole.status(measure) is MeasureStatus.DOING:
            found[problem.topic_id] = found.get(problem.topic_id, 0) + 1
    return found


def _heading(whole: Whole) -> dict[str, Any]:
    summary, version = whole.summary, whole.version
    share = share_done(summary.counts)
    return {
        "language": current_language(),
        "title": f"{named(version.municipality)}: {cards.plan_name(version.title)}, {cards.period(version)}",
        "voted": texts.done_share(percent(share), summary.measures),
    }


def year_data(whole: Whole, today: date) -> dict[str, Any]:
    """What `plan_year.typ` shows: the months of this year, or of the plan's nearest."""
    year = min(max(today.year, whole.text.first_year), whole.text.last_year)
    months: dict[int, list[Measure]] = {month: [] for month in range(1, 13)}
    for _problem, measure in whole.text.measures():
        if measure.due_on and measure.due_on.year == year:
            months[measure.due_on.month].append(measure)
    rows = [_month(whole, date(year, month, 1), items, today) for month, items in months.items()]
    states = ("done", "doing", "planned", "late", "not_done")
    return {
        **_heading(whole),
        "voted": texts.the_year(year),
        "notes": [texts.how_to_read_year()],
        "legend": [{"state": each, "name": texts.state(each)} for each in states],
        "pages": [rows[begin : begin + MONTHS_A_PAGE] for begin in range(0, len(rows), MONTHS_A_PAGE)],
    }


def _month(whole: Whole, month: date, items: Sequence[Measure], today: date) -> dict[str, Any]:
    left = len(items) - MOST_IN_A_MONTH
    first = items[0] if items else None
    return {
        "name": month_name(month),
        "now": (month.year, month.month) == (today.year, today.month),
        "items": [
            {"number": str(each.number), "state": _state(whole, each, today)}
            for each in items[:MOST_IN_A_MONTH]
        ],
        "more": texts.and_more(left) if left > 0 else "",
        "first": f"{first.number}. {shortened(whole.title(first), FIRST_LETTERS)}" if first else "",
    }


def _state(whole: Whole, measure: Measure, today: date) -> str:
    status = whole.status(measure)
    return "late" if is_late(status, measure.due_on, today) else status.value


async def print_paper(
    whole: Whole, topics: Sequence[Topic], villages: Sequence[Village], language: str, today: date
) -> bytes:
    """PDF. Made in a process of its own: a thousand measures take seconds and hundreds of megabytes."""
    return await apart(_print, whole, topics, villages, language, today)


def _print(
    whole: Whole, topics: Sequence[Topic], villages: Sequence[Village], language: str, today: date
) -> bytes:
    with speaking(language):
        data = paper_data(whole, topics, villages, today)
    return fill("plan_paper", data)


def paper_data(
    whole: Whole, topics: Sequence[Topic], villages: Sequence[Village], today: date
) -> dict[str, Any]:
    """What `plan_paper.typ` shows; directions in the order of the topics."""
    names = {each.id: named(each.name) for each in villages}
    version = whole.version
    directions = [
        {
            "name": named(topic.short),
            "problems": [
                _problem(whole, each, names, today)
                for each in whole.text.problems
                if each.topic_id == topic.id
            ],
        }
        for topic in topics
    ]
    return {
        "language": current_language(),
        "title": f"{cards.plan_name(version.title)}, {cards.period(version)}",
        "place": named(version.municipality),
        "adopted": cards.resolution(version.resolution) if version.resolution else "",
        "draft": texts.draft() if version.is_draft else "",
        "summary": _summary(whole, today),
        "headings": [*(cards.heading(each.part) for each in _ON_PAPER), texts.how_far()],
        "directions": [each for each in directions if each["problems"]],
    }


def _summary(whole: Whole, today: date) -> list[str]:
    summary = whole.summary
    counts = "; ".join(
        f"{cards.status_words(each)}: {number(count)}" for each, count in summary.counts.items() if count
    )
    lines = [texts.as_of(cards.calendar_day(today)), counts]
    if summary.cost:
        money = "; ".join(f"{cards.funding(source)}: {cards.som(som)}" for source, som in summary.by_funding)
        lines += [texts.money(cards.som(summary.cost)), money]
    return lines


def _problem(
    whole: Whole, problem: PlannedProblem, villages: Mapping[int, str], today: date
) -> dict[str, Any]:
    where = ", ".join(villages[each] for each in problem.villages if each in villages)
    words = [each for each in OF_PROBLEM if each.kind is Kind.WORDS and each.part not in _TITLES]
    lines = [
        (cards.label(Part.VILLAGES), where),
        *((cards.label(each.part), cards.in_words(problem, each)) for each in words),
    ]
    return {
        "title": whole.problem_title(problem),
        "lines": [{"label": label, "words": words} for label, words in lines if words],
        "measures": [_cells(whole, each, today) for each in problem.measures],
    }


def _cells(whole: Whole, measure: Measure, today: date) -> list[str]:
    cost = cards.som(measure.cost) if measure.cost is not None else ""
    money = [cost, cards.source(measure, whole.version.language)]
    status = whole.status(measure)
    words = cards.status_words(status)
    if is_late(status, measure.due_on, today):
        words = f"{words} ({texts.late_word()})"
    own = {Part.MEASURE: whole.title(measure), Part.COST: "\n".join(each for each in money if each)}
    cells = [
        *(own[each.part] if each.part in own else cards.in_words(measure, each) for each in _ON_PAPER),
        words,
    ]
    return [_LONG_WORD.sub(_breakable, each) for each in cells]


def _breakable(word: re.Match[str]) -> str:
    """A long word that may break anywhere; done here, for the template would look at thousands of cells."""
    return "\N{ZERO WIDTH SPACE}".join(word[0])
