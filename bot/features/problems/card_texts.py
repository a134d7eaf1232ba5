"""How a problem and what belongs to it are put into words, by every feature alike."""

from collections.abc import Callable

from markupsafe import Markup

from bot.domain.places import Name, Topic
from bot.domain.problem import DeclineReason, MediaKind, ProblemStatus, Sufferers, Wording
from bot.features.problems.problem_queries import Note, ProblemCard
from bot.i18n import _, current_language, day, fill, named, ngettext


def facts(problem: ProblemCard) -> list[Markup]:
    """What the problem is, where, on what, whom it touches: a line each."""
    lines = [wording(problem.wording), village(problem.village.name), topic(problem.topic)]
    if problem.who:
        lines.append(who(problem.who))
    if problem.is_outside_competence:
        lines.append(outside_competence())
    if problem.attachments:
        lines.append(attachments(problem.attachments))
    return [*lines, *(note(each) for each in problem.notes)]


def outside_competence() -> Markup:
    return fill(_("📤 The municipality cannot solve it alone. It will be passed on to those who can."))


def note(said: Note) -> Markup:
    return fill(_("✏️ <i>{day}: {words}</i>"), day=day(said.at), words=said.text)


def wording(words: Wording) -> Markup:
    """In the reader's language where somebody has translated it; says so then."""
    language = current_language()
    read = words.read_in(language)
    if not read:
        return fill("<i>{words}</i>", words=removed() if words.is_removed else wordless())
    return text(read) + translated() if words.is_translated_in(language) else text(read)


def wordless() -> str:
    """In the place of a wording that there is none of yet."""
    return _("🎙 In a voice message or photo, without words yet")


def removed() -> str:
    """In the place of the text of a problem that was declined long ago."""
    return _("The text was removed")


def translated() -> Markup:
    return fill(_("\n<i>🌐 Translated by a person</i>"))


def text(words: str) -> Markup:
    return fill("<blockquote>{words}</blockquote>", words=words)


def village(name: Name) -> Markup:
    return fill(_("Village: <b>{name}</b>"), name=named(name))


def topic(chosen: Topic | None) -> Markup:
    return fill(_("Topic: <b>{topic}</b>"), topic=topic_words(chosen))


def topic_words(chosen: Topic | None) -> str:
    return f"{chosen.emoji} {named(chosen.short)}" if chosen else _("not chosen")


def who(words: str) -> Markup:
    return fill(_("It touches: <b>{who}</b>"), who=who_words(words))


def who_words(words: str) -> str:
    """One of the ready answers in the reader's language, or the author's own words."""
    return _WHO[Sufferers(words)]() if words in _WHO else words


_WHO: dict[str, Callable[[], str]] = {
    Sufferers.EVERYONE: lambda: _("Everyone"),
    Sufferers.CHILDREN: lambda: _("Children"),
    Sufferers.WOMEN: lambda: _("Women"),
    Sufferers.YOUTH: lambda: _("Young people"),
    Sufferers.ELDERS: lambda: _("Elders"),
    Sufferers.FARMERS: lambda: _("Farmers"),
}


def attachments(count: int) -> Markup:
    return fill(ngettext("📎 {count} attachment", "📎 {count} attachments", count), count=count)


def show_attachments() -> str:
    return _("📎 Show photo and voice")


def media_caption(kind: MediaKind, number: int) -> str:
    names = {
        MediaKind.PHOTO: _("Photo"),
        MediaKind.VOICE: _("Voice message"),
        MediaKind.LOCATION: _("Place on the map"),
    }
    return _("{what} · problem {number}").format(what=names[kind], number=number)


def status_words(status: ProblemStatus) -> str:
    return {
        ProblemStatus.SUBMITTED: _("⏳ waits for the facilitator"),
        ProblemStatus.PUBLISHED: _("🟢 published"),
        ProblemStatus.DECLINED: _("🔴 not published"),
        ProblemStatus.MERGED: _("🔗 joined to another problem"),
        ProblemStatus.SHORTLISTED: _("⭐ on the short list"),
        ProblemStatus.PLANNED: _("📘 in the plan"),
        ProblemStatus.LEFT_OUT: _("⚪ not in the plan this time"),
        ProblemStatus.DOING: _("🚧 being solved"),
        ProblemStatus.DONE: _("🏁 solved"),
        ProblemStatus.REOPENED: _("🔁 not solved yet"),
        ProblemStatus.HIDDEN: _("⚫ hidden by the facilitator"),
    }[status]


def reason(why: DeclineReason, own_words: str | None) -> Markup:
    return fill(_("Reason: {reason}"), reason=own_words or reason_words(why))


def reason_words(why: DeclineReason) -> str:
    return {
        DeclineReason.UNCLEAR: _(
            "It was not clear what the problem is. Please report it again in more detail."
        ),
        DeclineReason.PRIVATE_MATTER: _("It is a matter of one family, not of the whole village."),
        DeclineReason.OTHER_MUNICIPALITY: _("It lies in another municipality."),
        DeclineReason.OFFENSIVE: _("There are offensive words in it."),
        DeclineReason.DUPLICATE: _("The same problem is on the list already."),
        DeclineReason.OWN_WORDS: _("The facilitator gave no other reason."),
    }[why]
