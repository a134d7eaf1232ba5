"""Words of "is it one of these?" and of "mine too"."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.cards import texts as cards
from bot.db.likeness_queries import Similar
from bot.db.problem_queries import ProblemCard
from bot.domain.problem import shortened
from bot.domain.refusals import OwnProblem, Refusal
from bot.features.problems.queries import ProblemPage
from bot.i18n import _, fill, named, ngettext, number

# How much of a wording stands in a list, in characters.
LINE = 120


def similar(text: str, near: Sequence[Similar]) -> Markup:
    parts = [fill(_("<b>Is it one of these?</b>\nPlease look: maybe a neighbour has reported it already."))]
    parts += [_line(each.number, each.text, named(each.village)) for each in near]
    parts.append(fill(_("You wrote: <i>{text}</i>"), text=shortened(text, LINE)))
    return Markup("\n\n").join(parts)


def _line(number_: int, text: str, village: str) -> Markup:
    return fill(
        "<b>№{number}</b> · {village}\n{text}", number=number_, village=village, text=shortened(text, LINE)
    )


def numbered(of: int) -> str:
    return f"№{of}"


def mine_is_another() -> str:
    return _("No, mine is another")


def mine_too() -> str:
    return _("🤝 Yes, mine too")


def one_of_these(problem: ProblemCard, support: bool | None) -> Markup:  # three states
    lines = [fill(_("<b>Problem {number}</b>"), number=problem.number), *cards.facts(problem)]
    if problem.supporters:
        lines.append(people(problem.supporters))
    if support is None:
        lines.append(fill(_("<b>You have reported this one yourself.</b>")))
    elif support:
        lines.append(fill(_("You have said already: mine too.")))
    return Markup("\n").join(lines)


def people(count: int) -> Markup:
    """How many stand behind it besides its author."""
    return fill(
        ngettext("🤝 Mine too: {count} person", "🤝 Mine too: {count} people", count), count=number(count)
    )


def supported(problem: ProblemCard) -> Markup:
    return fill(
        _(
            "🤝 <b>Thank you! You stand behind problem {number}.</b>\n"
            "Your words are kept for the facilitator. We will tell you what becomes of it."
        ),
        number=problem.number,
    )


def taken_back(problem: ProblemCard) -> Markup:
    return fill(_("You do not stand behind problem {number} any more."), number=problem.number)


def take_back() -> str:
    return _("Take it back")


def see_problem() -> str:
    return _("📋 See the problem")


def my_problems() -> str:
    return _("📋 My problems")


def i_support() -> str:
    return _("🤝 Mine too")


def supported_list(found: ProblemPage) -> Markup:
    if not found.total:
        return fill(_("🤝 <b>Mine too</b>\nYou do not stand behind other people's problems yet."))
    parts = [fill(_("🤝 <b>Mine too</b>: {total}"), total=number(found.total))]
    parts += [
        fill(
            "<b>№{number}</b> {text}\n{state}",
            number=each.number,
            text=shortened(each.text, LINE),
            state=cards.status_words(each.status),
        )
        for each in found.lines
    ]
    return Markup("\n\n").join(parts)


def own_problem(_refusal: Refusal) -> str:
    return _("You have reported this problem yourself. You will hear what becomes of it.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {OwnProblem: own_problem}
