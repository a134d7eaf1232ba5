"""Buttons of the desk."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.problem import DeclineReason


class OpenDesk(CallbackData, prefix="desk"):
    pass


class OpenDeskOf(CallbackData, prefix="deskm"):
    municipality_id: int


class ShowNextReport(CallbackData, prefix="queue"):
    """The oldest waiting problem whose id is above `after`; from the beginning when there is none."""

    municipality_id: int
    after: int


class PublishProblem(CallbackData, prefix="pub"):
    problem_id: int


class AskReason(CallbackData, prefix="decl"):
    problem_id: int


class DeclineProblem(CallbackData, prefix="declr"):
    problem_id: int
    reason: DeclineReason


class AskOwnReason(CallbackData, prefix="declo"):
    problem_id: int


class ShowReport(CallbackData, prefix="report"):
    problem_id: int


class ShowReportMedia(CallbackData, prefix="qmedia"):
    problem_id: int
