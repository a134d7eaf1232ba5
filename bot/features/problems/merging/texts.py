"""Words of joining problems."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.domain.refusals import CannotMerge, MergeDuringVote, NoSuchProblem, Refusal
from bot.domain.text import shortened
from bot.features.problems import card_texts as cards
from bot.features.problems.likeness_queries import Similar
from bot.features.problems.problem_queries import ProblemCard
from bot.i18n import _, current_language, fill, named, number

# How much of a wording stands in a list, and beside another one, in characters.
LINE, SIDE = 130, 900


def which_other(problem: ProblemCard, near: Sequence[Similar]) -> Markup:
    parts = [
        fill(_("🔗 <b>Join problem {number} to which other?</b>"), number=problem.number),
        cards.text(shortened(problem.wording.read_in(current_language()), LINE)),
    ]
    parts += [
        fill(
            "<b>№{number}</b> · {village}\n{text}",
            number=each.number,
            village=named(each.village),
            text=shortened(each.text, LINE),
        )
        for each in near
    ]
    if not near:
        parts.append(fill(_("Nothing like it was found. You can type a number.")))
    return Markup("\n\n").join(parts)


def numbered(of: int) -> str:
    return f"№{of}"


def by_number() -> str:
    return _("By its number")


def type_number(problem: ProblemCard) -> Markup:
    return fill(
        _("🔗 Type the number of the problem that problem {number} is to be joined to."),
        number=problem.number,
    )


def compared(problem: ProblemCard, into: ProblemCard) -> Markup:
    """Both wordings, and what will happen."""
    language = current_language()
    return Markup("\n").join(
        [
            fill(_("🔗 <b>Problem {number}</b> will be joined:"), number=problem.number),
            cards.village(problem.village.name),
            cards.text(shortened(problem.wording.read_in(language), SIDE)),
            fill(_("<b>Problem {number}</b> will speak for both:"), number=into.number),
            cards.village(into.village.name),
            cards.text(shortened(into.wording.read_in(language), SIDE)),
            fill(_("Its author and supporters move along and are told. You can undo it.")),
        ]
    )


def join(number_: int, into: int) -> str:
    return _("🔗 Join {number} to {into}").format(number=f"№{number_}", into=f"№{into}")


def other_way() -> str:
    return _("The other way round")


def joined(problem: ProblemCard, into: ProblemCard) -> Markup:
    return fill(
        _("🔗 Problem {number} is joined to problem {into}."), number=problem.number, into=into.number
    )


def joined_toast() -> str:
    return _("Joined. Its people will be told.")


def split_toast() -> str:
    return _("It stands alone again.")


def undo() -> str:
    return _("Undo")


def next_report() -> str:
    return _("Next ➡️")


def to_desk() -> str:
    return _("🛠 Desk")


def alone_again(problem: ProblemCard) -> Markup:
    return fill(_("🔗 Problem {number} stands alone again."), number=problem.number)


def split(number_: int) -> str:
    return _("Split off {number}").format(number=f"№{number_}")


def merged_into(into: ProblemCard, shown: Sequence[ProblemCard], total: int) -> Markup:
    parts = [
        fill(
            _("🔗 <b>Problem {number} speaks for others too</b>: {total}"),
            number=into.number,
            total=number(total),
        )
    ]
    parts += [
        fill(
            "<b>№{number}</b> · {village}\n{text}",
            number=each.number,
            village=named(each.village.name),
            text=shortened(each.wording.original or each.wording.text, SIDE),
        )
        for each in shown
    ]
    return Markup("\n\n").join(parts)


def cannot_merge(_refusal: Refusal) -> str:
    return _("These two cannot be joined: one of them is declined, hidden or joined already.")


def merge_during_vote(_refusal: Refusal) -> str:
    return _("A vote on it is going on. Problems can be joined when it is closed.")


def no_such_problem(_refusal: Refusal) -> str:
    return _("There is no other problem with this number here. Please type a number from the list.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    CannotMerge: cannot_merge,
    MergeDuringVote: merge_during_vote,
    NoSuchProblem: no_such_problem,
}
