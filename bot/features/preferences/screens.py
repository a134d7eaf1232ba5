"""The settings."""

from bot.features.preferences import texts
from bot.features.start.callbacks import ChooseLanguage, GoHome, ListOblasts, ListVillages
from bot.i18n import LANGUAGES, speaking
from bot.telegram import texts as common
from bot.telegram.screen import Screen, button


def settings() -> Screen:
    """Each language is named in its own words, so that a wrong choice can be undone."""
    languages = []
    for language in LANGUAGES:
        with speaking(language):
            languages.append(button(common.own_language(), ChooseLanguage(code=language)))
    return Screen(
        texts.settings(),
        [
            languages,
            [button(texts.change_village(), ListVillages(page=0))],
            [button(texts.change_municipality(), ListOblasts())],
            [button(common.home(), GoHome())],
        ],
    )
