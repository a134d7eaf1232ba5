"""Answers to those who reported, screen by screen."""

from collections.abc import Sequence

from bot.domain.paging import Page
from bot.features.plan.answer_queries import Unanswered
from bot.features.plan.drafting.callbacks import OpenPlanning
from bot.features.plan.plan_queries import Item
from bot.features.plan.problem_links import texts
from bot.features.plan.problem_links.callbacks import (
    ChooseMeasure,
    LinkMeasure,
    ListUnansweredProblems,
    OpenAnswer,
    WriteWhyNot,
)
from bot.features.problems.public import ProblemCard
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button

PROBLEMS_A_PAGE = 6
MEASURES_A_PAGE = 8


def unanswered(municipality_id: int, found: Sequence[Unanswered], page: Page) -> Screen:
    labels = [button(texts.number_label(each), OpenAnswer(problem_id=each.id)) for each in found]
    turn = pager(page, lambda number: ListUnansweredProblems(municipality_id=municipality_id, page=number))
    back = button(common.back(), OpenPlanning(municipality_id=municipality_id))
    return Screen(
        texts.unanswered(found, page.total),
        [labels[:3], labels[3:], turn, [back, home_button()]],
    )


def answer(municipality_id: int, problem: ProblemCard) -> Screen:
    return Screen(
        texts.answer(problem),
        [
            [button(texts.in_the_plan(), ChooseMeasure(problem_id=problem.id, page=0))],
            [button(texts.not_this_time(), WriteWhyNot(problem_id=problem.id))],
            _back(municipality_id),
        ],
    )


def _back(municipality_id: int) -> Row:
    unanswered_ = ListUnansweredProblems(municipality_id=municipality_id, page=0)
    return [button(common.back(), unanswered_), home_button()]


def which_measure(problem: ProblemCard, items: Sequence[Item], page: Page) -> Screen:
    """Those of the problem's own direction come first."""
    labels = [
        button(texts.measure_label(each), LinkMeasure(problem_id=problem.id, measure_id=each.measure_id))
        for each in items
        if each.measure_id
    ]
    turn = pager(page, lambda number: ChooseMeasure(problem_id=problem.id, page=number))
    back: Row = [
        button(common.back(), OpenAnswer(problem_id=problem.id)),
        home_button(),
    ]
    return Screen(texts.which_measure(problem, items), [labels[:4], labels[4:], turn, back])


def why_not(problem: ProblemCard) -> Screen:
    back = button(common.back(), OpenAnswer(problem_id=problem.id))
    return Screen(texts.why_not(problem), [[back, home_button()]])


def told(municipality_id: int, number: int) -> Screen:
    following = ListUnansweredProblems(municipality_id=municipality_id, page=0)
    return Screen(texts.told(number), [[button(texts.following(), following)], [home_button()]])
