"""Words of the answers to those who reported."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.text import shortened
from bot.features.plan.answer_queries import Unanswered
from bot.features.plan.plan_queries import Item
from bot.features.problems.public import ProblemCard, problem_facts, status_words, wordless
from bot.i18n import _, current_language, fill, ngettext, number

SHOWN = 110


def unanswered(found: Sequence[Unanswered], count: int) -> Markup:
    if not count:
        return fill(_("💬 Every problem has its answer. Thank you!"))
    title = fill(
        ngettext(
            "💬 <b>Without an answer: {count} problem</b>",
            "💬 <b>Without an answer: {count} problems</b>",
            count,
        ),
        count=number(count),
    )
    hint = fill(_("Say of each whether it is in the plan. Its author and supporters will be told."))
    return Markup("\n\n").join([title, hint, *(_line(each) for each in found)])


def _line(problem: Unanswered) -> Markup:
    words = problem.wording.read_in(current_language()) or wordless()
    return fill(
        _("<b>{number}.</b> {words}\n{status} · 🤝 {supporters}"),
        number=problem.number,
        words=shortened(words, SHOWN),
        status=status_words(problem.status),
        supporters=number(problem.supporters),
    )


def number_label(problem: Unanswered) -> str:
    return str(problem.number)


def answer(problem: ProblemCard) -> Markup:
    return Markup("\n").join(
        [
            fill(_("💬 <b>Is problem {number} in the plan?</b>"), number=problem.number),
            *problem_facts(problem),
            fill(_("Now: {status}"), status=status_words(problem.status)),
        ]
    )


def in_the_plan() -> str:
    return _("📘 Yes, choose the measure")


def not_this_time() -> str:
    return _("⚪ Not this time, because…")


def which_measure(problem: ProblemCard, items: Sequence[Item]) -> Markup:
    title = fill(_("📘 <b>Which measure answers problem {number}?</b>"), number=problem.number)
    lines = [
        fill(
            "<b>{number}.</b> {title}",
            number=each.number,
            title=shortened(each.title_in(current_language()), SHOWN),
        )
        for each in items
    ] or [fill(_("There is no plan in the bot yet."))]
    return Markup("\n\n").join([title, *lines])


def measure_label(item: Item) -> str:
    return str(item.number)


def why_not(problem: ProblemCard) -> Markup:
    return fill(
        _(
            "⚪ <b>Why is problem {number} not in the plan this time?</b>\n"
            "Write it in plain words: what is lacking, and what people can do. Its people will read it."
        ),
        number=problem.number,
    )


def told(number_: int) -> Markup:
    return fill(_("💬 <b>Problem {number} has its answer.</b> Its people are being told."), number=number_)


def following() -> str:
    return _("Next one ➡️")
