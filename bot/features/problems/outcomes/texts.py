"""Words of what became of a problem."""

from collections.abc import Callable

from markupsafe import Markup

from bot.domain.problem import ProblemStatus
from bot.domain.refusals import CannotBecome, NoLongerDone, ReasonMissing, Refusal
from bot.domain.text import shortened
from bot.features.problems import card_texts as cards
from bot.features.problems.outcome_queries import Standing
from bot.features.problems.problem_queries import ProblemCard
from bot.i18n import _, current_language, fill

# How much of a wording is shown, in characters.
SHOWN = 300


def which_outcome(problem: ProblemCard) -> Markup:
    return Markup("\n").join(
        [
            fill(_("<b>What became of problem {number}?</b>"), number=problem.number),
            cards.text(shortened(problem.wording.read_in(current_language()), SHOWN)),
            fill(_("Now: {status}"), status=cards.status_words(problem.status)),
            fill(_("Its author and supporters will be told.")),
        ]
    )


def outcome(status: ProblemStatus) -> str:
    return cards.status_words(status)


def write(standing: Standing, status: ProblemStatus) -> Markup:
    title = fill(
        _("<b>Problem {number}</b>: {status}"), number=standing.number, status=cards.status_words(status)
    )
    return title + Markup("\n") + fill(_ASKED.get(status, _ask_more)())


def _ask_more() -> str:
    return _("Write a few words for its people, or go on without.")


_ASKED: dict[ProblemStatus, Callable[[], str]] = {
    ProblemStatus.LEFT_OUT: lambda: _("Write why not. Its author and supporters will read it."),
    ProblemStatus.DOING: lambda: _("Write who does it and by when, or go on without."),
    ProblemStatus.DONE: lambda: _(
        "Write what was done, or go on without. Its author will be asked about it."
    ),
}


def without_words() -> str:
    return _("Without words")


def said(standing: Standing, status: ProblemStatus) -> Markup:
    return fill(
        _("<b>Problem {number}</b>: {status}.\nIts people are being told."),
        number=standing.number,
        status=cards.status_words(status),
    )


def said_toast() -> str:
    return _("Its people will be told.")


def to_problem() -> str:
    return _("To the problem")


def what_is_not_solved(standing: Standing) -> Markup:
    return fill(
        _(
            "🔁 <b>Problem {number} is not solved?</b>\n"
            "Please send a photo, or write what is still bad. The facilitator will see it."
        ),
        number=standing.number,
    )


def just_not_solved() -> str:
    return _("Just say: not solved")


def confirmed(standing: Standing) -> Markup:
    return fill(_("🏁 Thank you! Problem {number} is solved."), number=standing.number)


def reopened(standing: Standing) -> Markup:
    return fill(
        _(
            "🔁 <b>Problem {number} is open again.</b> "
            "The facilitator is told. You will hear what comes of it."
        ),
        number=standing.number,
    )


def reopened_toast() -> str:
    return _("It is open again.")


def see_problem() -> str:
    return _("📋 See the problem")


def heard_reopened(number: int, words: str | None) -> Markup:
    told = fill(_("🔁 <b>Problem {number} is not solved, says its author.</b>"), number=number)
    return told + Markup("\n") + cards.text(words) if words else told


def open_on_desk() -> str:
    return _("🛠 Open it at the desk")


def cannot_become(_refusal: Refusal) -> str:
    return _("This cannot follow now. Please open the problem again.")


def reason_missing(_refusal: Refusal) -> str:
    return _("Please write the reason: its people will read it.")


def no_longer_done(_refusal: Refusal) -> str:
    return _("It is not marked as solved any more. Thank you, we know.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    CannotBecome: cannot_become,
    ReasonMissing: reason_missing,
    NoLongerDone: no_longer_done,
}
