"""Buttons that show or hide a question, each drawn for what it is at that moment."""

from collections.abc import Mapping
from typing import Any

from aiogram.types import InlineKeyboardButton

from bot.domain.question import QuestionHideReason, QuestionState
from bot.features.hearings.questions import screening_texts
from bot.features.hearings.questions.callbacks import SetQuestionState, TellWhyHidden
from bot.features.hearings.questions.queries import QuestionCard
from bot.telegram.screen import Row, button


def deciding(question: QuestionCard) -> Row:
    """Show it, hide it: whatever it is not yet."""
    labels = {
        QuestionState.SHOWN: screening_texts.show(),
        QuestionState.HIDDEN: screening_texts.hide(),
    }
    return [
        button(label, _set(question, state)) for state, label in labels.items() if state != question.state
    ]


def undoing(question: QuestionCard, was: QuestionState) -> Row:
    return [] if was is question.state else [button(screening_texts.undo(), _set(question, was))]


def giving_reasons(question: QuestionCard) -> list[InlineKeyboardButton]:
    """For whom there is somebody to tell, and as long as none was given."""
    if not question.is_hidden or question.hidden_reason or question.author_id is None:
        return []
    return [
        button(
            screening_texts.reason_button(each),
            TellWhyHidden(question_id=question.id, reason=each, version=question.version),
        )
        for each in QuestionHideReason
    ]


def hiding_quoted(quoted: Mapping[str, Any], place: int, many: int) -> InlineKeyboardButton:
    """Hide what stands in a notice, as one of `many`."""
    hide = SetQuestionState(
        question_id=quoted["id"],
        state=QuestionState.HIDDEN,
        was=QuestionState.SHOWN,
        version=quoted["version"],
    )
    return button(screening_texts.hide() if many == 1 else screening_texts.hide_number(place), hide)


def _set(question: QuestionCard, state: QuestionState) -> SetQuestionState:
    return SetQuestionState(
        question_id=question.id, state=state, was=question.state, version=question.version
    )
