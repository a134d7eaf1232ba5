"""What the bot says whatever the feature."""

from collections.abc import Callable

from markupsafe import Markup

from bot.domain.refusals import Gone, NotAllowed, NotSettled, Refusal, RoleTakenAway
from bot.i18n import _, fill, ngettext


def apology(code: str) -> Markup:
    return fill(
        _("Something went wrong. Please try again. If it happens again, tell us this code: {code}"), code=code
    )


def apology_alert(code: str) -> str:
    return _("Something went wrong. Please try again. Code: {code}").format(code=code)


def being_read(bar: str) -> Markup:
    return fill(_("📄 The file is being read.\n{bar}"), bar=bar)


def being_made() -> str:
    return _("It is being made. One moment.")


def being_drawn() -> str:
    return _("It is being drawn…")


def unreadable() -> Markup:
    return fill(_("The bot cannot read this message. Please write it in words."))


def too_many_at_once(number: int) -> Markup:
    """`number` updates were not read."""
    words = ngettext(
        "⚠️ Too many messages at once. {number} message was not read. "
        "Please send what matters again, in one message.",
        "⚠️ Too many messages at once. {number} messages were not read. "
        "Please send what matters again, in one message.",
        number,
    )
    return fill(words, number=number)


def not_allowed(_refusal: Refusal) -> str:
    return _("This is for the staff of the municipality only.")


def role_taken_away(_refusal: Refusal) -> str:
    return _("You no longer hold this role.")


def not_settled(_refusal: Refusal) -> str:
    return _("First tell us where you live: press /start")


def gone(_refusal: Refusal) -> str:
    return _("This is no longer here. Press /start to see what there is.")


def taken() -> Markup:
    """The answer to a message was lost on its way, and there is nothing else to show of it."""
    return fill(_("We have received your message."))


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    NotAllowed: not_allowed,
    RoleTakenAway: role_taken_away,
    NotSettled: not_settled,
    Gone: gone,
}


# Of the menu that everybody sees; roles add theirs.
COMMANDS: dict[str, Callable[[], str]] = {
    "start": lambda: _("Home"),
    "report": lambda: _("Report a problem"),
    "my": lambda: _("My problems"),
    "problems": lambda: _("All problems"),
    "vote": lambda: _("Vote"),
    "hearings": lambda: _("Public hearings"),
    "plan": lambda: _("Our plan"),
    "learn": lambda: _("How it all works"),
    "settings": lambda: _("Settings"),
    "help": lambda: _("Help"),
}


def home() -> str:
    return _("🏠 Home")


def back() -> str:
    return _("⬅️ Back")


def cancel() -> str:
    return _("✖️ Cancel")


def go_on() -> str:
    return _("Go on ➡️")


def previous_page() -> str:
    return "⬅️"


def next_page() -> str:
    return "➡️"


def page_number(page: int, pages: int) -> str:
    """`page` counts from 0."""
    return f"{page + 1} / {pages}"


def fewer() -> str:
    """Below everything that was told unasked."""
    return _("🔕 Fewer of these")


def own_language() -> str:
    """The name of the language spoken, in that language."""
    return _("English")
