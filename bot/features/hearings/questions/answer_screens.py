"""The officers' list of questions, and one of them to answer or decide."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from bot.domain.hearing import Decision, QuestionKind, Wording
from bot.domain.question import Counts
from bot.features.hearings.hearing_queries import HearingCard
from bot.features.hearings.officer_home.callbacks import OpenOfficeHearing
from bot.features.hearings.questions import answer_texts, list_texts, screening_texts, texts
from bot.features.hearings.questions.callbacks import (
    AcceptWithoutWords,
    AnswerQuestion,
    DecideAnew,
    DecideProposal,
    ListMyQuestions,
    ListUnanswered,
    OpenQuestion,
    PrintQuestions,
    ShowNextQuestion,
    ShowNextWaiting,
    TellCorrection,
)
from bot.features.hearings.questions.queries import QuestionCard, QuestionPage
from bot.features.hearings.questions.screening_buttons import deciding, hiding_quoted
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked


def to_answer(found: QuestionPage, counts: Counts, hearing: HearingCard) -> Screen:
    title = Markup("\n\n").join([texts.heading(hearing), answer_texts.to_answer(counts)])
    numbers = [
        button(str(place), OpenQuestion(question_id=each.id))
        for place, each in enumerate(found.questions, found.first_number)
    ]
    rows: list[Row] = []
    if counts.waiting:
        waiting = ShowNextWaiting(hearing_id=hearing.id, after=0)
        rows.append([button(screening_texts.waiting_button(counts.waiting), waiting)])
    rows += [
        *stacked(numbers, 4),
        pager(found.page, lambda page: ListUnanswered(hearing_id=hearing.id, page=page)),
    ]
    if found.page.total:
        rows.append([button(answer_texts.print_list(), PrintQuestions(hearing_id=hearing.id))])
    rows.append([button(answer_texts.to_hearing(), OpenOfficeHearing(hearing_id=hearing.id))])
    return Screen(list_texts.listed(title, found), [*rows, [home_button()]])


def card(question: QuestionCard, note: Markup | None = None, *, telling: bool = False) -> Screen:
    """`telling` offers to tell the asker of a correction they have not heard of."""
    answers = (
        _decisions(question, anew=False)
        if not question.is_answered
        else _corrections(question, telling=telling)
    )
    following = ShowNextWaiting if question.waits else ShowNextQuestion
    way = [
        button(list_texts.to_list(), ListUnanswered(hearing_id=question.hearing_id, page=0)),
        button(answer_texts.next_one(), following(hearing_id=question.hearing_id, after=question.id)),
    ]
    notes = [note] if note else []
    if question.waits and not question.is_answered:
        notes.append(answer_texts.answering_shows())
    # What waits is decided on first; else answering is what officers come for.
    screening = deciding(question)
    rows = [screening, *answers] if question.waits else [*answers, screening]
    return Screen(Markup("\n\n").join([*notes, list_texts.card_for_officers(question)]), [*rows, way])


def _corrections(question: QuestionCard, *, telling: bool) -> list[Row]:
    rows: list[Row] = []
    if telling and question.corrected_at:
        at = int(question.corrected_at.timestamp())
        rows.append([button(answer_texts.tell_asker(), TellCorrection(question_id=question.id, at=at))])
    if question.is_proposal:
        rows.append([button(answer_texts.correct_decision(), DecideAnew(question_id=question.id))])
    else:
        rows.append([button(answer_texts.correct(), AnswerQuestion(question_id=question.id, anew=True))])
    return rows


def _decisions(question: QuestionCard, *, anew: bool) -> list[Row]:
    if not question.is_proposal:
        label = answer_texts.answer_and_show() if question.waits else answer_texts.answer()
        return [[button(label, AnswerQuestion(question_id=question.id, anew=anew))]]
    choices = [
        button(
            answer_texts.decide(decision),
            DecideProposal(question_id=question.id, decision=decision, anew=anew),
        )
        for decision in Decision
    ]
    return [*stacked(choices, 2)]


def which_decision(question: QuestionCard) -> Screen:
    text = Markup("\n\n").join([list_texts.card(question), answer_texts.which_decision()])
    back = button(common.back(), OpenQuestion(question_id=question.id))
    return Screen(text, [*_decisions(question, anew=True), [back]])


def write_answer(question: QuestionCard) -> Screen:
    text = Markup("\n\n").join(
        [list_texts.card_for_officers(question), answer_texts.write_answer(question.state)]
    )
    return Screen(text, [[button(common.back(), OpenQuestion(question_id=question.id))]])


def write_reason(question: QuestionCard, decision: Decision, *, anew: bool) -> Screen:
    asked = answer_texts.write_reason(decision, question.state)
    text = Markup("\n\n").join([list_texts.card_for_officers(question), asked])
    rows: list[Row] = []
    if decision is Decision.ACCEPTED:
        silently = AcceptWithoutWords(question_id=question.id, anew=anew)
        rows.append([button(answer_texts.without_words(), silently)])
    return Screen(text, [*rows, [button(common.back(), OpenQuestion(question_id=question.id))]])


def nothing_to_answer(hearing_id: int) -> Screen:
    return Screen(
        answer_texts.nothing_to_answer(),
        [
            [button(list_texts.to_list(), ListUnanswered(hearing_id=hearing_id, page=0))],
            [button(answer_texts.to_hearing(), OpenOfficeHearing(hearing_id=hearing_id))],
            [home_button()],
        ],
    )


def heard_asked(facts: Mapping[str, Any]) -> Screen:
    """Those that everybody reads can be hidden from here; those that wait are a press away."""
    hearing_id, shown = facts["hearing_id"], facts.get("shown", [])
    waiting = bool(facts.get("waiting"))
    rows: list[Row] = []
    if waiting:
        rows.append([button(answer_texts.look_through(), ShowNextWaiting(hearing_id=hearing_id, after=0))])
    rows += stacked([hiding_quoted(each, place, len(shown)) for place, each in enumerate(shown, 1)], 3)
    rows.append([button(answer_texts.read_them(), ListUnanswered(hearing_id=hearing_id, page=0))])
    return Screen(answer_texts.heard_asked(Wording(**facts["topic"]), shown, waiting=waiting), rows)


def heard_answer(facts: Mapping[str, Any]) -> Screen:
    decision = Decision(facts["decision"]) if facts["decision"] else None
    return Screen(
        answer_texts.heard_answer(
            QuestionKind(facts["kind"]),
            facts["text"],
            decision,
            facts["answer"],
            corrected_now=bool(facts.get("corrected")),
        ),
        [[button(texts.mine(), ListMyQuestions(hearing_id=facts["hearing_id"], page=0))]],
    )
