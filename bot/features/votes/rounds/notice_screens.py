"""What residents hear of a vote: it has begun, ends soon, is over, is counted."""

from datetime import datetime

from markupsafe import Markup

from bot.domain.ballot import Stage
from bot.features.votes.ballot.callbacks import OpenBallot
from bot.features.votes.results.callbacks import ShowResult
from bot.features.votes.rounds import notice_texts as texts
from bot.telegram.navigation import fewer_button, home_button
from bot.telegram.screen import Row, Screen, button


def opened(
    round_id: int, stage: Stage, picks: int, closes_at: datetime, left_out_reason: str | None
) -> Screen:
    return _heard(texts.opened(stage, picks, closes_at, left_out_reason), _vote(round_id))


def unfinished(round_id: int, closes_at: datetime) -> Screen:
    return _heard(texts.unfinished(closes_at), _vote(round_id))


def not_heard(round_id: int, since: datetime, until: datetime) -> Screen:
    return Screen(texts.not_heard(since, until), [_vote(round_id)])


def closed(stage: Stage, result_by: datetime) -> Screen:
    return _heard(texts.closed(stage, result_by), [home_button()])


def counted(round_id: int) -> Screen:
    return _heard(texts.counted(), [button(texts.see_result(), ShowResult(round_id=round_id))])


def _vote(round_id: int) -> Row:
    return [button(texts.vote(), OpenBallot(round_id=round_id))]


def _heard(words: Markup, row: Row) -> Screen:
    return Screen(words, [row, [fewer_button()]])
