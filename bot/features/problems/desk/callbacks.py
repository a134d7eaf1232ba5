"""Buttons of the desk."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.problem import DeclineReason, HideReason, ProblemStatus
from bot.domain.silence import SilenceReason


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


class UndoVerdict(CallbackData, prefix="dundo"):
    """Take back the verdict that was just given: this one, and no later one."""

    problem_id: int
    status: ProblemStatus


class AskWhyHide(CallbackData, prefix="hask"):
    problem_id: int


class HideProblem(CallbackData, prefix="hide"):
    problem_id: int
    reason: HideReason


class AskOwnWhyHide(CallbackData, prefix="hown"):
    problem_id: int


class ShowAgain(CallbackData, prefix="hshow"):
    problem_id: int


class ListHidden(CallbackData, prefix="dhid"):
    municipality_id: int
    page: int


class ListMedia(CallbackData, prefix="dmed"):
    """Photos, voice messages and places of a problem, to be looked at and taken out one by one."""

    problem_id: int


class SeeMedia(CallbackData, prefix="dmsee"):
    problem_id: int
    attachment_id: int


class RemoveMedia(CallbackData, prefix="dmdel"):
    problem_id: int
    attachment_id: int


class ListToMark(CallbackData, prefix="dbulk"):
    """The waiting reports, to be declined several at a time."""

    municipality_id: int
    page: int


class MarkReport(CallbackData, prefix="dmark"):
    problem_id: int
    page: int
    on: bool


class ClearMarks(CallbackData, prefix="dunmark"):
    municipality_id: int


class AskWhyMarked(CallbackData, prefix="dbwhy"):
    municipality_id: int


class AskSureMarked(CallbackData, prefix="dbsure"):
    municipality_id: int
    reason: DeclineReason


class DeclineMarked(CallbackData, prefix="dbgo"):
    """The very reports that were marked when it was drawn: `marks` is made of their numbers."""

    municipality_id: int
    reason: DeclineReason
    marks: int


class AskWhyMute(CallbackData, prefix="mutask"):
    """Mute the author of this problem, whoever they are."""

    problem_id: int


class AskHowLong(CallbackData, prefix="mutwhy"):
    problem_id: int
    why: SilenceReason


class MuteAuthor(CallbackData, prefix="mutgo"):
    problem_id: int
    why: SilenceReason
    days: int


class LiftSilence(CallbackData, prefix="mutlift"):
    problem_id: int
