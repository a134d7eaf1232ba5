"""What waits for the officers, one a screen, and what was decided on it."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from bot.domain.hearing import QuestionKind
from bot.domain.question import QuestionHideReason, QuestionState
from bot.features.hearings.questions import answer_screens, list_texts, screening_texts, texts
from bot.features.hearings.questions.callbacks import ListMyQuestions, ListUnanswered, ShowNextWaiting
from bot.features.hearings.questions.queries import QuestionCard
from bot.features.hearings.questions.screening_buttons import giving_reasons, undoing
from bot.telegram.navigation import home_button
from bot.telegram.screen import Row, Screen, button, stacked


def waiting(question: QuestionCard, count: int, note: Markup | None = None) -> Screen:
    """The next one in the queue of `count`."""
    title = screening_texts.waiting_title(count)
    return answer_screens.card(question, Markup("\n").join([note, title]) if note else title)


def decided(question: QuestionCard, was: QuestionState, waiting_count: int) -> Screen:
    """What was done with a question, with the way back to what it `was`.

    No button of it decides on the next one: a second tap that hits this screen leads on and changes nothing
    that waits.
    """
    done = screening_texts.done(question.state)
    if question.waits:
        return waiting(question, waiting_count, done)
    reasons = giving_reasons(question)
    rows: list[Row] = [*stacked(reasons, 2), undoing(question, was)]
    if waiting_count:
        following = ShowNextWaiting(hearing_id=question.hearing_id, after=question.id)
        rows.append([button(screening_texts.next_waiting(waiting_count), following)])
    parts = [done, list_texts.card_for_officers(question)]
    if reasons:
        parts.append(screening_texts.why())
    return Screen(Markup("\n\n").join(parts), [*rows, *_ways(question.hearing_id)])


def nothing_waits(hearing_id: int) -> Screen:
    return Screen(screening_texts.nothing_waits(), _ways(hearing_id))


def heard_hidden(facts: Mapping[str, Any]) -> Screen:
    reason = QuestionHideReason(facts["reason"]) if facts["reason"] else None
    return Screen(
        screening_texts.heard_hidden(QuestionKind(facts["kind"]), facts["text"], reason), _to_mine(facts)
    )


def heard_shown(facts: Mapping[str, Any]) -> Screen:
    return Screen(screening_texts.heard_shown(QuestionKind(facts["kind"]), facts["text"]), _to_mine(facts))


def _ways(hearing_id: int) -> list[Row]:
    to_list = ListUnanswered(hearing_id=hearing_id, page=0)
    return [[button(list_texts.to_list(), to_list), home_button()]]


def _to_mine(facts: Mapping[str, Any]) -> list[Row]:
    return [[button(texts.mine(), ListMyQuestions(hearing_id=facts["hearing_id"], page=0))]]
