"""Buttons of the settings."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.notices import NoticeTopic


class OpenSettings(CallbackData, prefix="set"):
    pass


class OpenNotices(CallbackData, prefix="ntcset"):
    """The same, in the place of the settings."""


class SetNotice(CallbackData, prefix="ntc"):
    topic: NoticeTopic
    on: bool


class ChooseLanguage(CallbackData, prefix="lang"):
    code: str
