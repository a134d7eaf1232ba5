"""How a hearing is put into words, by every feature alike."""

from collections.abc import Callable

from markupsafe import Markup

from bot.domain.hearing import Announcement, HearingKind
from bot.i18n import _, current_language, day_and_time, fill, named, ngettext


def notice(hearing: Announcement) -> Markup:
    """The whole notice as a resident reads it, without its buttons."""
    parts = [title(hearing), facts(hearing)]
    if agenda := hearing.agenda.read_in(current_language()):
        parts.append(fill(_("<b>Agenda</b>\n{agenda}"), agenda=agenda))
    if not hearing.is_told_in(current_language()):
        parts.append(not_translated())
    return Markup("\n\n").join(parts)


def title(hearing: Announcement) -> Markup:
    return fill(
        "🗣 <b>{kind}</b>\n{topic}", kind=kind(hearing.kind), topic=hearing.topic.read_in(current_language())
    )


def facts(hearing: Announcement) -> Markup:
    """When, where, who invites, whom: a line each."""
    lines = [when(hearing), where(hearing), organiser(hearing)]
    if hearing.villages:
        lines.append(whom(hearing))
    if hearing.documents:
        lines.append(documents(hearing.documents))
    return Markup("\n").join(line for line in lines if line)


def when(hearing: Announcement) -> Markup:
    return fill(_("📅 When: <b>{moment}</b>"), moment=day_and_time(hearing.starts_at))


def where(hearing: Announcement) -> Markup:
    return fill(_("📍 Where: <b>{place}</b>"), place=hearing.place)


def organiser(hearing: Announcement) -> Markup:
    if not hearing.organiser:
        return Markup("")
    if not hearing.phone:
        return fill(_("Organiser: {organiser}"), organiser=hearing.organiser)
    return fill(
        _("Organiser: {organiser}, telephone {phone}"), organiser=hearing.organiser, phone=hearing.phone
    )


def whom(hearing: Announcement) -> Markup:
    return fill(_("For: {villages}"), villages=", ".join(named(name) for name in hearing.villages))


def documents(count: int) -> Markup:
    return fill(ngettext("📄 {count} document", "📄 {count} documents", count), count=count)


def not_translated() -> Markup:
    """Said to those who read the other language's words."""
    return fill(_("<i>There is no translation yet. It will be sent when it is ready.</i>"))


def kind(of: HearingKind) -> str:
    return _KINDS[of]()


_KINDS: dict[HearingKind, Callable[[], str]] = {
    HearingKind.DRAFT_BUDGET: lambda: _("Public hearing on the draft budget"),
    HearingKind.BUDGET_EXECUTION: lambda: _("Public hearing on how the budget was spent"),
    HearingKind.PLAN: lambda: _("Public hearing on the joint action plan"),
    HearingKind.PROGRAMME: lambda: _("Public hearing on the development programme"),
    HearingKind.OTHER: lambda: _("Public hearing"),
}
