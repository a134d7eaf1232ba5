"""Buttons of the dispatch report."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class ShowDispatch(CallbackData, prefix="disp"):
    """How the notices of a hearing went out."""

    hearing_id: int


class MakePoster(CallbackData, prefix="hpost"):
    """The notice for the board, printed."""

    hearing_id: int


class Form(StrEnum):
    PDF = "pdf"
    XLSX = "xlsx"


class ExportDispatch(CallbackData, prefix="dispx"):
    hearing_id: int
    form: Form


class AskToStop(CallbackData, prefix="stopq"):
    broadcast_id: int


class StopBroadcast(CallbackData, prefix="stopb"):
    broadcast_id: int
