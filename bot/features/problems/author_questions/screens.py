"""Asking the author of a problem, and the author's answer."""

from collections.abc import Mapping
from typing import Any

from bot.features.problems import inquiry_texts
from bot.features.problems.author_questions import texts
from bot.features.problems.author_questions.callbacks import (
    AnswerInquiry,
    AskAuthor,
    ShowAnswerMedia,
    TakeBackInquiry,
)
from bot.features.problems.author_questions.queries import AskedAbout, OwnInquiry
from bot.features.problems.desk.callbacks import OpenDeskOf, ShowNextReport, ShowReport
from bot.features.problems.inquiry_queries import Inquiries
from bot.features.problems.reporting.callbacks import ListMyProblems, ShowMyProblem
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.screen import Row, Screen, button


def questions(problem: AskedAbout, found: Inquiries) -> Screen:
    """Type the next one. One at a time: whoever waits in vain takes theirs back and asks anew."""
    rows = [_listen(problem, found)]
    if found.open:
        rows.append([button(texts.take_back(), TakeBackInquiry(inquiry_id=found.open.id))])
    return Screen(texts.questions(problem, found), [*rows, _back(problem)])


def taken_back(problem: AskedAbout) -> Screen:
    return Screen(
        texts.taken_back(problem),
        [[button(texts.ask_anew(), AskAuthor(problem_id=problem.id))], _back(problem)],
    )


def asked(problem: AskedAbout) -> Screen:
    """The problem waits for its answer, so the next one is what is wanted now."""
    following = ShowNextReport(municipality_id=problem.municipality_id, after=problem.id)
    return Screen(
        texts.asked(problem),
        [
            [button(texts.next_problem(), following)],
            [button(texts.to_problem(), ShowReport(problem_id=problem.id))],
            [button(texts.to_desk(), OpenDeskOf(municipality_id=problem.municipality_id))],
        ],
    )


def _listen(problem: AskedAbout, found: Inquiries) -> Row:
    return [button(texts.listen(), ShowAnswerMedia(problem_id=problem.id))] if found.has_media else []


def _back(problem: AskedAbout) -> Row:
    return [button(common.back(), ShowReport(problem_id=problem.id))]


def write_answer(inquiry: OwnInquiry) -> Screen:
    """Home is the only way out: it ends the question, so that what is typed elsewhere is no answer."""
    return Screen(texts.write_answer(inquiry), [[home_button()]])


def answered() -> Screen:
    return Screen(
        texts.answered(),
        [[button(texts.my_problems(), ListMyProblems(page=0))], [home_button()]],
    )


def heard_asked(facts: Mapping[str, Any]) -> Screen:
    return Screen(
        texts.heard_asked(facts),
        [
            [button(inquiry_texts.answer(), AnswerInquiry(inquiry_id=facts["inquiry_id"]))],
            [button(texts.see_problem(), ShowMyProblem(problem_id=facts["problem_id"], page=0))],
        ],
    )


def heard_answered(facts: Mapping[str, Any]) -> Screen:
    problem_id = facts["problem_id"]
    listen: Row = (
        [button(texts.listen(), ShowAnswerMedia(problem_id=problem_id))] if facts["has_media"] else []
    )
    return Screen(
        texts.heard_answered(facts),
        [listen, [button(texts.to_problem(), ShowReport(problem_id=problem_id))]],
    )
