"""Words of muting the author of a problem for a time."""

from collections.abc import Callable
from datetime import datetime

from markupsafe import Markup

from bot.domain.places import Name
from bot.domain.refusals import CannotMute, MayNotWrite, Refusal
from bot.domain.silence import SilenceReason
from bot.features.problems.problem_queries import ProblemCard
from bot.i18n import _, day, fill, named, ngettext


def mute() -> str:
    return _("🔇 Mute its author")


def lift() -> str:
    return _("🔇 Let its author write again")


def is_muted(until: datetime) -> Markup:
    return fill(_("🔇 Its author cannot write here. Until: {day}"), day=day(until))


def why_mute(problem: ProblemCard) -> Markup:
    return fill(
        _(
            "🔇 <b>Why is the author of problem {number} to be muted?</b>\n"
            "For those who only send spam or insults. You will not learn who it is. They will be told the "
            "reason."
        ),
        number=problem.number,
    )


def reason_button(why: SilenceReason) -> str:
    return {
        SilenceReason.SPAM: _("Advertising or repeats"),
        SilenceReason.INSULT: _("Insults people"),
        SilenceReason.PERSONAL_DATA: _("Personal data of others"),
    }[why]


def how_long(problem: ProblemCard, why: SilenceReason) -> Markup:
    return fill(
        _(
            "🔇 <b>For how long?</b>\n"
            "The author of problem {number} can still read, vote and get notices. They cannot report a "
            "problem, support one, ask at a hearing or answer a facilitator.\n"
            "Reason: {reason}"
        ),
        number=problem.number,
        reason=reason_words(why),
    )


def length(days: int) -> str:
    return ngettext("{days} day", "{days} days", days).format(days=days)


def muted_toast() -> str:
    return _("Muted. They will be told why and until when.")


def lifted_toast() -> str:
    return _("They can write again and will be told.")


def reason_words(why: SilenceReason) -> str:
    return {
        SilenceReason.SPAM: _("advertising, or the same message many times"),
        SilenceReason.INSULT: _("words that insult people"),
        SilenceReason.PERSONAL_DATA: _("names or numbers of other people"),
    }[why]


def heard_muted(place: Name, until: datetime, why: SilenceReason) -> Markup:
    return fill(
        _(
            "🔇 <b>{municipality}: you cannot write here for now.</b> The facilitator has decided so.\n"
            "Until: {day}\n"
            "Reason: {reason}\n\n"
            "You can still read everything, vote and get notices. After that day you can write again."
        ),
        municipality=named(place),
        day=day(until),
        reason=reason_words(why),
    )


def heard_unmuted(place: Name) -> Markup:
    return fill(
        _("🔇 <b>{municipality}: you can write again.</b> You can report problems as before."),
        municipality=named(place),
    )


def cannot_mute(_refusal: Refusal) -> str:
    return _("The author of this problem cannot be muted.")


def may_not_write(refusal: MayNotWrite) -> str:
    return _(
        "You cannot write here for now: the facilitator has decided so. Until: {day}. "
        "You can still read and vote."
    ).format(day=day(refusal.until))


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    CannotMute: cannot_mute,
    MayNotWrite: may_not_write,
}
