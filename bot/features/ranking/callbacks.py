"""The button of the export."""

from aiogram.filters.callback_data import CallbackData


class ExportRanking(CallbackData, prefix="export"):
    round_id: int
