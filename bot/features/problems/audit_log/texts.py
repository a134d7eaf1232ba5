"""Words of the history."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.domain.clock import BISHKEK
from bot.domain.moderation import ACTS_OF_AUTHORS
from bot.domain.places import Name
from bot.domain.problem import DeclineReason, Hidden, HideReason, ProblemStatus
from bot.domain.roles import Role
from bot.domain.text import shortened
from bot.features.problems import card_texts as cards
from bot.features.problems.audit_log.acts_texts import act_words
from bot.features.problems.audit_log.queries import Actor, Entry
from bot.features.problems.erasure_queries import REMOVED
from bot.features.problems.hidden_texts import hide_reason_words
from bot.i18n import LANGUAGES, _, fill, named, speaking
from bot.telegram import texts as common
from bot.telegram.role_texts import short_name

# A facilitator who is an author does it as an author nobody is to know.
OF_THE_AUTHOR = ACTS_OF_AUTHORS
# How much of what was before and after a line of the list shows, in characters.
SHOWN = 60
# One message holds both.
LONGEST = 1500


def title(problem: int | None) -> Markup:
    if problem is None:
        return fill(_("📜 <b>History of the municipality</b>"))
    return fill(_("📜 <b>History of problem {number}</b>"), number=problem)


def empty() -> Markup:
    return fill(_("Nothing has been done yet."))


def line(entry: Entry, place: int, viewer_id: int, *, names_problem: bool) -> Markup:
    """When, who, what; and shortened, what it was before and after."""
    what = fill("<b>{place}.</b> {head}", place=place, head=_head(entry, viewer_id))
    about = _about(entry) if names_problem else Markup("")
    change = _change(entry, SHOWN)
    done = fill("{act}{about}", act=act_words(entry.act), about=about)
    return Markup("\n").join(part for part in (what, done, change) if part)


def whole(entry: Entry, viewer_id: int) -> Markup:
    parts = [
        _head(entry, viewer_id),
        fill("<b>{act}</b>{about}", act=act_words(entry.act), about=_about(entry)),
    ]
    if has_change(entry):
        before, after = (told(entry.details.get(key)) for key in ("before", "after"))
        parts += [
            fill(_("Before:\n<blockquote>{words}</blockquote>"), words=shortened(before, LONGEST)),
            fill(_("After:\n<blockquote>{words}</blockquote>"), words=shortened(after, LONGEST)),
        ]
    if is_removed(entry):
        parts.append(fill("<i>{words}</i>", words=cards.removed()))
    if reason := _reason(entry.details):
        parts.append(fill(_("Reason: {reason}"), reason=reason))
    return Markup("\n").join(parts)


def _head(entry: Entry, viewer_id: int) -> Markup:
    return fill("{when} · {who}", when=stamp(entry.at), who=who(entry, viewer_id))


def _about(entry: Entry) -> Markup:
    return fill(_(" · problem {number}"), number=entry.problem) if entry.problem else Markup("")


def _change(entry: Entry, width: int) -> Markup:
    lines = []
    if has_change(entry):
        before, after = (shortened(told(entry.details.get(key)), width) for key in ("before", "after"))
        lines.append(fill("<i>{before}</i> → <i>{after}</i>", before=before, after=after))
    if is_removed(entry):
        lines.append(fill("<i>{words}</i>", words=cards.removed()))
    if reason := _reason(entry.details):
        lines.append(fill("<i>{reason}</i>", reason=shortened(reason, width)))
    return Markup("\n").join(lines)


def has_change(entry: Entry) -> bool:
    return "before" in entry.details or "after" in entry.details


def is_removed(entry: Entry) -> bool:
    """Whether it told the words of a problem that was declined, and whose text is no longer kept."""
    return bool(entry.details.get(REMOVED))


def _reason(details: Mapping[str, Any]) -> str:
    """What else is known of an act: why, which role, or that words were taken out of what was kept."""
    if details.get("redacted"):
        return _("Words were taken out here later.")
    if details.get("hide_reason") in set(HideReason):
        return hide_reason_words(Hidden(HideReason(details["hide_reason"])))
    reason, role = details.get("reason"), details.get("role")
    if reason in set(DeclineReason):
        return str(details.get("words") or cards.reason_words(DeclineReason(reason)))
    return _holder(Role(role), details.get("number")) if role in set(Role) else ""


def _holder(role: Role, number: int | None) -> str:
    return short_name(role) if number is None else f"{short_name(role)} {number}"


def stamp(at: datetime) -> str:
    return f"{at.astimezone(BISHKEK):%d.%m.%Y %H:%M}"


def who(entry: Entry, viewer_id: int | None = None) -> str:
    """A role and a number, "you", or what is known of whoever has left."""
    actor = entry.actor
    if entry.act in OF_THE_AUTHOR and (actor.is_author or actor.resident_id is None):
        return the_author()
    if actor.resident_id is None:
        return _nobody(entry)
    if actor.resident_id == viewer_id:
        return you()
    return _numbered(actor) or (the_author() if actor.is_author else _("a resident"))


def you() -> str:
    return _("you")


def the_author() -> str:
    return _("the author")


def the_operator() -> str:
    return _("the operator")


def _nobody(entry: Entry) -> str:
    if entry.act == "invite.made" or entry.details.get("by") == "operator":
        return the_operator()
    return _("by itself, in time") if entry.details.get("by") == "clock" else _("somebody who has left")


def _numbered(actor: Actor) -> str:
    return f"{short_name(actor.role)} {actor.number}" if actor.role else ""


def told(value: Any) -> str:
    """Whatever the journal keeps of a before or after: a wording, a state, yes or no, or several of them."""
    if value is None or value in ("", {}, []):
        return "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Name):
        return named(value)
    if isinstance(value, Mapping):
        return _several(value.values())
    if isinstance(value, list):
        return _several(value)
    return _WORDS[value]() if value in _WORDS else str(value)


def _several(values: Iterable[Any]) -> str:
    return "; ".join(told(each) for each in values)


def _language(code: str) -> Callable[[], str]:
    """In its own words, as everywhere."""

    def words() -> str:
        with speaking(code):
            return common.own_language()

    return words


def _status(status: ProblemStatus) -> Callable[[], str]:
    return lambda: cards.status_words(status)


_WORDS: dict[Any, Callable[[], str]] = {
    **{str(status): _status(status) for status in ProblemStatus},
    **{code: _language(code) for code in LANGUAGES},
}


def to_problem() -> str:
    return _("⬅️ To the problem")


def to_desk() -> str:
    return _("🛠 Desk")
