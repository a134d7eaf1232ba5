"""One step of a problem, or the steps of several."""

from collections.abc import Mapping
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.domain.problem import Word
from bot.features.plan.reading.callbacks import ShowMeasure
from bot.features.problems.outcomes.callbacks import AnswerSolved
from bot.features.problems.reporting.callbacks import ListMyProblems, ShowMyProblem, ShowProblem, StartReport
from bot.features.problems.status_notices import texts
from bot.telegram.navigation import fewer_button
from bot.telegram.screen import Row, Screen, button

# A message holds this many steps in full; whatever else there is stands in the lists.
MOST_TOLD = 8


def heard(facts: Mapping[str, Any]) -> Screen:
    rows: list[Row] = []
    if texts.is_readable(facts) or texts.is_joined_to_public(facts):
        rows.append([button(texts.see_problem(), _card_of(facts))])
    if facts["word"] == Word.DONE and facts["is_author"]:
        rows[:0] = _is_it_solved(facts["problem_id"])
    if measure_id := facts.get("measure_id"):
        rows.append([button(texts.see_measure(), ShowMeasure(measure_id=measure_id))])
    if facts["word"] == Word.DECLINED or (facts["word"] == Word.HIDDEN and facts["is_author"]):
        rows.insert(0, [button(texts.report_again(), StartReport())])
    return Screen(texts.heard(facts), [*rows, [fewer_button()]])


def _is_it_solved(problem_id: int) -> list[Row]:
    """To the author alone: who else would know."""
    return [
        [
            button(texts.really_solved(), AnswerSolved(problem_id=problem_id, solved=True)),
            button(texts.not_solved(), AnswerSolved(problem_id=problem_id, solved=False)),
        ]
    ]


def _card_of(facts: Mapping[str, Any]) -> CallbackData:
    if facts["is_author"]:
        return ShowMyProblem(problem_id=facts["problem_id"], page=0)
    return ShowProblem(problem_id=facts["problem_id"], village_id=0, topic_id=0, page=0)


def heard_many(facts: Mapping[str, Any]) -> Screen:
    items = facts["items"]
    return Screen(
        texts.heard_many(items[-MOST_TOLD:], len(items)),
        [
            [button(texts.my_problems(), ListMyProblems(page=0))],
            [fewer_button()],
        ],
    )
