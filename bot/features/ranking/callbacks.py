"""The button that asks for a vote's ranking."""

from aiogram.filters.callback_data import CallbackData


class ExportRanking(CallbackData, prefix="export"):
    round_id: int
