"""Buttons of problems that share their places."""

from aiogram.filters.callback_data import CallbackData


class ListTies(CallbackData, prefix="ties"):
    round_id: int
    page: int


class DecideTie(CallbackData, prefix="tie"):
    """`first` is the first place of the band."""

    round_id: int
    first: int
