"""What the bot says whatever the feature."""

from collections.abc import Callable

from markupsafe import Markup

from bot.domain.refusals import Gone, NotAllowed, NotSettled, Refusal
from bot.domain.roles import Role
from bot.i18n import _, fill


def apology(code: str) -> Markup:
    return fill(
        _("Something went wrong. Please try again. If it happens again, tell us this code: {code}"), code=code
    )


def apology_alert(code: str) -> str:
    return _("Something went wrong. Please try again. Code: {code}").format(code=code)


def not_allowed(_refusal: Refusal) -> str:
    return _("This is for the staff of the municipality only.")


def not_settled(_refusal: Refusal) -> str:
    return _("First tell us where you live: press /start")


def gone(_refusal: Refusal) -> str:
    return _("This is no longer here. Press /start to see what there is.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    NotAllowed: not_allowed,
    NotSettled: not_settled,
    Gone: gone,
}


COMMANDS: dict[str, tuple[Role | None, Callable[[], str]]] = {
    "start": (None, lambda: _("Home")),
    "report": (None, lambda: _("Report a problem")),
    "my": (None, lambda: _("My problems")),
    "problems": (None, lambda: _("All problems")),
    "vote": (None, lambda: _("Vote")),
    "hearings": (None, lambda: _("Public hearings")),
    "plan": (None, lambda: _("Our plan")),
    "learn": (None, lambda: _("How it all works")),
    "settings": (None, lambda: _("Settings")),
    "help": (None, lambda: _("Help")),
    "desk": (Role.FACILITATOR, lambda: _("The facilitator's desk")),
    "office": (Role.OFFICER, lambda: _("The officer's office")),
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


def fewer() -> str:
    """Below everything that was told unasked."""
    return _("🔕 Fewer of these")


def own_language() -> str:
    """The name of the language spoken, in that language."""
    return _("English")
