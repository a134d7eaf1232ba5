"""Buttons of a hearing's notice."""

from aiogram.filters.callback_data import CallbackData


class OpenHearing(CallbackData, prefix="hear"):
    hearing_id: int


class ListHearings(CallbackData, prefix="hears"):
    page: int


class MarkRead(CallbackData, prefix="hread"):
    """`starts` is the beginning that the notice tells of: nobody has read of a time that came later."""

    hearing_id: int
    starts: int


class AnswerHearing(CallbackData, prefix="hcome"):
    """Whether one comes, at the time that the notice tells of."""

    hearing_id: int
    starts: int
    coming: bool


class AddToCalendar(CallbackData, prefix="hcal"):
    hearing_id: int


class ShowOnMap(CallbackData, prefix="hmap"):
    hearing_id: int


class ShowDocuments(CallbackData, prefix="hdocs"):
    hearing_id: int
