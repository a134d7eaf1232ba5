"""Words of what is told about a hearing unasked."""

from collections.abc import Callable, Collection
from datetime import datetime
from math import ceil

from markupsafe import Markup

from bot.domain.clock import BISHKEK
from bot.domain.hearing import Announcement
from bot.domain.text import shortened
from bot.features.hearings import hearing_texts as cards
from bot.i18n import _, current_language, day_and_time, fill, named, ngettext

# Of what was and what is, so much is set side by side; the whole stands in the notice below.
SHOWN_CHANGE = 120
# What a group reads of a change; the rest is a press away.
POSTED_CHANGES = frozenset({"starts_at", "place", "kind", "villages"})
MINUTE, HOUR = 60, 3600
# Above this, minutes are rounded to it.
EXACT_MINUTES = 5


def translated(hearing: Announcement) -> Markup:
    return fill(_("🔔 <b>The notice is now in your language.</b>")) + Markup("\n\n") + cards.notice(hearing)


def changed(before: Announcement, after: Announcement, fields: Collection[str]) -> Markup:
    """What has changed, each thing in a line of its own; then the whole notice."""
    lines = [fill(_("🔔 <b>The hearing has changed.</b>")), *changes(before, after, fields)]
    if "starts_at" in fields:
        lines.append(asked_again())
    return Markup("\n").join(lines) + Markup("\n\n") + cards.notice(after)


def asked_again() -> Markup:
    return fill(_("Please say again whether you come."))


def changes(before: Announcement, after: Announcement, fields: Collection[str]) -> list[Markup]:
    """A thing that reads the same in the language spoken has not changed for its reader."""
    lines = [word(before, after) for field, word in _CHANGES.items() if field in fields]
    return [line for line in lines if line]


def cancelled(hearing: Announcement, reason: str | None) -> Markup:
    parts = [fill(_("🚫 <b>The hearing is called off.</b> We are sorry for the trouble."))]
    if reason:
        parts.append(fill(_("The reason: {reason}"), reason=reason))
    about = Markup("\n").join([planned(hearing), cards.organiser(hearing)]).rstrip()
    return Markup("\n\n").join([*parts, cards.title(hearing), about])


def planned(hearing: Announcement) -> Markup:
    return fill(_("📅 It was planned for: {moment}"), moment=day_and_time(hearing.starts_at))


def reminder(hearing: Announcement, now: datetime) -> Markup:
    about = Markup("\n").join([cards.when(hearing), cards.where(hearing)])
    return Markup("\n\n").join([soon(hearing.starts_at, now), cards.title(hearing), about])


def soon(starts_at: datetime, now: datetime) -> Markup:
    """How far off it is at this very moment, however late the reminder was sent."""
    begins, today = starts_at.astimezone(BISHKEK), now.astimezone(BISHKEK).date()
    days, time = (begins.date() - today).days, f"{begins:%H:%M}"
    if starts_at <= now:
        return fill(_("🔔 <b>The hearing has begun.</b>"))
    if days == 0:
        left = remaining((starts_at - now).total_seconds())
        return fill(_("🔔 <b>Today at {time}, {left}</b>"), time=time, left=left)
    if days == 1:
        return fill(_("🔔 <b>Tomorrow at {time}</b>"), time=time)
    return fill(ngettext("🔔 <b>In {days} day</b>", "🔔 <b>In {days} days</b>", days), days=days)


def remaining(seconds: float) -> str:
    """In hours, or in minutes when it is less than one; rounded, for nobody reads it at once."""
    minutes = max(ceil(seconds / MINUTE), 1)
    if minutes > EXACT_MINUTES:
        minutes = EXACT_MINUTES * round(minutes / EXACT_MINUTES)
    if minutes * MINUTE < HOUR:
        return ngettext("in about {count} minute", "in about {count} minutes", minutes).format(count=minutes)
    hours = round(seconds / HOUR)
    return ngettext("in about {count} hour", "in about {count} hours", hours).format(count=hours)


def own_words(hearing: Announcement) -> Markup:
    """The notice for a group in the language spoken, without what was written in the other one only."""
    parts = [_own_title(hearing), cards.facts(hearing)]
    if agenda := getattr(hearing.agenda, current_language()):
        parts.append(fill(_("<b>Agenda</b>\n{agenda}"), agenda=agenda))
    return Markup("\n\n").join(parts)


def own_changes(before: Announcement, after: Announcement, fields: Collection[str]) -> Markup:
    lines = [
        fill(_("🔔 <b>The hearing has changed.</b>")),
        *changes(before, after, [field for field in fields if field in POSTED_CHANGES]),
    ]
    about = Markup("\n").join([cards.when(after), cards.where(after)])
    return Markup("\n\n").join([Markup("\n").join(lines), _own_title(after), about])


def _own_title(hearing: Announcement) -> Markup:
    head = fill("🗣 <b>{kind}</b>", kind=cards.kind(hearing.kind))
    topic = getattr(hearing.topic, current_language())
    return fill("{head}\n{topic}", head=head, topic=topic) if topic else head


def open_in_bot() -> str:
    return _("Open in the bot")


def _was_is(what: str, before: str, after: str) -> Markup:
    if before == after:
        return Markup("")
    return fill(
        _("{what}: it was {before} → it is now <b>{after}</b>"),
        what=what,
        before=shortened(before, SHOWN_CHANGE) or _("not given"),
        after=shortened(after, SHOWN_CHANGE) or _("not given"),
    )


def _whom(hearing: Announcement) -> str:
    return ", ".join(named(name) for name in hearing.villages) or _("the whole municipality")


def _agenda(before: Announcement, after: Announcement) -> Markup:
    same = before.agenda.read_in(current_language()) == after.agenda.read_in(current_language())
    return Markup("") if same else fill(_("The agenda is new: read it below."))


def _pin(before: Announcement, after: Announcement) -> Markup:
    if before.has_pin == after.has_pin:
        return fill(_("📍 The mark on the map was moved."))
    if after.has_pin:
        return fill(_("📍 The place is now marked on the map."))
    return fill(_("📍 The place is no longer marked on the map."))


def _topic(hearing: Announcement) -> str:
    return hearing.topic.read_in(current_language())


# In the order in which people must know them.
_CHANGES: dict[str, Callable[[Announcement, Announcement], Markup]] = {
    "starts_at": lambda was, now: _was_is(
        _("📅 When"), day_and_time(was.starts_at), day_and_time(now.starts_at)
    ),
    "place": lambda was, now: _was_is(_("📍 Where"), was.place, now.place),
    "has_pin": _pin,
    "villages": lambda was, now: _was_is(_("For whom"), _whom(was), _whom(now)),
    "kind": lambda was, now: _was_is(_("Kind"), cards.kind(was.kind), cards.kind(now.kind)),
    "topic": lambda was, now: _was_is(_("Topic"), _topic(was), _topic(now)),
    "agenda": _agenda,
    "organiser": lambda was, now: _was_is(_("Organiser"), was.organiser, now.organiser),
    "phone": lambda was, now: _was_is(_("Telephone"), was.phone, now.phone),
    "documents": lambda was, now: _was_is(_("📄 Documents"), str(was.documents), str(now.documents)),
}
