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


class ShowDeskProblem(CallbackData, prefix="dprob"):
    """Any problem of the municipality with all its buttons; whoever opens a waiting one has it."""

    problem_id: int


class TakeProblem(CallbackData, prefix="dtake"):
    """From the facilitator who has it before them."""

    problem_id: int


class NarrowQueue(CallbackData, prefix="dnarr"):
    """To one village and one topic; 0 for all."""

    municipality_id: int
    village_id: int
    topic_id: int


class ListWaitingVillages(CallbackData, prefix="dvill"):
    municipality_id: int
    page: int


class ListWaitingTopics(CallbackData, prefix="dtopl"):
    municipality_id: int
    page: int


class ListDeskProblems(CallbackData, prefix="dlist"):
    """All public problems, for the facilitator."""

    municipality_id: int
    page: int


class ListReopened(CallbackData, prefix="dopen"):
    """Said to be done, and its author says it is not."""

    municipality_id: int
    page: int


class FindDeskProblem(CallbackData, prefix="dfind"):
    """Ask for a number or words."""

    municipality_id: int


class ShowMore(CallbackData, prefix="dmore"):
    """What is done with a problem more rarely."""

    problem_id: int
