"""Words of the settings."""

from markupsafe import Markup

from bot.i18n import _, fill


def settings() -> Markup:
    return fill(_("⚙️ <b>Settings</b>"))


def change_village() -> str:
    return _("Another village")


def change_municipality() -> str:
    return _("Another municipality")
