"""The ballot, and the facilitator's view of a vote."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from bot.domain.ballot import PROBLEMS_A_PAGE, page_of
from bot.features.moderation.callbacks import OpenDesk
from bot.features.preferences.callbacks import ChooseNotices
from bot.features.ranking.callbacks import ExportRanking
from bot.features.start.callbacks import GoHome
from bot.features.voting import texts
from bot.features.voting.callbacks import (
    AskToClose,
    CastVote,
    CloseVote,
    FinishBallot,
    OpenBallot,
    OpenVote,
    PlanVote,
    SetClosingDay,
    ShowTurnout,
    TurnBallot,
)
from bot.features.voting.queries import OpenBallotPaper
from bot.features.voting.round_queries import RoundFacts, VillageTurnout
from bot.telegram import texts as common
from bot.telegram.screen import Row, Screen, button, stacked

# Days that a vote is usually open.
USUAL_DAYS = (3, 7, 14, 21, 30)


def ballot(paper: OpenBallotPaper, page: int) -> Screen:
    """Five problems of the voter's own order; the texts above, a button for each below."""
    shown, page, pages = page_of(paper.lines, page, PROBLEMS_A_PAGE)
    round_id, picks = paper.round.id, paper.ballot.picks
    choices = [
        button(
            texts.choice(problem, picked=problem.id in picks),
            CastVote(round_id=round_id, problem_id=problem.id, page=page, on=problem.id not in picks),
        )
        for problem in shown
    ]
    lines = [texts.line(problem, picked=problem.id in picks) for problem in shown]
    return Screen(
        Markup("\n\n").join(
            [texts.heading(paper.ballot, paper.round.closes_at), *lines, texts.left(paper.ballot)]
        ),
        [
            *stacked(choices),
            _turn(round_id, page, pages),
            [button(texts.done(), FinishBallot(round_id=round_id)), button(common.home(), GoHome())],
        ],
    )


def _turn(round_id: int, page: int, pages: int) -> Row:
    if pages == 1:
        return []
    return [
        button(common.previous_page(), TurnBallot(round_id=round_id, page=(page - 1) % pages)),
        button(texts.page(page, pages), TurnBallot(round_id=round_id, page=page)),
        button(common.next_page(), TurnBallot(round_id=round_id, page=(page + 1) % pages)),
    ]


def summary(paper: OpenBallotPaper) -> Screen:
    picked = [problem for problem in paper.lines if problem.id in paper.ballot.picks]
    return Screen(
        texts.summary(picked, paper.ballot, paper.round.closes_at),
        [
            [button(common.home(), GoHome())],
            [button(texts.change(), OpenBallot(round_id=paper.round.id))],
        ],
    )


def no_vote() -> Screen:
    return Screen(texts.no_vote(), [[button(common.home(), GoHome())]])


def when_to_close(municipality_id: int, problems: int, today: datetime) -> Screen:
    choices = []
    for days in USUAL_DAYS:
        moment = today + timedelta(days=days)
        wanted = SetClosingDay(municipality_id=municipality_id, day=int(moment.strftime("%Y%m%d")))
        choices.append(button(texts.closing_choice(days, moment), wanted))
    return Screen(texts.when_to_close(problems), [*stacked(choices), [button(common.cancel(), OpenDesk())]])


def about_to_open(municipality_id: int, problems: int, picks: int, closes_at: datetime) -> Screen:
    day = int(closes_at.strftime("%Y%m%d"))
    return Screen(
        texts.about_to_open(problems, picks, closes_at),
        [
            [button(texts.open_vote(), OpenVote(municipality_id=municipality_id, day=day))],
            [button(texts.another_day(), PlanVote(municipality_id=municipality_id))],
            [button(common.cancel(), OpenDesk())],
        ],
    )


def turnout(facts: RoundFacts, villages: Sequence[VillageTurnout], now: datetime) -> Screen:
    closed = facts.is_closed(now)
    if closed:
        rows: list[Row] = [[button(texts.export(), ExportRanking(round_id=facts.id))]]
    else:
        rows = [
            [button(texts.refresh(), ShowTurnout(round_id=facts.id))],
            [button(texts.close_vote(), AskToClose(round_id=facts.id))],
        ]
    return Screen(
        texts.turnout(villages, facts.closes_at, closed=closed),
        [*rows, [button(texts.to_desk(), OpenDesk())]],
    )


def sure_to_close(facts: RoundFacts) -> Screen:
    return Screen(
        texts.sure_to_close(facts.closes_at),
        [
            [button(texts.no_wait(), ShowTurnout(round_id=facts.id))],
            [button(texts.yes_close(), CloseVote(round_id=facts.id))],
        ],
    )


def heard_opened(round_id: int, picks: int, closes_at: datetime) -> Screen:
    return Screen(
        texts.heard_opened(closes_at, picks),
        [
            [button(texts.vote(), OpenBallot(round_id=round_id))],
            [button(common.fewer(), ChooseNotices())],
        ],
    )
