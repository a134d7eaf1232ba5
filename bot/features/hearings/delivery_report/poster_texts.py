"""Words of the notice for the board; each is printed in both languages."""

from bot.domain.places import Name
from bot.i18n import _, named


def heading() -> str:
    return _("Public notice")


def called_off() -> str:
    return _("THE HEARING IS CALLED OFF")


def municipality(name: Name) -> str:
    return _("Municipality {name}").format(name=named(name))


def at(time: str) -> str:
    return _("at {time}").format(time=time)


def agenda() -> str:
    return _("Agenda")


def whole_agenda() -> str:
    return _("The whole agenda is in the bot: see the square below.")


def whom() -> str:
    return _("Invited: {villages}")


def reason(words: str | None) -> str:
    return _("Reason: {reason}").format(reason=words) if words else ""


def organiser() -> str:
    return _("Organiser")


def phone() -> str:
    return _("Telephone")


def square() -> str:
    return _(
        "Point the camera of your telephone at the square: "
        "there you can read the documents, ask a question, and say that you will come."
    )
