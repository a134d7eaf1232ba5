"""Problems that look like the one being written, and those that somebody supports."""

from collections.abc import Sequence

from bot.domain.problem import Step
from bot.features.problems.likeness_queries import Near
from bot.features.problems.problem_queries import ProblemCard
from bot.features.problems.reporting import similar_texts as texts
from bot.features.problems.reporting.callbacks import (
    GoToStep,
    LeaveReport,
    ListMyProblems,
    ListSimilar,
    ListSupported,
    SeeSimilar,
    SetSupport,
    ShowProblem,
    SupportInstead,
    SupportWaiting,
)
from bot.features.problems.reporting.draft_queries import DraftReport
from bot.features.problems.reporting.queries import ProblemPage
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked


def similar(draft: DraftReport, near: Near) -> Screen:
    """The likest first; one tap leads on when it is none of them."""
    numbers = [button(texts.numbered(each.number), SeeSimilar(problem_id=each.id)) for each in near.found]
    unread = _waiting(texts.that_waits(), draft, near.waiting[:1])
    return Screen(
        texts.similar(draft.text or "", near.found, is_any_waiting=bool(near.waiting)),
        [*stacked(numbers, 3), *unread, *_on_or_back()],
    )


def waiting(draft: DraftReport, problem_id: int) -> Screen:
    """Only that it waits: nothing of the report itself is known here."""
    unread = _waiting(texts.mine_too(), draft, [problem_id])
    return Screen(texts.waiting(draft.text or ""), [*unread, *_on_or_back()])


def _waiting(words: str, draft: DraftReport, ids: Sequence[int]) -> list[Row]:
    return [[button(words, SupportWaiting(draft_id=draft.id, problem_id=each))] for each in ids]


def _on_or_back() -> list[Row]:
    return [
        [button(texts.mine_is_another(), GoToStep(step=Step.VILLAGE))],
        [button(common.back(), GoToStep(step=Step.TEXT)), button(common.cancel(), LeaveReport())],
    ]


def one_of_these(draft: DraftReport, problem: ProblemCard, support: bool | None) -> Screen:  # three states
    """`support` is None for one's own problem."""
    rows: list[Row] = []
    if support is not None:
        instead = SupportInstead(draft_id=draft.id, problem_id=problem.id)
        rows.append([button(texts.mine_too(), instead)])
    return Screen(
        texts.one_of_these(problem, support),
        [
            *rows,
            [button(texts.mine_is_another(), GoToStep(step=Step.VILLAGE))],
            [button(common.back(), ListSimilar()), button(common.cancel(), LeaveReport())],
        ],
    )


def supported(problem: ProblemCard) -> Screen:
    if not problem.is_public:
        return Screen(texts.supported_waiting(), [[home_button()]])
    return Screen(
        texts.supported(problem),
        [
            [button(texts.see_problem(), _card_of(problem.id))],
            [button(texts.take_back(), SetSupport(problem_id=problem.id, on=False))],
            [home_button()],
        ],
    )


def taken_back(problem: ProblemCard) -> Screen:
    return Screen(
        texts.taken_back(problem),
        [[button(texts.see_problem(), _card_of(problem.id))], [home_button()]],
    )


def supported_list(found: ProblemPage, waiting: int = 0) -> Screen:
    """`waiting` is how many more there are that may not be read yet."""
    numbers = [button(str(each.number), _card_of(each.id)) for each in found.lines]
    turn = pager(found.page, lambda page: ListSupported(page=page))
    mine = [button(texts.my_problems(), ListMyProblems(page=0))]
    return Screen(
        texts.supported_list(found, waiting),
        [*stacked(numbers, 6), turn, mine, [home_button()]],
    )


def _card_of(problem_id: int) -> ShowProblem:
    return ShowProblem(problem_id=problem_id, village_id=0, topic_id=0, page=0)
