"""Buttons of the history."""

from aiogram.filters.callback_data import CallbackData


class ShowHistory(CallbackData, prefix="hist"):
    """Of one problem."""

    problem_id: int
    page: int


class ShowWholeHistory(CallbackData, prefix="histm"):
    """Of all that was done in a municipality."""

    municipality_id: int
    page: int


class ShowEntry(CallbackData, prefix="histe"):
    """One act with all that was before and after; back to the page of the problem's or the whole history."""

    entry_id: int
    of_problem: bool
    page: int
