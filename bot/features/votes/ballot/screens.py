"""The ballot, and the facilitator's view of a vote."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.domain.ballot import ENOUGH_SHOWN, PROBLEMS_A_PAGE, Stage, page_of
from bot.features.problems.desk.callbacks import OpenDesk
from bot.features.problems.public import ProblemCard, show_attachments
from bot.features.problems.reporting.callbacks import ShowAttachments
from bot.features.votes.ballot import texts
from bot.features.votes.ballot.callbacks import (
    AskToClose,
    AskToPublish,
    CastVote,
    CloseVote,
    FinishBallot,
    OpenBallot,
    OpenShortlist,
    OpenVote,
    PlanVote,
    PublishResult,
    SetClosingDay,
    ShowCandidate,
    ShowCode,
    ShowTurnout,
    TurnBallot,
)
from bot.features.votes.ballot.queries import OpenBallotPaper
from bot.features.votes.paper_votes.callbacks import ListGatherings
from bot.features.votes.ranking_files.callbacks import ExportRanking
from bot.features.votes.results.callbacks import ShowResult
from bot.features.votes.rounds.days import packed, usual_days
from bot.features.votes.rounds.round_queries import NewRound, RoundFacts, VillageTurnout
from bot.features.votes.tie_breaks.callbacks import ListTies
from bot.features.votes.voter_villages.callbacks import ListVoterVillages, ShowAnomalies
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.screen import Row, Screen, button, stacked


def ballot(paper: OpenBallotPaper, page: int) -> Screen:
    """Five problems of the voter's own order; the texts above, a button for each below."""
    shown, page, pages = page_of(paper.lines, page, PROBLEMS_A_PAGE)
    round_id, picks = paper.round.id, paper.ballot.picks
    choices = [
        button(texts.choice(problem, picked=problem.id in picks), _cast(paper, problem.id, page))
        for problem in shown
        if problem.hidden is None or problem.id in picks
    ]
    long = [
        button(texts.read(problem), ShowCandidate(round_id=round_id, problem_id=problem.id, page=page))
        for problem in shown
        if texts.is_cut(problem)
    ]
    lines = [texts.line(problem, picked=problem.id in picks) for problem in shown]
    return Screen(
        Markup("\n\n").join([texts.heading(paper), *lines, _below(paper)]),
        [
            *stacked(choices),
            *stacked(long, PROBLEMS_A_PAGE),
            _turn(paper, page, pages),
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


def _turn(paper: OpenBallotPaper, page: int, pages: int) -> Row:
    round_id = paper.round.id
    if paper.has_more:
        more = button(texts.more_problems(), TurnBallot(round_id=round_id, page=page + 1))
        before = button(common.previous_page(), TurnBallot(round_id=round_id, page=page - 1))
        return [before, more] if page else [more]
    if pages == 1:
        return []
    return [
        button(common.previous_page(), TurnBallot(round_id=round_id, page=(page - 1) % pages)),
        button(texts.page(page, pages), TurnBallot(round_id=round_id, page=page)),
        button(common.next_page(), TurnBallot(round_id=round_id, page=(page + 1) % pages)),
    ]


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


def when_to_close(municipality_id: int, stage: Stage, problems: int, today: datetime) -> Screen:
    choices = [
        button(
            texts.closing_choice(days, moment),
            SetClosingDay(municipality_id=municipality_id, day=packed(moment)),
        )
        for days, moment in usual_days(today)
    ]
    return Screen(
        texts.when_to_close(stage, problems), [*stacked(choices), [button(common.cancel(), OpenDesk())]]
    )


def about_to_open(municipality_id: int, new: NewRound, problems: int) -> Screen:
    day = packed(new.closes_at)
    return Screen(
        texts.about_to_open(new, problems),
        [
            [button(texts.open_vote(), OpenVote(municipality_id=municipality_id, day=day))],
            [button(texts.another_day(), PlanVote(municipality_id=municipality_id))],
            [button(common.cancel(), OpenDesk())],
        ],
    )


def turnout(facts: RoundFacts, villages: Sequence[VillageTurnout], now: datetime) -> Screen:
    """Who takes part; below it what can be done with the stage as it stands now."""
    closed = facts.is_closed(now)
    rows = _after_closing(facts) if closed else _while_open(facts)
    if facts.stage is Stage.DECIDING:
        rows.append([button(texts.gatherings(), ListGatherings(round_id=facts.id))])
    if not closed:
        rows.append([button(texts.voter_villages(), ListVoterVillages(round_id=facts.id))])
    rows.append([button(texts.to_desk(), OpenDesk())])
    return Screen(texts.turnout(facts, villages, closed=closed), rows)


def _while_open(facts: RoundFacts) -> list[Row]:
    return [
        [button(texts.refresh(), ShowTurnout(round_id=facts.id))],
        [button(texts.close_vote(), AskToClose(round_id=facts.id))],
    ]


def _after_closing(facts: RoundFacts) -> list[Row]:
    rows: list[Row] = []
    if facts.awaits_shortlist:
        rows.append([button(texts.draw_up_shortlist(), OpenShortlist(round_id=facts.id, page=0))])
    if facts.awaits_result:
        rows.append([button(texts.publish(), AskToPublish(round_id=facts.id))])
    if facts.counted_at:
        rows.append([button(texts.see_as_residents(), ShowResult(round_id=facts.id))])
        rows.append([button(texts.ties(), ListTies(round_id=facts.id, page=0))])
    if facts.is_final:
        rows.append([button(texts.export(), ExportRanking(round_id=facts.id))])
    rows.append([button(texts.anomalies(), ShowAnomalies(round_id=facts.id))])
    return rows


def sure_to_close(facts: RoundFacts, voters: int) -> Screen:
    return Screen(
        texts.sure_to_close(facts, voters),
        [
            [button(texts.no_wait(), ShowTurnout(round_id=facts.id))],
            [button(texts.yes_close(), CloseVote(round_id=facts.id))],
        ],
    )


def sure_to_publish(facts: RoundFacts) -> Screen:
    return Screen(
        texts.sure_to_publish(),
        [
            [button(texts.no_wait(), ShowTurnout(round_id=facts.id))],
            [button(texts.gatherings(), ListGatherings(round_id=facts.id))],
            [button(texts.yes_publish(), PublishResult(round_id=facts.id))],
        ],
    )
