"""How a plan and what belongs to it are put into words, by every feature alike."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from babel.dates import format_date
from markupsafe import Markup

from bot.domain.plan import Column, Funding, Kind, Measure, MeasureStatus, Part, PlannedProblem, Resolution
from bot.domain.text import shortened
from bot.i18n import LANGUAGES, _, current_language, fill, named, number, speaking

if TYPE_CHECKING:
    # A plan is read from a file in a process of its own, which starts faster without the database.
    from bot.features.plan.plan_queries import Item, ItemCard, Version

# How much of a measure one line of a list shows, in characters.
SHOWN = 110

_STATUS: dict[MeasureStatus, Callable[[], str]] = {
    MeasureStatus.PLANNED: lambda: _("Planned"),
    MeasureStatus.DOING: lambda: _("In progress"),
    MeasureStatus.DONE: lambda: _("Completed"),
    MeasureStatus.NOT_DONE: lambda: _("Not done"),
}
SIGNS = {
    MeasureStatus.PLANNED: "📘",
    MeasureStatus.DOING: "🚧",
    MeasureStatus.DONE: "🏁",
    MeasureStatus.NOT_DONE: "❌",
}
LATE = "⏰"
_FUNDING: dict[Funding, Callable[[], str]] = {
    Funding.LOCAL: lambda: _("Local budget"),
    Funding.GRANT: lambda: _("Incentive grant"),
    Funding.REGIONAL: lambda: _("Regional development fund"),
    Funding.ORDER: lambda: _("State social order"),
    Funding.INVESTMENT: lambda: _("Outside investment"),
    Funding.PROVIDERS: lambda: _("Local service providers"),
    Funding.OWN: lambda: _("Own contribution of the residents"),
    Funding.SEVERAL: lambda: _("Several sources"),
    Funding.OTHER: lambda: _("Another source"),
    Funding.UNTOLD: lambda: _("Source not named"),
}
_OF_NO_ONE_KIND = {Funding.SEVERAL, Funding.OTHER, Funding.UNTOLD}


class _Words(NamedTuple):
    """Of a column: its name, what may be written in it, how a card begins it, how it is headed on paper."""

    name: Callable[[], str]
    hint: Callable[[], str] = str
    label: Callable[[], str] | None = None
    heading: Callable[[], str] | None = None


_PARTS: dict[Part, _Words] = {
    Part.PROBLEM_NUMBER: _Words(lambda: _("Problem №")),
    Part.DIRECTION: _Words(lambda: _("Direction")),
    Part.PROBLEM: _Words(
        lambda: _("Problem"),
        hint=lambda: _("What is bad for people, and where. Not what should be built."),
        label=lambda: _("Problem:"),
    ),
    Part.PROBLEM_OTHER: _Words(lambda: _("Problem in the other language")),
    Part.DESCRIPTION: _Words(lambda: _("Description"), label=lambda: _("What it is like:")),
    Part.VILLAGES: _Words(
        lambda: _("Villages"),
        hint=lambda: _("Names with commas. Empty: all villages."),
        label=lambda: _("Where:"),
    ),
    Part.CAUSES: _Words(lambda: _("Causes"), label=lambda: _("Why it is so:")),
    Part.CONSEQUENCES: _Words(lambda: _("Consequences"), label=lambda: _("What comes of it:")),
    Part.GOAL: _Words(lambda: _("Goal"), label=lambda: _("What we want:")),
    Part.TASKS: _Words(lambda: _("Tasks"), label=lambda: _("What has to be solved:")),
    Part.REPORTED: _Words(
        lambda: _("Numbers of residents' problems"),
        hint=lambda: _("Numbers in the bot, as 12, 40. Their authors will be told."),
    ),
    Part.NUMBER: _Words(lambda: _("Measure №"), heading=lambda: "№"),
    Part.MEASURE: _Words(lambda: _("Measure"), heading=lambda: _("What will be done")),
    Part.MEASURE_OTHER: _Words(lambda: _("Measure in the other language")),
    Part.RESPONSIBLE: _Words(lambda: _("Responsible"), label=lambda: _("Who:"), heading=lambda: _("Who")),
    Part.TERM: _Words(
        lambda: _("Term"),
        hint=lambda: _("30.06.2027, or June 2027, or 3 quarter 2027, or 2027."),
        label=lambda: _("By when:"),
        heading=lambda: _("By when"),
    ),
    Part.COST: _Words(
        lambda: _("Cost, som"),
        hint=lambda: _("In som, only the number."),
        label=lambda: _("From what money:"),
        heading=lambda: _("Money"),
    ),
    Part.FUNDING: _Words(
        lambda: _("Source of funding"), hint=lambda: _("From which money. Choose from the list or write it.")
    ),
    Part.OWN_PART: _Words(
        lambda: _("Own contribution, som"),
        hint=lambda: _("In som, only the number. Money, work or material of the residents."),
        label=lambda: _("Own contribution:"),
    ),
    Part.INDICATOR: _Words(
        lambda: _("Indicator"),
        hint=lambda: _("By what everybody will see that it is done."),
        label=lambda: _("How we shall know:"),
        heading=lambda: _("How we shall know"),
    ),
}


def status(now: MeasureStatus) -> str:
    return f"{SIGNS[now]} {_STATUS[now]()}"


def status_words(now: MeasureStatus) -> str:
    return _STATUS[now]()


def late() -> str:
    return _("⏰ Late")


def funding(source: Funding) -> str:
    return _FUNDING[source]()


def source(measure: Measure, language: str) -> str:
    """From what money: in the plan's words, or where those are of another `language`, by its kind."""
    if measure.funding_words and (language == current_language() or measure.funding in _OF_NO_ONE_KIND):
        return measure.funding_words
    return "" if measure.funding is Funding.UNTOLD else funding(measure.funding)


def part(of: Part) -> str:
    return _PARTS[of].name()


def hint(of: Part) -> str:
    return _PARTS[of].hint()


def label(of: Part) -> str:
    """Before what stands there, in the plain words of a question."""
    own = _PARTS[of].label
    return own() if own else f"{part(of)}:"


def heading(of: Part) -> str:
    own = _PARTS[of].heading
    return own() if own else part(of)


def usual_name() -> str:
    return _("Joint action plan")


def plan_name(title: str) -> str:
    """The title; the usual one in the reader's language, whichever it was written in."""
    return usual_name() if title in _usual_names() else title


@cache
def _usual_names() -> frozenset[str]:
    names = set()
    for language in LANGUAGES:
        with speaking(language):
            names.add(usual_name())
    return frozenset(names)


def som(amount: int) -> str:
    return _("{amount} som").format(amount=number(amount))


def in_words(item: PlannedProblem | Measure, column: Column) -> str:
    """What stands in a column of words or of a sum."""
    value = getattr(item, column.field)
    if column.kind is Kind.SUM:
        return som(value) if value else ""
    return str(value)


def years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def period(version: "Version") -> str:
    return years(version.first_year, version.last_year)


def calendar_day(day: date) -> str:
    return format_date(day, "long", locale=current_language())


def resolution(of: Resolution) -> str:
    told = _("Resolution of the council {number}, {day}").format(number=of.number, day=calendar_day(of.day))
    if not of.chair:
        return told
    chair = _("Chair: {chair}").format(chair=of.chair)
    return f"{told} · {chair}"


def line(item: "Item", today: date) -> Markup:
    """One measure of a list, in two lines."""
    told = [fill("<b>{number}.</b> {title}", number=item.number, title=_title(item)), _standing(item, today)]
    return Markup("\n").join(told)


def _title(item: "Item") -> str:
    return shortened(item.title_in(current_language()), SHOWN)


def _standing(item: "Item", today: date) -> Markup:
    words = [late() if item.is_late(today) else status(item.status)]
    if item.due_on:
        words.append(_("by {day}").format(day=f"{item.due_on:%d.%m.%Y}"))
    elif item.term:
        words.append(shortened(item.term, 40))
    return fill("<i>{words}</i>", words=" · ".join(words))


def measure_title(card: "ItemCard") -> str:
    measure, language = card.measure, current_language()
    if measure.title_other and language != card.version.language:
        return measure.title_other
    return measure.title


def problem_title(card: "ItemCard") -> str:
    problem, language = card.problem, current_language()
    if problem.title_other and language != card.version.language:
        return problem.title_other
    return problem.title


def villages(card: "ItemCard") -> str:
    return ", ".join(named(each) for each in card.villages) or _("all villages")
