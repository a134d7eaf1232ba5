"""Buttons of opening, watching, closing and publishing a vote."""

from aiogram.filters.callback_data import CallbackData


class PlanVote(CallbackData, prefix="vplan"):
    municipality_id: int


class SetClosingDay(CallbackData, prefix="vday"):
    """`day` is written YYYYMMDD."""

    municipality_id: int
    day: int


class OpenVote(CallbackData, prefix="vopen"):
    municipality_id: int
    day: int


class ShowTurnout(CallbackData, prefix="turnout"):
    round_id: int


class AskToClose(CallbackData, prefix="vask"):
    round_id: int


class CloseVote(CallbackData, prefix="vclose"):
    round_id: int


class AskToPublish(CallbackData, prefix="vpubask"):
    round_id: int


class PublishResult(CallbackData, prefix="vpub"):
    round_id: int
