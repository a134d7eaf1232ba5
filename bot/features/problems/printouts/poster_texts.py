"""Words of the poster that invites; each is printed in both languages."""

from bot.domain.places import Name
from bot.i18n import _, named


def heading() -> str:
    return _("What troubles your village?")


def appeal() -> str:
    return _("Write from your telephone. Residents choose together what should be solved first.")


def municipality(name: Name) -> str:
    return _("Municipality {name}").format(name=named(name))


def village(name: Name) -> str:
    return _("Village: {name}").format(name=named(name))


def steps(*, is_village_known: bool) -> list[tuple[str, str]]:
    """What to do, in three steps: the act in large letters, and a word about it."""
    choose = _("Choose the language.") if is_village_known else _("Choose the language and your village.")
    return [
        (_("Point the camera"), _("At the square above. Telegram opens.")),
        (_("Press “START”"), choose),
        (_("Write or say it"), _("Write the problem, say it in a voice message, or send a photo.")),
    ]


def nobody_sees() -> str:
    return _("Other residents do not see who wrote.")


def without_camera() -> str:
    return _("Without a camera: find in Telegram")
