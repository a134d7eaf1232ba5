"""Buttons of the answers to those who reported."""

from aiogram.filters.callback_data import CallbackData


class ListUnansweredProblems(CallbackData, prefix="unans"):
    municipality_id: int
    page: int


class OpenAnswer(CallbackData, prefix="ans"):
    problem_id: int


class ChooseMeasure(CallbackData, prefix="ansmeas"):
    """Measures of the plan in force to choose from, the direction of the problem's topic first."""

    problem_id: int
    page: int


class LinkMeasure(CallbackData, prefix="anslink"):
    problem_id: int
    measure_id: int


class WriteWhyNot(CallbackData, prefix="ansnot"):
    problem_id: int
