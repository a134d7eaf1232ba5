"""Why a problem is hidden."""

from bot.domain.problem import HideReason
from bot.features.problems.desk import hiding_texts as texts
from bot.features.problems.desk.callbacks import AskOwnWhyHide, AskWhyHide, HideProblem, ShowDeskProblem
from bot.features.problems.problem_queries import ProblemCard
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.screen import Screen, button, stacked


def why_hide(problem: ProblemCard) -> Screen:
    reasons = [
        button(texts.reason_button(reason), HideProblem(problem_id=problem.id, reason=reason))
        for reason in HideReason
        if reason is not HideReason.OWN_WORDS
    ]
    back = button(common.back(), ShowDeskProblem(problem_id=problem.id))
    return Screen(
        texts.why_hide(problem),
        [
            *stacked(reasons, 2),
            [button(texts.own_words(), AskOwnWhyHide(problem_id=problem.id))],
            [back, home_button()],
        ],
    )


def write_why_hide(problem: ProblemCard) -> Screen:
    back = button(common.back(), AskWhyHide(problem_id=problem.id))
    return Screen(texts.write_why_hide(problem), [[back, home_button()]])
