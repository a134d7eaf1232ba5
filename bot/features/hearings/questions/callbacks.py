"""Buttons of questions, proposals and the record."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.hearing import Decision, QuestionKind
from bot.domain.question import QuestionHideReason, QuestionState


class AskQuestion(CallbackData, prefix="qask"):
    """Begin a question or a proposal, or go on with the unfinished one."""

    hearing_id: int


class SetQuestionKind(CallbackData, prefix="qkind"):
    draft_id: int
    kind: QuestionKind


class RewriteQuestion(CallbackData, prefix="qedit"):
    draft_id: int


class AskName(CallbackData, prefix="qname"):
    draft_id: int


class LeaveUnsigned(CallbackData, prefix="qanon"):
    draft_id: int


class TypeName(CallbackData, prefix="qtype"):
    draft_id: int


class SendQuestion(CallbackData, prefix="qsend"):
    draft_id: int


class DropQuestion(CallbackData, prefix="qdrop"):
    draft_id: int


class ListQuestions(CallbackData, prefix="qlist"):
    """What was asked and answered, for everybody."""

    hearing_id: int
    page: int


class ListMyQuestions(CallbackData, prefix="qmine"):
    """Only one's own, with what became of them."""

    hearing_id: int
    page: int


class ShowQuestion(CallbackData, prefix="qshow"):
    """One question in full; `page` and `mine` lead back to the list it was chosen from."""

    question_id: int
    page: int
    mine: bool


class ListUnanswered(CallbackData, prefix="qopen"):
    """What the officers have to answer."""

    hearing_id: int
    page: int


class OpenQuestion(CallbackData, prefix="qcard"):
    """One question with all that an officer can do with it."""

    question_id: int


class ShowNextQuestion(CallbackData, prefix="qnext"):
    """The oldest unanswered one whose id is above `after`; from the beginning when there is none."""

    hearing_id: int
    after: int


class AnswerQuestion(CallbackData, prefix="qans"):
    """`anew` is a correction of an answer that was given before."""

    question_id: int
    anew: bool


class DecideAnew(CallbackData, prefix="qredo"):
    question_id: int


class DecideProposal(CallbackData, prefix="qdec"):
    question_id: int
    decision: Decision
    anew: bool


class AcceptWithoutWords(CallbackData, prefix="qacc"):
    question_id: int
    anew: bool


class TellCorrection(CallbackData, prefix="qtell"):
    """Tell the asker of the correction made at the moment `at`, in seconds."""

    question_id: int
    at: int


class HideQuestion(CallbackData, prefix="qhide"):
    """No longer drawn: hide it for its words, or show it again."""

    question_id: int
    on: bool


class ShowNextWaiting(CallbackData, prefix="qwait"):
    """The oldest that waits with an id above `after`; from the beginning when there is none."""

    hearing_id: int
    after: int


class SetQuestionState(CallbackData, prefix="qset"):
    """The wanted state of what was in the state `was` when the button was drawn for its `version`."""

    question_id: int
    state: QuestionState
    was: QuestionState
    version: int


class TellWhyHidden(CallbackData, prefix="qwhy"):
    """The reason why `version` of it is hidden, for its author."""

    question_id: int
    reason: QuestionHideReason
    version: int


class PrintQuestions(CallbackData, prefix="qprint"):
    hearing_id: int
