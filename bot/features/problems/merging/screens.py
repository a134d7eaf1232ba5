"""Two problems side by side, and what speaks for what."""

from collections.abc import Sequence

from bot.domain.paging import page_of
from bot.features.problems.desk.callbacks import OpenDeskOf, ShowDeskProblem, ShowNextReport
from bot.features.problems.likeness_queries import Similar
from bot.features.problems.merging import texts
from bot.features.problems.merging.callbacks import (
    CompareProblems,
    ListMerged,
    MergeProblem,
    OpenMerge,
    SplitProblem,
    TypeTarget,
)
from bot.features.problems.problem_queries import ProblemCard
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked

MERGED_A_PAGE = 3


def which_other(problem: ProblemCard, near: Sequence[Similar]) -> Screen:
    """The problems that look like it, the likest first."""
    numbers = [
        button(texts.numbered(each.number), CompareProblems(problem_id=problem.id, into_id=each.id))
        for each in near
    ]
    return Screen(
        texts.which_other(problem, near),
        [
            *stacked(numbers, 3),
            [button(texts.by_number(), TypeTarget(problem_id=problem.id))],
            _back(problem),
        ],
    )


def type_number(problem: ProblemCard) -> Screen:
    return Screen(texts.type_number(problem), [[button(common.back(), OpenMerge(problem_id=problem.id))]])


def compared(problem: ProblemCard, into: ProblemCard) -> Screen:
    """Which of the two speaks for both can still be turned round."""
    join = MergeProblem(problem_id=problem.id, into_id=into.id)
    turn = CompareProblems(problem_id=into.id, into_id=problem.id)
    return Screen(
        texts.compared(problem, into),
        [
            [button(texts.join(problem.number, into.number), join)],
            [button(texts.other_way(), turn)],
            [button(common.back(), OpenMerge(problem_id=problem.id)), home_button()],
        ],
    )


def joined(problem: ProblemCard, into: ProblemCard, municipality_id: int) -> Screen:
    following = ShowNextReport(municipality_id=municipality_id, after=problem.id)
    return Screen(
        texts.joined(problem, into),
        [
            [button(texts.next_report(), following)],
            [
                button(texts.undo(), SplitProblem(problem_id=problem.id)),
                button(texts.numbered(into.number), ShowDeskProblem(problem_id=into.id)),
            ],
            [button(texts.to_desk(), OpenDeskOf(municipality_id=municipality_id))],
        ],
    )


def alone_again(problem: ProblemCard) -> Screen:
    return Screen(texts.alone_again(problem), [_back(problem)])


def merged_into(into: ProblemCard, merged: Sequence[ProblemCard], wanted: int) -> Screen:
    """What it speaks for, each with its own words and a way out."""
    shown, page = page_of(merged, wanted, MERGED_A_PAGE)
    splits = [button(texts.split(each.number), SplitProblem(problem_id=each.id)) for each in shown]
    turn = pager(page, lambda number: ListMerged(problem_id=into.id, page=number))
    return Screen(texts.merged_into(into, shown, len(merged)), [*stacked(splits), turn, _back(into)])


def _back(problem: ProblemCard) -> Row:
    return [button(common.back(), ShowDeskProblem(problem_id=problem.id)), home_button()]
