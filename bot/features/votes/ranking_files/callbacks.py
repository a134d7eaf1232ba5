"""Buttons of a vote's ranking."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class Form(StrEnum):
    PICTURES = "png"
    REPORT = "pdf"
    SPREADSHEET = "xlsx"
    CSV = "csv"
    JSON = "json"


class ExportRanking(CallbackData, prefix="export"):
    round_id: int


class MakeRankingFile(CallbackData, prefix="rankfile"):
    round_id: int
    form: Form
