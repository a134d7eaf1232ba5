"""Buttons of the settings."""

from aiogram.filters.callback_data import CallbackData


class OpenSettings(CallbackData, prefix="set"):
    pass
