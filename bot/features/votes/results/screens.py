"""The result of a vote."""

from markupsafe import Markup

from bot.domain.paging import page_of
from bot.features.votes import tie_texts
from bot.features.votes.disputes.callbacks import OpenDispute
from bot.features.votes.ranking_files.callbacks import ExportRanking
from bot.features.votes.results import texts
from bot.features.votes.results.callbacks import (
    ListResult,
    SendCodes,
    SendResultPictures,
    ShowHowCounted,
    ShowResult,
)
from bot.features.votes.results.queries import Result
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button

PROBLEMS_A_PAGE = 10
MOST_DECISIONS = 3


def result(found: Result, wanted: int, *, may_check: bool) -> Screen:
    """The problems, the foremost first."""
    shown, page = page_of(found.rows, wanted, PROBLEMS_A_PAGE)
    lines = [texts.line(each, found.vote.problems[each.problem_id]) for each in shown]
    words = [*lines, *_decided(found, page.number)] if found.is_shown else [texts.nothing_shown(found)]
    round_id = found.vote.round_id
    rows: list[Row] = [pager(page, lambda number: ListResult(round_id=round_id, page=number))]
    if found.is_shown:
        rows.insert(0, [button(texts.in_a_picture(), SendResultPictures(round_id=round_id))])
    rows.append([button(texts.how_counted_button(), ShowHowCounted(round_id=round_id))])
    if may_check:
        rows.append([button(texts.files(), ExportRanking(round_id=round_id))])
        rows.append([button(texts.dispute(), OpenDispute(round_id=round_id))])
    return Screen(Markup("\n\n").join([texts.title(found), *words]), [*rows, [home_button()]])


def _decided(found: Result, page: int) -> list[Markup]:
    """Below the first problems, where equal places matter most."""
    last = [] if page else found.decisions[-MOST_DECISIONS:]
    return [tie_texts.decision(found.vote, each) for each in last]


def how_counted(found: Result, my_code: str | None) -> Screen:
    """The method in three sentences, and the way to check that one's own ballot was counted."""
    back = button(common.back(), ShowResult(round_id=found.vote.round_id))
    return Screen(
        texts.how_counted(found, my_code),
        [
            [button(texts.codes(), SendCodes(round_id=found.vote.round_id))],
            [back, home_button()],
        ],
    )
