"""Words of showing and hiding what residents send, for the officers and for its author."""

from markupsafe import Markup

from bot.domain.hearing import QuestionKind
from bot.domain.question import QuestionHideReason, QuestionState
from bot.i18n import _, fill, number


def waiting_title(count: int) -> Markup:
    return fill(_("<b>Waiting for you: {count}</b>"), count=number(count))


def waiting_button(count: int) -> str:
    return _("Waiting for you ({count})").format(count=number(count))


def waiting_line(count: int) -> Markup:
    return fill(
        _("Waiting for you: <b>{count}</b>. Residents do not see them, and they are not printed."),
        count=number(count),
    )


def nothing_waits() -> Markup:
    return fill(_("❓ Nothing waits: you have looked at everything. Thank you!"))


def show() -> str:
    return _("Show to everybody")


def hide() -> str:
    return _("Hide it")


def hide_number(position: int) -> str:
    return _("Hide {number}").format(number=number(position))


def undo() -> str:
    return _("Undo")


def next_waiting(count: int) -> str:
    return _("Next one ({count}) ➡️").format(count=number(count))


def done(state: QuestionState) -> Markup:
    return fill(
        {
            QuestionState.WAITING: _("<b>Put back.</b> It waits for you again."),
            QuestionState.SHOWN: _("<b>Shown.</b> Everybody can read it now."),
            QuestionState.HIDDEN: _("<b>Hidden.</b> Only its author and the officers see it."),
        }[state]
    )


def why() -> Markup:
    return fill(_("Why? Press the reason: its author is told in a few minutes."))


def reason_button(reason: QuestionHideReason) -> str:
    return {
        QuestionHideReason.OFFENSIVE: _("Offensive words"),
        QuestionHideReason.PERSONAL: _("Personal data"),
        QuestionHideReason.OFF_TOPIC: _("Another matter"),
        QuestionHideReason.REPEATED: _("Asked already"),
    }[reason]


def reason(why_: QuestionHideReason) -> str:
    """As its author reads it, after the word for reason and a colon."""
    return {
        QuestionHideReason.OFFENSIVE: _("there are offensive words in it"),
        QuestionHideReason.PERSONAL: _("there is personal data in it, yours or somebody else's"),
        QuestionHideReason.OFF_TOPIC: _("it is about another matter than this hearing"),
        QuestionHideReason.REPEATED: _("somebody has asked or proposed the same already"),
    }[why_]


def decided_by_colleague() -> Markup:
    return fill(_("⚠️ Somebody has decided on this meanwhile. This is how it stands now:"))


def heard_hidden(kind: QuestionKind, text: str, why_: QuestionHideReason | None) -> Markup:
    title = (
        _("💬 <b>Your proposal is seen by the organisers alone</b>")
        if kind is QuestionKind.PROPOSAL
        else _("❓ <b>Your question is seen by the organisers alone</b>")
    )
    parts = [fill(title), fill("<blockquote>{text}</blockquote>", text=text)]
    if why_:
        parts.append(fill(_("Reason: {reason}."), reason=reason(why_)))
    parts.append(fill(_("As long as the hearing takes questions, you can send it in other words.")))
    return Markup("\n").join(parts)


def heard_shown(kind: QuestionKind, text: str) -> Markup:
    title = (
        _("💬 <b>Everybody can read your proposal now</b>")
        if kind is QuestionKind.PROPOSAL
        else _("❓ <b>Everybody can read your question now</b>")
    )
    return Markup("\n").join([fill(title), fill("<blockquote>{text}</blockquote>", text=text)])
