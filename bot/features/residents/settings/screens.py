"""The settings."""

from collections.abc import Collection

from bot.domain.notices import NoticeTopic
from bot.features.residents.erasure.callbacks import AskToForget
from bot.features.residents.first_visit.callbacks import ListOblasts, ListVillages
from bot.features.residents.settings import texts
from bot.features.residents.settings.callbacks import ChooseLanguage, OpenNotices, OpenSettings, SetNotice
from bot.features.votes.ballot.callbacks import AskAboutMe
from bot.i18n import LANGUAGES, speaking
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.screen import Screen, button, stacked


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
            [button(texts.what_i_hear(), OpenNotices())],
            [button(texts.change_village(), ListVillages(page=0))],
            [button(texts.change_municipality(), ListOblasts())],
            [button(texts.about_me(), AskAboutMe(round_id=0))],
            [button(texts.forget_me(), AskToForget())],
            [home_button()],
        ],
    )


def notices(muted: Collection[NoticeTopic]) -> Screen:
    switches = [
        button(texts.switch(topic, on=topic not in muted), SetNotice(topic=topic, on=topic in muted))
        for topic in NoticeTopic
    ]
    return Screen(
        texts.notices(muted),
        [
            *stacked(switches),
            [button(common.back(), OpenSettings()), home_button()],
        ],
    )
