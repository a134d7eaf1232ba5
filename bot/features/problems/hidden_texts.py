"""What stands in the place of a hidden problem's text, on every list that keeps its line."""

from collections.abc import Callable
from typing import Protocol

from markupsafe import Markup

from bot.domain.problem import Hidden, HideReason
from bot.i18n import _, fill


class Line(Protocol):
    """A problem on a list that stays as it is, such as a ballot. A hidden one keeps its line."""

    @property
    def text(self) -> str | None: ...

    @property
    def hidden(self) -> Hidden | None: ...


def line_text(problem: Line) -> str:
    """Its text, or what stands in the place of a hidden one."""
    return hidden_words(problem.hidden) if problem.hidden else problem.text or ""


def hidden_words(hidden: Hidden) -> str:
    return _("⚫ Hidden by the facilitator. Reason: {reason}").format(reason=hide_reason_words(hidden))


def hidden_briefly() -> str:
    """On a button."""
    return _("⚫ hidden")


def hide_reason_words(hidden: Hidden) -> str:
    """For everybody."""
    return (
        hidden.words
        or {
            HideReason.PERSONAL_DATA: _("it names a person, or a telephone or document number"),
            HideReason.INSULT: _("it insults somebody"),
            HideReason.NOT_TRUE: _("what it says is not true"),
            HideReason.DUPLICATE: _("the same problem is on the list already"),
            HideReason.OWN_WORDS: _("no reason given"),
        }[hidden.reason]
    )


def reason(hidden: Hidden) -> Markup:
    """A sentence of its own, for whoever is told that the problem is hidden."""
    return fill(_("Reason: {reason}"), reason=hide_reason_words(hidden))


def to_author(hidden: Hidden) -> Markup:
    """The reason, and what they can do now."""
    return reason(hidden) + Markup("\n") + fill(_CAN_DO[hidden.reason]())


_CAN_DO: dict[HideReason, Callable[[], str]] = {
    HideReason.PERSONAL_DATA: lambda: _("You can report it again without names and numbers."),
    HideReason.INSULT: lambda: _("You can report it again in calm words."),
    HideReason.NOT_TRUE: lambda: _(
        "If it is true after all, please report it again and write where it can be seen."
    ),
    HideReason.DUPLICATE: lambda: _("You can find that problem in the list and press “Mine too”."),
    HideReason.OWN_WORDS: lambda: _("When this is put right, you can report it again."),
}
