"""Buttons of being forgotten."""

from aiogram.filters.callback_data import CallbackData


class AskToForget(CallbackData, prefix="fgt"):
    """What would happen, before it does."""


class ConfirmForgetting(CallbackData, prefix="fgtask"):
    """Really?"""


class ForgetMe(CallbackData, prefix="fgtyes"):
    """`since` is the millisecond in which this person came: whoever comes back is somebody new."""

    since: int
