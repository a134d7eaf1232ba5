"""Lists of questions and proposals, and one of them in full."""

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from bot.domain.hearing import HearingStatus
from bot.features.hearings.hearing_queries import HearingCard
from bot.features.hearings.minutes.callbacks import ShowRecord
from bot.features.hearings.notices.callbacks import OpenHearing
from bot.features.hearings.questions import list_texts, texts
from bot.features.hearings.questions.callbacks import (
    AskQuestion,
    ListMyQuestions,
    ListQuestions,
    ShowQuestion,
)
from bot.features.hearings.questions.queries import QuestionCard, QuestionPage
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked


def everybodys(found: QuestionPage, hearing: HearingCard) -> Screen:
    title = Markup("\n\n").join([texts.heading(hearing), list_texts.everybodys(found.page.total)])
    turn = pager(found.page, lambda page: ListQuestions(hearing_id=hearing.id, page=page))
    only = button(list_texts.only_mine(), ListMyQuestions(hearing_id=hearing.id, page=0))
    return Screen(
        list_texts.listed(title, found),
        [*_numbers(found, mine=False), turn, *stacked([*_ask(hearing), only], 2), _way(hearing)],
    )


def mine(found: QuestionPage, hearing: HearingCard) -> Screen:
    title = Markup("\n\n").join([texts.heading(hearing), list_texts.mine(found.page.total)])
    turn = pager(found.page, lambda page: ListMyQuestions(hearing_id=hearing.id, page=page))
    every = button(list_texts.all_of_them(), ListQuestions(hearing_id=hearing.id, page=0))
    return Screen(
        list_texts.listed(title, found),
        [*_numbers(found, mine=True), turn, *stacked([*_ask(hearing), every], 2), _way(hearing)],
    )


def card(question: QuestionCard, page: int, *, mine: bool) -> Screen:
    back = ListMyQuestions if mine else ListQuestions
    return Screen(
        list_texts.card(question),
        [
            [button(list_texts.to_list(), back(hearing_id=question.hearing_id, page=page))],
            [home_button()],
        ],
    )


def _numbers(found: QuestionPage, *, mine: bool) -> list[list[InlineKeyboardButton]]:
    return stacked(
        [
            button(str(place), ShowQuestion(question_id=each.id, page=found.page.number, mine=mine))
            for place, each in enumerate(found.questions, found.first_number)
        ],
        4,
    )


def _ask(hearing: HearingCard) -> list[InlineKeyboardButton]:
    is_open = hearing.status is HearingStatus.ANNOUNCED and hearing.recorded_at is None
    return [button(list_texts.ask(), AskQuestion(hearing_id=hearing.id))] if is_open else []


def _way(hearing: HearingCard) -> Row:
    if hearing.recorded_at:
        return [
            button(list_texts.to_record(), ShowRecord(hearing_id=hearing.id)),
            home_button(),
        ]
    return [button(common.back(), OpenHearing(hearing_id=hearing.id)), home_button()]
