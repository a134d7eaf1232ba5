"""Words of the poster that invites; each is printed in both languages."""

from bot.domain.places import Name
from bot.i18n import _, named


def heading() -> str:
    return _("What troubles your village?")


def appeal() -> str:
    return _("Tell it by telephone. The most important problems go into the joint action plan.")


def municipality(name: Name) -> str:
    return _("Municipality {name}").format(name=named(name))


def village(name: Name) -> str:
    return _("Village: {name}").format(name=named(name))


def steps() -> list[tuple[str, str]]:
    """What to do, in three steps: the act in large letters, and a word about it."""
    return [
        (_("Point the camera"), _("Point the camera of your telephone at the square. Telegram opens.")),
        (_("Press “START”"), _("Choose the language and your village.")),
        (_("Write or say it"), _("Write the problem, say it in a voice message, or send a photo.")),
    ]


def nobody_sees() -> str:
    return _("Other residents do not see who wrote.")


def without_camera() -> str:
    return _("Without a camera: find in Telegram")
