"""Buttons of the ballot, and of opening and closing a vote."""

from aiogram.filters.callback_data import CallbackData


class OpenBallot(CallbackData, prefix="vote"):
    round_id: int


class TurnBallot(CallbackData, prefix="vpage"):
    round_id: int
    page: int


class CastVote(CallbackData, prefix="cast"):
    """The wanted state, never a toggle: pressing twice is pressing once."""

    round_id: int
    problem_id: int
    page: int
    on: bool


class FinishBallot(CallbackData, prefix="vdone"):
    round_id: int


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
