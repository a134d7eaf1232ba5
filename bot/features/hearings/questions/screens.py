"""Asking and proposing, one question a screen."""

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from bot.domain.asker_name import NameDoubt
from bot.domain.hearing import QuestionKind
from bot.features.hearings.hearing_queries import HearingCard
from bot.features.hearings.minutes.callbacks import EditRecord
from bot.features.hearings.notices.callbacks import OpenHearing
from bot.features.hearings.questions import texts
from bot.features.hearings.questions.callbacks import (
    AskName,
    AskQuestion,
    DropQuestion,
    LeaveUnsigned,
    ListMyQuestions,
    RewriteQuestion,
    SendQuestion,
    SetQuestionKind,
    TypeName,
)
from bot.features.hearings.questions.draft_queries import DraftQuestion
from bot.features.problems.public import personal_in_question
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.screen import Row, Screen, button, stacked


def next_step(draft: DraftQuestion, hearing: HearingCard) -> Screen:
    """The first question that is still open, or the preview."""
    if draft.kind is None:
        return which_kind(draft, hearing)
    if draft.text is None:
        return write(draft, hearing)
    if draft.signed is None:
        return which_name(draft)
    if draft.doubt:
        return doubtful_name(draft, draft.doubt, draft.signed)
    return preview(draft)


def which_kind(draft: DraftQuestion, hearing: HearingCard) -> Screen:
    asked = texts.which_kind_from_hall() if draft.in_hall else texts.which_kind()
    parts = [texts.heading(hearing), asked]
    if draft.text:
        parts.append(texts.now_it_says(draft.text))
    choices = [
        button(texts.a_question(), SetQuestionKind(draft_id=draft.id, kind=QuestionKind.QUESTION)),
        button(texts.a_proposal(), SetQuestionKind(draft_id=draft.id, kind=QuestionKind.PROPOSAL)),
    ]
    return Screen(Markup("\n\n").join(parts), [*stacked(choices, 2), _way(draft)])


def write(draft: DraftQuestion, hearing: HearingCard) -> Screen:
    kind = draft.kind or QuestionKind.QUESTION
    parts = [texts.write_from_hall(kind) if draft.in_hall else texts.write(kind)]
    if draft.text:
        parts.append(texts.now_it_says(draft.text))
    else:
        parts.insert(0, texts.heading(hearing))
    return Screen(Markup("\n\n").join(parts), [_way(draft)])


def which_name(draft: DraftQuestion) -> Screen:
    return Screen(texts.which_name(draft.name_use), _name_rows(draft))


def doubtful_name(draft: DraftQuestion, doubt: NameDoubt, typed: str) -> Screen:
    """What was `typed` is hardly a name: it is asked for again, and one can do without."""
    return Screen(texts.doubtful_name(doubt, typed), _name_rows(draft))


def type_name(draft: DraftQuestion) -> Screen:
    return Screen(texts.type_name(draft.name_use), [[button(common.back(), AskName(draft_id=draft.id))]])


def _name_rows(draft: DraftQuestion) -> list[Row]:
    return [
        [button(texts.without_name(), LeaveUnsigned(draft_id=draft.id))],
        [button(texts.with_name(), TypeName(draft_id=draft.id))],
        _way(draft),
    ]


def preview(draft: DraftQuestion) -> Screen:
    """All that everybody will read, as they will read it; sending it confirms the name, too."""
    parts = [
        texts.preview(draft.kind or QuestionKind.QUESTION, draft.text or "", draft.signed, draft.name_use),
        texts.who_will_see(at_once=draft.in_hall or draft.at_once),
    ]
    if personal := personal_in_question(draft.text or "", draft.signed):
        parts.append(Markup("\n").join(personal))
    rows: list[Row] = [
        [button(texts.write_down() if draft.in_hall else texts.send(), SendQuestion(draft_id=draft.id))],
        [
            button(texts.edit_text(), RewriteQuestion(draft_id=draft.id)),
            button(texts.edit_name(), AskName(draft_id=draft.id)),
        ],
        [button(texts.drop(), DropQuestion(draft_id=draft.id))],
        _way(draft),
    ]
    return Screen(Markup("\n\n").join(parts), rows)


def sent(kind: QuestionKind, hearing_id: int, *, waits: bool) -> Screen:
    return Screen(
        texts.sent(kind, waits=waits),
        [
            [button(texts.mine(), ListMyQuestions(hearing_id=hearing_id, page=0))],
            [button(texts.ask_more(), AskQuestion(hearing_id=hearing_id))],
            [button(texts.to_hearing(), OpenHearing(hearing_id=hearing_id))],
            [home_button()],
        ],
    )


def dropped(draft: DraftQuestion) -> Screen:
    return Screen(texts.dropped(), [_way(draft)])


def _way(draft: DraftQuestion) -> list[InlineKeyboardButton]:
    """Back to where it was begun, and home; what is written so far waits there."""
    back = (
        EditRecord(hearing_id=draft.hearing_id) if draft.in_hall else OpenHearing(hearing_id=draft.hearing_id)
    )
    return [button(common.back(), back), home_button()]
