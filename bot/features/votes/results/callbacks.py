"""Buttons of the result of a vote."""

from aiogram.filters.callback_data import CallbackData


class ShowResult(CallbackData, prefix="res"):
    round_id: int


class ListResult(CallbackData, prefix="reslist"):
    round_id: int
    page: int


class SendResultPictures(CallbackData, prefix="respic"):
    round_id: int


class ShowHowCounted(CallbackData, prefix="reshow"):
    round_id: int


class SendCodes(CallbackData, prefix="rescodes"):
    round_id: int
