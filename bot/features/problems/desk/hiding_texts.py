"""Words of hiding a problem and showing it again."""

from collections.abc import Callable

from markupsafe import Markup

from bot.domain.problem import HideReason
from bot.domain.refusals import CannotHide, Refusal
from bot.features.problems.problem_queries import ProblemCard
from bot.i18n import _, fill, number


def hide() -> str:
    return _("⚫ Hide")


def show_again() -> str:
    return _("🟢 Show again")


def hidden_problems(count: int) -> str:
    return _("⚫ Hidden: {count}").format(count=number(count))


def hidden_list() -> str:
    return _("⚫ Hidden ones")


def listed(total: int) -> Markup:
    return fill(_("⚫ <b>Hidden problems</b>: {total}"), total=number(total))


def why_hide(problem: ProblemCard) -> Markup:
    return fill(
        _(
            "⚫ <b>Why is problem {number} to be hidden?</b>\n"
            "Residents will not be able to read it. In a vote its line stays, with the reason in place of "
            "the text, and the votes stay counted. Its author will be told the reason. You can show it again."
        ),
        number=problem.number,
    )


def reason_button(why: HideReason) -> str:
    return {
        HideReason.PERSONAL_DATA: _("Personal data"),
        HideReason.INSULT: _("Insult"),
        HideReason.NOT_TRUE: _("Not true"),
        HideReason.DUPLICATE: _("Already on the list"),
        HideReason.OWN_WORDS: own_words(),
    }[why]


def own_words() -> str:
    return _("✏️ In my own words")


def write_why_hide(problem: ProblemCard) -> Markup:
    return fill(
        _(
            "✏️ Write why problem {number} is hidden. Its author, its supporters and voters will read it as "
            "you write it."
        ),
        number=problem.number,
    )


def hidden_toast() -> str:
    return _("Hidden. Its author will be told why.")


def shown_toast() -> str:
    return _("Everyone can read it again. Its author will be told.")


def cannot_hide(_refusal: Refusal) -> str:
    return _("This cannot be done now: the problem is not public, or it has been joined to another.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {CannotHide: cannot_hide}
