"""What will happen, the last question, and the goodbye."""

from bot.features.residents.erasure import texts
from bot.features.residents.erasure.callbacks import AskToForget, ConfirmForgetting, ForgetMe
from bot.features.residents.erasure.queries import Traces
from bot.features.residents.settings.callbacks import OpenSettings
from bot.telegram import texts as common
from bot.telegram.navigation import GoHome, home_button
from bot.telegram.screen import Screen, button


def what_will_happen(traces: Traces) -> Screen:
    return Screen(
        texts.what_will_happen(traces),
        [
            [button(texts.forget_me(), ConfirmForgetting())],
            [button(common.back(), OpenSettings()), home_button()],
        ],
    )


def are_you_sure(since: int) -> Screen:
    return Screen(
        texts.are_you_sure(),
        [
            [button(texts.yes_forget_me(), ForgetMe(since=since))],
            [button(common.back(), AskToForget()), home_button()],
        ],
    )


def goodbye() -> Screen:
    return Screen(texts.goodbye(), [[button(texts.begin_anew(), GoHome())]])
