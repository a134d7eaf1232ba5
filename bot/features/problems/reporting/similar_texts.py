"""Words of "is it one of these?" and of "mine too"."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.domain.refusals import OwnProblem, Refusal
from bot.domain.text import shortened
from bot.features.problems import card_texts as cards
from bot.features.problems.likeness_queries import Similar
from bot.features.problems.problem_queries import ProblemCard
from bot.features.problems.reporting.queries import ProblemPage
from bot.i18n import _, fill, named, ngettext, number

# How much of a wording stands in a list, in characters.
LINE = 120


def similar(text: str, near: Sequence[Similar], *, is_any_waiting: bool = False) -> Markup:
    parts = [fill(_("<b>Is it one of these?</b>\nPlease look: maybe a neighbour has reported it already."))]
    parts += [_line(each.number, each.text, named(each.village)) for each in near]
    if is_any_waiting:
        parts.append(
            fill(
                _(
                    "⏳ One more report like yours waits for the facilitator. "
                    "It is not published yet, so its words are not shown."
                )
            )
        )
    return Markup("\n\n").join([*parts, _you_wrote(text)])


def _you_wrote(text: str) -> Markup:
    return fill(_("You wrote: <i>{text}</i>"), text=shortened(text, LINE))


def waiting(text: str) -> Markup:
    """Nothing of the report that waits: not its number, not its village."""
    about = fill(
        _(
            "⏳ <b>A report like yours waits for the facilitator already.</b>\n"
            "It is not published yet, so its words are not shown.\n\n"
            "Is yours about the same? Then stand behind it: the facilitator will read your words, too."
        )
    )
    return Markup("\n\n").join([about, _you_wrote(text)])


def that_waits() -> str:
    return _("🤝 Mine is like the waiting one")


def supported_waiting() -> Markup:
    return fill(
        _(
            "🤝 <b>Thank you! You stand behind the report that waits.</b>\n"
            "Your words are kept for the facilitator. We will tell you what becomes of it."
        )
    )


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


def supported_list(found: ProblemPage, waiting: int = 0) -> Markup:
    rest = [_still_waiting(waiting)] if waiting else []
    if not found.page.total:
        nothing = fill(_("🤝 <b>Mine too</b>\nYou do not stand behind other people's problems yet."))
        return rest[0] if rest else nothing
    parts = [fill(_("🤝 <b>Mine too</b>: {total}"), total=number(found.page.total))]
    parts += [
        fill(
            "<b>№{number}</b> {text}\n{state}",
            number=each.number,
            text=shortened(each.text, LINE),
            state=cards.status_words(each.status),
        )
        for each in found.lines
    ]
    return Markup("\n\n").join([*parts, *rest])


def _still_waiting(count: int) -> Markup:
    return fill(
        ngettext(
            "⏳ {count} report that you stand behind waits for the facilitator.",
            "⏳ {count} reports that you stand behind wait for the facilitator.",
            count,
        ),
        count=number(count),
    )


def own_problem(_refusal: Refusal) -> str:
    return _("You have reported this problem yourself. You will hear what becomes of it.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {OwnProblem: own_problem}
