"""The two questions about the voter."""

from bot.domain.voter import AgeGroup, Sex
from bot.features.residents.settings.callbacks import OpenSettings
from bot.features.votes.ballot import demographics_texts as texts
from bot.features.votes.ballot.callbacks import TellAge, TellSex
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.screen import Screen, button


def sex(round_id: int) -> Screen:
    return Screen(
        texts.which_sex(),
        [
            [button(texts.sex(each), TellSex(round_id=round_id, sex=each)) for each in Sex],
            [button(texts.rather_not(), TellSex(round_id=round_id, sex=""))],
            [home_button()],
        ],
    )


def age(round_id: int) -> Screen:
    return Screen(
        texts.which_age(),
        [
            [button(texts.age_group(each), TellAge(round_id=round_id, age_group=each)) for each in AgeGroup],
            [button(texts.rather_not(), TellAge(round_id=round_id, age_group=""))],
            [home_button()],
        ],
    )


def saved() -> Screen:
    return Screen(texts.saved(), [[button(common.back(), OpenSettings()), home_button()]])
