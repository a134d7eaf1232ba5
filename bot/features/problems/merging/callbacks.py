"""Buttons of joining problems and splitting them again."""

from aiogram.filters.callback_data import CallbackData


class OpenMerge(CallbackData, prefix="mopen"):
    """To which other problem?"""

    problem_id: int


class TypeTarget(CallbackData, prefix="mtype"):
    """Ask for the number of the other problem."""

    problem_id: int


class CompareProblems(CallbackData, prefix="mpick"):
    """Both side by side; the second one would speak for the first."""

    problem_id: int
    into_id: int


class MergeProblem(CallbackData, prefix="mjoin"):
    problem_id: int
    into_id: int


class SplitProblem(CallbackData, prefix="msplit"):
    """Undo: it stands alone again."""

    problem_id: int


class ListMerged(CallbackData, prefix="mlist"):
    """The problems that this one speaks for."""

    problem_id: int
    page: int
