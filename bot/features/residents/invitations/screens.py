"""What an invited person sees."""

from markupsafe import Markup

from bot.domain.places import Name
from bot.domain.roles import Role
from bot.features.residents.invitations import texts
from bot.features.residents.settings.callbacks import ChooseLanguage
from bot.features.residents.workplaces import to_work
from bot.i18n import LANGUAGES, speaking
from bot.telegram import texts as common
from bot.telegram.navigation import GoHome, home_button
from bot.telegram.screen import Screen, button


def welcome(role: Role, municipality: Name, *, is_settled: bool) -> Screen:
    """A newcomer still has a village to choose, and lands where they work; the rest go there at once."""
    if not is_settled:
        return Screen(texts.welcome(role, municipality), [[button(common.go_on(), GoHome())]])
    return Screen(texts.welcome(role, municipality), [to_work(role), [home_button()]])


def welcome_stranger(role: Role, municipality: Name) -> Screen:
    """Who never wrote before is welcomed in both languages, and begins by choosing one."""
    welcomes, languages = [], []
    for language in LANGUAGES:
        with speaking(language):
            welcomes.append(texts.welcome(role, municipality))
            languages.append(button(common.own_language(), ChooseLanguage(code=language)))
    return Screen(Markup("\n\n").join(welcomes), [languages])
