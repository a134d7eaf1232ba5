"""What of a problem is public, and personal data that stand in it."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.domain.personal import Found, PersonalKind, found_in
from bot.domain.problem import ProblemStatus
from bot.domain.text import shortened
from bot.features.problems.problem_queries import ProblemCard
from bot.i18n import _, fill, ngettext, number

# So many finds are named, each with so many characters.
_MOST_NAMED = 5
_LONGEST_NAMED = 60
_NOT_TO_BE_PUBLIC = frozenset({ProblemStatus.DECLINED, ProblemStatus.MERGED})


def on_the_desk(problem: ProblemCard) -> list[Markup]:
    """Before publishing, and after each change of the words: what everybody would read of a person."""
    lines = [_kept_back(problem.kept_back)] if problem.kept_back else []
    return [*lines, *_warning(_public_words(problem))]


def on_the_sheet(problem: ProblemCard, *record: str | None) -> list[Markup]:
    """Of all that a facilitator has typed: `record` is printed for planning."""
    return _warning([*_public_words(problem), *record])


def names_somebody(problem: ProblemCard) -> bool:
    """Whether personal data stand in what everybody would read."""
    return any(found_in(text) for text in _public_words(problem) if text)


def in_question(text: str, name: str | None) -> list[Markup]:
    """For its author, before a question is sent to a hearing, and for the officers who show or hide it."""
    return _warning([text, name])


def _warning(words: Sequence[str | None]) -> list[Markup]:
    """Names the personal data in what a facilitator publishes; nothing where there are none."""
    found = [each for text in words if text for each in found_in(text)]
    if not found:
        return []
    return [fill(_("⚠️ <b>Personal data in the text.</b> Everybody will read it:")), *named_finds(found)]


def _public_words(problem: ProblemCard) -> list[str | None]:
    if problem.status in _NOT_TO_BE_PUBLIC:
        return []
    wording = problem.wording
    return [wording.text, wording.translation, problem.who, *(each.text for each in problem.notes)]


def named_finds(found: Sequence[Found]) -> list[Markup]:
    """Each on a line of its own, quoted once."""
    quoted = list(dict.fromkeys((each.kind, each.words) for each in found))
    lines = [
        fill("• {kind}: <b>{words}</b>", kind=kind_words(kind), words=shortened(words, _LONGEST_NAMED))
        for kind, words in quoted[:_MOST_NAMED]
    ]
    if len(quoted) > _MOST_NAMED:
        lines.append(fill(_("• and more: {count}"), count=number(len(quoted) - _MOST_NAMED)))
    return lines


def take_out() -> str:
    return _("✂️ Take words out")


def kind_words(kind: PersonalKind) -> str:
    return _KINDS[kind]()


_KINDS: dict[PersonalKind, Callable[[], str]] = {
    PersonalKind.PHONE: lambda: _("telephone number"),
    PersonalKind.EMAIL: lambda: _("e-mail"),
    PersonalKind.PERSONAL_NUMBER: lambda: _("personal number"),
    PersonalKind.CARD: lambda: _("card or account"),
}


def _kept_back(count: int) -> Markup:
    return fill(
        ngettext(
            "🎙 {count} voice message is for you alone: residents do not hear it.",
            "🎙 {count} voice messages are for you alone: residents do not hear them.",
            count,
        ),
        count=number(count),
    )
