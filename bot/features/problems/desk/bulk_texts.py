"""Words of declining several waiting reports at once."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.domain.problem import DeclineReason
from bot.domain.refusals import MarksChanged, NothingMarked, Refusal, TooManyMarked
from bot.domain.text import shortened
from bot.features.problems import card_texts as cards
from bot.features.problems.desk.bulk_queries import MarkableLine, MarkablePage, Marked
from bot.i18n import _, fill, ngettext, number

# How much of a report its line and its button show, in characters.
LINE, BUTTON = 130, 29


def decline_several() -> str:
    return _("🔴 Decline several")


def to_desk() -> str:
    return _("🛠 Desk")


def to_mark(found: MarkablePage) -> Markup:
    title = fill(
        _(
            "🔴 <b>Decline several reports</b>\n"
            "Press those that are to be declined. Press again to take the mark off."
        )
    )
    return Markup("\n\n").join([title, *(_line(each) for each in found.lines)])


def _line(of: MarkableLine) -> Markup:
    words = shortened(of.text, LINE) or cards.wordless()
    mark = "🔴 " if of.is_marked else ""
    return fill("{mark}<b>{number}.</b> {text}", mark=mark, number=of.number, text=words)


def choice(of: MarkableLine) -> str:
    begin = f"🔴 {of.number}. " if of.is_marked else f"{of.number}. "
    return f"{begin}{shortened(of.text or cards.wordless(), BUTTON - len(begin))}"


def decline_marked(count: int) -> str:
    return _("Decline the marked: {count}").format(count=number(count))


def clear() -> str:
    return _("Take off all marks")


def why(count: int) -> Markup:
    return fill(
        _("🔴 <b>Why are these reports declined?</b>\nMarked: {count}. Each author will read the reason."),
        count=number(count),
    )


def reason_button(why_: DeclineReason) -> str:
    return {
        DeclineReason.UNCLEAR: _("Not clear"),
        DeclineReason.PRIVATE_MATTER: _("Matter of one family"),
        DeclineReason.OTHER_MUNICIPALITY: _("Other municipality"),
        DeclineReason.OFFENSIVE: _("Offensive words"),
        DeclineReason.DUPLICATE: _("Already on the list"),
        DeclineReason.OWN_WORDS: _("✏️ In my own words"),
    }[why_]


def sure(marked: Sequence[Marked], reason: DeclineReason) -> Markup:
    numbers = ", ".join(f"№{each.number}" for each in marked)
    return Markup("\n").join(
        [
            fill(
                ngettext(
                    "🔴 <b>Decline {count} report?</b>", "🔴 <b>Decline {count} reports?</b>", len(marked)
                ),
                count=number(len(marked)),
            ),
            fill("{numbers}", numbers=numbers),
            cards.reason(reason, None),
        ]
    )


def yes_decline(count: int) -> str:
    return _("🔴 Yes, decline: {count}").format(count=number(count))


def declined(count: int) -> Markup:
    return fill(_("🔴 <b>Declined: {count}.</b> Each author will be told why."), count=number(count))


def lost(marked: Sequence[Marked]) -> Markup:
    title = fill(_("⚠️ <b>Nothing was declined.</b> Meanwhile your colleagues have dealt with some:"))
    lines = [
        fill(
            "№{number}: {state}",
            number=each.number,
            state=_("a colleague has it now") if each.is_held else cards.status_words(each.status),
        )
        for each in marked
    ]
    return Markup("\n").join([title, *lines, fill(_("Their marks are taken off. Please look again."))])


def nothing_marked(_refusal: Refusal) -> str:
    return _("No report is marked.")


def too_many_marked(refusal: TooManyMarked) -> str:
    return _("At most {limit} can be declined at once. Decline these first, then mark others.").format(
        limit=number(refusal.limit)
    )


def marks_changed(_refusal: Refusal) -> str:
    return _("Other reports are marked now. Please look at them again.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    NothingMarked: nothing_marked,
    TooManyMarked: too_many_marked,
    MarksChanged: marks_changed,
}
