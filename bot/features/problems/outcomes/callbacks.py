"""Buttons of what became of a problem."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.problem import ProblemStatus


class OpenOutcomes(CallbackData, prefix="oopen"):
    problem_id: int


class WriteOutcome(CallbackData, prefix="oset"):
    """Ask for a few words on it."""

    problem_id: int
    status: ProblemStatus


class SetOutcome(CallbackData, prefix="ogo"):
    """Without words."""

    problem_id: int
    status: ProblemStatus


class AnswerSolved(CallbackData, prefix="solved"):
    """To the author: is it really solved?"""

    problem_id: int
    solved: bool


class ReopenProblem(CallbackData, prefix="unsolv"):
    """It is not; with neither words nor photo."""

    problem_id: int
