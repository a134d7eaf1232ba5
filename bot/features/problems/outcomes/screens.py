"""What became of a problem, and whether it is really solved."""

from collections.abc import Mapping
from typing import Any

from bot.domain.outcome import needs_reason, next_of
from bot.domain.problem import ProblemStatus
from bot.features.problems.desk.callbacks import ShowDeskProblem
from bot.features.problems.outcome_queries import Standing
from bot.features.problems.outcomes import texts
from bot.features.problems.outcomes.callbacks import OpenOutcomes, ReopenProblem, SetOutcome, WriteOutcome
from bot.features.problems.problem_queries import ProblemCard
from bot.features.problems.reporting.callbacks import ShowMyProblem
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.screen import Row, Screen, button, stacked


def which_outcome(problem: ProblemCard) -> Screen:
    ways = [
        button(texts.outcome(status), WriteOutcome(problem_id=problem.id, status=status))
        for status in next_of(problem.status)
    ]
    back: Row = [
        button(common.back(), ShowDeskProblem(problem_id=problem.id)),
        home_button(),
    ]
    return Screen(texts.which_outcome(problem), [*stacked(ways), back])


def write(standing: Standing, status: ProblemStatus) -> Screen:
    """A few words on it; a "no" needs them."""
    own = standing.id
    rows: list[Row] = []
    if not needs_reason(status):
        rows.append([button(texts.without_words(), SetOutcome(problem_id=own, status=status))])
    return Screen(
        texts.write(standing, status), [*rows, [button(common.back(), OpenOutcomes(problem_id=own))]]
    )


def said(standing: Standing, status: ProblemStatus) -> Screen:
    own = ShowDeskProblem(problem_id=standing.id)
    return Screen(
        texts.said(standing, status),
        [[button(texts.to_problem(), own), home_button()]],
    )


def what_is_not_solved(standing: Standing) -> Screen:
    return Screen(
        texts.what_is_not_solved(standing),
        [
            [button(texts.just_not_solved(), ReopenProblem(problem_id=standing.id))],
            [home_button()],
        ],
    )


def confirmed(standing: Standing) -> Screen:
    return Screen(texts.confirmed(standing), _home(standing))


def reopened(standing: Standing) -> Screen:
    return Screen(texts.reopened(standing), _home(standing))


def _home(standing: Standing) -> list[Row]:
    mine = ShowMyProblem(problem_id=standing.id, page=0)
    return [[button(texts.see_problem(), mine)], [home_button()]]


def heard_reopened(facts: Mapping[str, Any]) -> Screen:
    return Screen(
        texts.heard_reopened(facts["number"], facts.get("words")),
        [[button(texts.open_on_desk(), ShowDeskProblem(problem_id=facts["problem_id"]))]],
    )
