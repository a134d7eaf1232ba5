"""Drawing up the shortlist."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.paging import page_of
from bot.domain.ranking import Ranking
from bot.features.problems.desk.callbacks import OpenDesk
from bot.features.votes.rounds import texts as round_texts
from bot.features.votes.rounds.callbacks import ShowTurnout
from bot.features.votes.rounds.days import packed, usual_days
from bot.features.votes.rounds.queries import NewRound
from bot.features.votes.shortlist import texts
from bot.features.votes.shortlist.callbacks import (
    AskWhyLeftOut,
    OpenDeciding,
    OpenShortlist,
    PlanDeciding,
    SetDecidingDay,
    SetShortlisted,
    UseUsualReason,
)
from bot.features.votes.shortlist.queries import Candidate
from bot.telegram import texts as common
from bot.telegram.paging import pager
from bot.telegram.screen import Screen, button, stacked

CANDIDATES_A_PAGE = 6


def shortlist(
    round_id: int, candidates: Sequence[Candidate], ranking: Ranking, size: int, wanted: int
) -> Screen:
    """The problems of the screening, the most wanted first; a button puts one on the list or takes it off."""
    shown, page = page_of(candidates, wanted, CANDIDATES_A_PAGE)
    places = {each.problem_id: each for each in ranking.rows}
    chosen = sum(each.is_chosen for each in candidates)
    choices = [
        button(
            texts.choice(each),
            SetShortlisted(
                round_id=round_id, problem_id=each.id, page=page.number, on=not each.is_shortlisted
            ),
        )
        for each in shown
        if each.is_shortlisted or each.hidden is None
    ]
    lines = [(each, places[each.id]) for each in shown]
    return Screen(
        texts.shortlist(lines, chosen, size, is_shown=ranking.is_shown),
        [
            *stacked(choices),
            pager(page, lambda number: OpenShortlist(round_id=round_id, page=number)),
            [button(texts.go_on(), AskWhyLeftOut(round_id=round_id))],
            [
                button(common.back(), ShowTurnout(round_id=round_id)),
                button(round_texts.to_desk(), OpenDesk()),
            ],
        ],
    )


def why_left_out(round_id: int, chosen: int, candidates: int) -> Screen:
    return Screen(
        texts.why_left_out(chosen, candidates),
        [
            [button(texts.usual_reason_button(), UseUsualReason(round_id=round_id))],
            [button(common.back(), OpenShortlist(round_id=round_id, page=0))],
        ],
    )


def which_day(round_id: int, today: datetime) -> Screen:
    choices = [
        button(
            round_texts.closing_choice(days, moment), SetDecidingDay(round_id=round_id, day=packed(moment))
        )
        for days, moment in usual_days(today)
    ]
    back = button(common.back(), OpenShortlist(round_id=round_id, page=0))
    return Screen(texts.which_day(), [*stacked(choices), [back]])


def about_to_publish(round_id: int, new: NewRound) -> Screen:
    return Screen(
        texts.about_to_publish(new),
        [
            [button(round_texts.open_vote(), OpenDeciding(round_id=round_id, day=packed(new.closes_at)))],
            [button(round_texts.another_day(), PlanDeciding(round_id=round_id))],
            [button(common.back(), OpenShortlist(round_id=round_id, page=0))],
        ],
    )
