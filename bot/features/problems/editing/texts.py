"""Words of a facilitator's work on a problem."""

from collections.abc import Callable

from markupsafe import Markup

from bot.domain.moderation import Line
from bot.domain.refusals import Refusal, WordingIsFrozen
from bot.domain.text import shortened
from bot.features.problems import card_texts as cards, privacy_texts
from bot.features.problems.editing import redacting_texts
from bot.features.problems.editing.queries import Sheet
from bot.features.problems.problem_queries import ProblemCard
from bot.i18n import _, fill

# How much of each line the whole sheet shows, in characters.
SHOWN = 400


def sheet(found: Sheet) -> Markup:
    """The record for planning, line by line."""
    problem = found.card
    title = fill(_("✏️ <b>Problem {number}: the record</b>"), number=problem.number)
    lines = [
        title,
        cards.text(shortened(problem.wording.text, SHOWN)) if problem.wording.text else no_words(),
    ]
    if translation := problem.wording.translation:
        lines.append(fill(_("🌐 {words}"), words=shortened(translation, SHOWN)))
    lines += [cards.village(problem.village.name), cards.topic(problem.topic)]
    lines.append(cards.who(problem.who) if problem.who else _missing(Line.WHO))
    lines += [_record(Line.CAUSES, found.causes), _record(Line.CONSEQUENCES, found.consequences)]
    if problem.is_outside_competence:
        lines.append(cards.outside_competence())
    lines += [cards.note(each) for each in problem.notes]
    lines += privacy_texts.on_the_sheet(problem, found.causes, found.consequences)
    if found.is_frozen:
        lines.append(fill(_("A vote has shown this wording, so it stays. You can add a note.")))
    return Markup("\n").join(lines)


def no_words() -> Markup:
    return fill(_("<i>🎙 It is not in words yet.</i>"))


def _record(which: Line, words: str | None) -> Markup:
    if not words:
        return _missing(which)
    return fill(_("{line}: <b>{words}</b>"), line=_NAMES[which](), words=shortened(words, SHOWN))


def _missing(which: Line) -> Markup:
    return fill(_("{line}: not written yet"), line=_NAMES[which]())


_NAMES: dict[Line, Callable[[], str]] = {
    Line.WORDING: lambda: _("Wording"),
    Line.TRANSLATION: lambda: _("Translation"),
    Line.WHO: lambda: _("Whom it touches"),
    Line.CAUSES: lambda: _("Causes"),
    Line.CONSEQUENCES: lambda: _("Consequences"),
    Line.NOTE: lambda: _("Note"),
}


def line(which: Line) -> str:
    return f"✏️ {_BUTTONS[which]()}"


_BUTTONS: dict[Line, Callable[[], str]] = {
    **_NAMES,
    Line.WHO: lambda: _("Who suffers"),
}


def topic() -> str:
    return _("✏️ Topic")


def village() -> str:
    return _("✏️ Village")


def competence(outside: bool) -> str:  # the wanted state
    return _("📤 Not ours alone") if outside else _("📤 It is ours after all")


def ready() -> str:
    return _("To the problem")


def it_is_in(language: str) -> str:
    return _("It is in Kyrgyz") if language == "ky" else _("It is in Russian")


def write(found: Sheet, which: Line) -> Markup:
    """What to type, and what the line says now."""
    now = _now(found, which)
    parts = [fill(_ASKED[which](), number=found.card.number)]
    if now:
        parts.append(fill(_("Now it says:\n<blockquote>{text}</blockquote>"), text=now))
    return Markup("\n\n").join(parts)


def _now(found: Sheet, which: Line) -> str | None:
    words = found.card.wording
    return {
        Line.WORDING: words.text,
        Line.TRANSLATION: words.translation or words.text,
        Line.WHO: cards.who_words(found.card.who) if found.card.who else None,
        Line.CAUSES: found.causes,
        Line.CONSEQUENCES: found.consequences,
        Line.NOTE: None,
    }[which]


_ASKED: dict[Line, Callable[[], str]] = {
    Line.WORDING: lambda: _(
        "✏️ <b>Problem {number}: the wording</b>\n"
        "Write what happens, where, and who suffers. The author's own words are kept."
    ),
    Line.TRANSLATION: lambda: _(
        "🌐 <b>Problem {number}: the translation</b>\nWrite the same in the other language."
    ),
    Line.WHO: lambda: _("✏️ <b>Problem {number}</b>\nWhom does it touch? How many people?"),
    Line.CAUSES: lambda: _("✏️ <b>Problem {number}: causes</b>\nWhy is it so?"),
    Line.CONSEQUENCES: lambda: _(
        "✏️ <b>Problem {number}: consequences</b>\nWhat comes of it, if nothing is done?"
    ),
    Line.NOTE: lambda: _(
        "✏️ <b>Problem {number}: a note</b>\nWrite what is to be corrected. It stands below the wording with "
        "today's date."
    ),
}


def which_village(problem: ProblemCard) -> Markup:
    return fill(_("✏️ <b>Problem {number}</b>: in which village?"), number=problem.number)


def which_topic(problem: ProblemCard) -> Markup:
    return fill(_("✏️ <b>Problem {number}</b>: what is it about?"), number=problem.number)


def both_wordings(problem: ProblemCard) -> Markup:
    words = problem.wording
    own = cards.text(words.original) if words.original else no_words()
    return Markup("\n").join(
        [
            fill(_("<b>Problem {number}: the author's own words</b>"), number=problem.number),
            own,
            fill(_("<b>As it is worded now</b>")),
            cards.text(words.text) if words.text else no_words(),
        ]
    )


def frozen(_refusal: Refusal) -> str:
    return _("A vote has shown this wording, so it stays. You can add a note.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    WordingIsFrozen: frozen,
    **redacting_texts.REFUSALS,
}
