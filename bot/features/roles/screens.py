"""What an invited person sees."""

from markupsafe import Markup

from bot.domain.places import Name
from bot.domain.roles import Role
from bot.features.moderation.callbacks import OpenDesk
from bot.features.roles import texts
from bot.features.start.callbacks import ChooseLanguage, GoHome
from bot.i18n import LANGUAGES, speaking
from bot.telegram import texts as common
from bot.telegram.screen import Row, Screen, button


def welcome(role: Role, municipality: Name, *, is_settled: bool) -> Screen:
    """A newcomer still has a language and a village to choose; the rest go straight to work."""
    if not is_settled:
        return Screen(texts.welcome(role, municipality), [[button(common.go_on(), GoHome())]])
    rows: list[Row] = [[button(texts.desk(), OpenDesk())]] if role is Role.FACILITATOR else []
    return Screen(texts.welcome(role, municipality), [*rows, [button(common.home(), GoHome())]])


def welcome_stranger(role: Role, municipality: Name) -> Screen:
    """Who never wrote before is welcomed in both languages, and begins by choosing one."""
    welcomes, languages = [], []
    for language in LANGUAGES:
        with speaking(language):
            welcomes.append(texts.welcome(role, municipality))
            languages.append(button(common.own_language(), ChooseLanguage(code=language)))
    return Screen(Markup("\n\n").join(welcomes), [languages])
