"""Buttons of the five cards, and of the calendar."""

from aiogram.filters.callback_data import CallbackData


class OpenLesson(CallbackData, prefix="learn"):
    """A card by its place, from 0."""

    card: int


class EditCalendar(CallbackData, prefix="cal"):
    municipality_id: int


class AskDays(CallbackData, prefix="calask"):
    """When a step of the year is done here; `step` is its place in the calendar, from 0."""

    municipality_id: int
    step: int


class ResetDays(CallbackData, prefix="calusual"):
    municipality_id: int
    step: int
