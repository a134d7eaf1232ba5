"""Buttons of what is printed and listed for a municipality."""

from aiogram.filters.callback_data import CallbackData


class OpenPapers(CallbackData, prefix="papers"):
    municipality_id: int


class ListPosterVillages(CallbackData, prefix="pvils"):
    municipality_id: int
    page: int


class PrintPoster(CallbackData, prefix="pposter"):
    """The poster that invites; a village of 0 means the whole municipality."""

    municipality_id: int
    village_id: int


class ExportProblems(CallbackData, prefix="plist"):
    municipality_id: int
