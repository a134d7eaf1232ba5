"""The ways that every screen may offer: home, and fewer notices."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.telegram import texts
from bot.telegram.screen import button


class GoHome(CallbackData, prefix="home"):
    pass


class ChooseNotices(CallbackData, prefix="ntcs"):
    """What a resident wants to hear of, behind "fewer of these" below every notice, which stays."""


def home_button() -> InlineKeyboardButton:
    return button(texts.home(), GoHome())


def fewer_button() -> InlineKeyboardButton:
    return button(texts.fewer(), ChooseNotices())
