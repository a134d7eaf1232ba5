"""Words about groups and channels, to officers and in the chats themselves."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.domain.places import Name
from bot.features.hearings.officer_home.chat_queries import LinkedChat, Outcome
from bot.i18n import LANGUAGES, _, fill, named, speaking


def chats() -> str:
    return _("👥 Groups and channels")


def linked(found: Sequence[LinkedChat]) -> Markup:
    heading = fill(_("👥 <b>Groups and channels</b>\nNotices of hearings are posted there, too."))
    if found:
        return heading
    return Markup("\n\n").join([heading, fill(_("None is linked yet."))])


def link_another() -> str:
    return _("Link a group or channel")


def steps(code: str) -> Markup:
    words = _(
        "<b>In a group:</b> press the button below and choose your group.\n\n"
        "<b>In a channel:</b> make the bot an administrator of the channel, "
        "then publish this line there:\n<code>/link {code}</code>\n\n"
        "You can write the same line in a group where the bot is already. "
        "The code works once, for one hour. Give it to nobody else."
    )
    return fill(words, code=code)


def choose_group() -> str:
    return _("Choose a group")


def about(chat: LinkedChat) -> Markup:
    kind = _("Channel") if chat.is_channel else _("Group")
    return fill("👥 <b>{title}</b>\n{kind}", title=chat.title, kind=kind)


def unlink() -> str:
    return _("Do not post here any more")


def heard_linked(title: str) -> Markup:
    words = _(
        "👥 <b>{title}</b> is linked. Notices of hearings will be posted there.\n\n"
        "If this is not a group of your municipality, undo it with the button."
    )
    return fill(words, title=title)


def in_both(words: Callable[[], str]) -> Markup:
    """A group reads both languages."""
    said = []
    for language in LANGUAGES:
        with speaking(language):
            said.append(fill("{words}", words=words()))
    return Markup("\n\n").join(said)


def outcome(what: Outcome, municipality: Name) -> Markup:
    return in_both(lambda: _OUTCOMES[what]().format(municipality=named(municipality)))


def leaving() -> Markup:
    """Before the bot goes: whoever wants it back knows how."""
    return in_both(
        lambda: _(
            "This group is not linked with any municipality, so the bot is leaving it. "
            "An officer of the municipality can add the bot again."
        )
    )


_OUTCOMES: dict[Outcome, Callable[[], str]] = {
    Outcome.LINKED: lambda: _("Notices of hearings in {municipality} will be posted here."),
    Outcome.USED: lambda: _("This code was used before. Take a new one in the office."),
    Outcome.NOT_THEIRS: lambda: _(
        "This code works only for the person who took it. Ask them to send it here."
    ),
    Outcome.EXPIRED: lambda: _("This code is too old. Take a new one in the office."),
    Outcome.UNKNOWN: lambda: _("I do not know this code. Copy it again, or take a new one in the office."),
}
