"""The ballot, and the facilitator's view of a vote."""

from markupsafe import Markup

from bot.domain.ballot import ENOUGH_SHOWN, PROBLEMS_A_PAGE
from bot.domain.paging import Page, page_of
from bot.features.problems.public import ProblemCard, show_attachments
from bot.features.problems.reporting.callbacks import ShowAttachments
from bot.features.votes.ballot import texts
from bot.features.votes.ballot.callbacks import (
    CastVote,
    FinishBallot,
    OpenBallot,
    ShowCandidate,
    ShowCode,
    TurnBallot,
)
from bot.features.votes.ballot.queries import OpenBallotPaper
from bot.features.votes.results.callbacks import ShowResult
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.paging import growing_pager, pager
from bot.telegram.screen import Row, Screen, button, stacked


def ballot(paper: OpenBallotPaper, wanted: int) -> Screen:
    """Five problems of the voter's own order; the texts above, a button for each below."""
    shown, page = page_of(paper.lines, wanted, PROBLEMS_A_PAGE)
    round_id, picks = paper.round.id, paper.ballot.picks
    choices = [
        button(texts.choice(problem, picked=problem.id in picks), _cast(paper, problem.id, page.number))
        for problem in shown
        if problem.hidden is None or problem.id in picks
    ]
    long = [
        button(texts.read(problem), ShowCandidate(round_id=round_id, problem_id=problem.id, page=page.number))
        for problem in shown
        if texts.is_cut(problem)
    ]
    lines = [texts.line(problem, picked=problem.id in picks) for problem in shown]
    return Screen(
        Markup("\n\n").join([texts.heading(paper), *lines, _below(paper)]),
        [
            *stacked(choices),
            *stacked(long, PROBLEMS_A_PAGE),
            _turn(paper, page),
            [button(texts.done(), FinishBallot(round_id=round_id)), home_button()],
        ],
    )


def _below(paper: OpenBallotPaper) -> Markup:
    left = texts.left(paper.ballot)
    if paper.has_more and len(paper.lines) >= ENOUGH_SHOWN:
        return left + Markup("\n") + texts.seen_enough()
    return left


def _cast(paper: OpenBallotPaper, problem_id: int, page: int) -> CastVote:
    on = problem_id not in paper.ballot.picks
    return CastVote(round_id=paper.round.id, problem_id=problem_id, page=page, on=on)


def _turn(paper: OpenBallotPaper, page: Page) -> Row:
    """A screening's ballot grows: who turns past its end is shown the problems that fewest have seen.

    It is the one list without a number and without wrapping, and only until there is nothing more to draw:
    "1 / 2" would say that two pages are all there is to choose from.
    """

    def to(number: int) -> TurnBallot:
        return TurnBallot(round_id=paper.round.id, page=number)

    return growing_pager(page, to, texts.more_problems()) if paper.has_more else pager(page, to)


def candidate(paper: OpenBallotPaper, problem: ProblemCard, page: int) -> Screen:
    """A problem of the ballot, whole, to be chosen or taken back."""
    picked = problem.id in paper.ballot.picks
    rows: list[Row] = []
    if picked or problem.hidden is None:
        rows.append([button(texts.choose(picked=picked), _cast(paper, problem.id, page))])
    if problem.attachments and problem.hidden is None:
        rows.append([button(show_attachments(), ShowAttachments(problem_id=problem.id))])
    back = button(texts.to_ballot(), TurnBallot(round_id=paper.round.id, page=page))
    return Screen(texts.candidate(problem), [*rows, [back, home_button()]])


def summary(paper: OpenBallotPaper) -> Screen:
    picked = [problem for problem in paper.lines if problem.id in paper.ballot.picks]
    round_id = paper.round.id
    rows: list[Row] = [
        [home_button()],
        [button(texts.change(), OpenBallot(round_id=round_id))],
    ]
    if picked and paper.code:
        rows.append([button(texts.my_code(), ShowCode(round_id=round_id))])
    return Screen(texts.summary(picked, paper.ballot, paper.round.closes_at), rows)


def code(paper: OpenBallotPaper) -> Screen:
    back = button(common.back(), FinishBallot(round_id=paper.round.id))
    return Screen(texts.code(paper.code), [[back, home_button()]])


def no_vote(last_round_id: int | None) -> Screen:
    rows: list[Row] = []
    if last_round_id is not None:
        rows.append([button(texts.last_result(), ShowResult(round_id=last_round_id))])
    return Screen(texts.no_vote(), [*rows, [home_button()]])
