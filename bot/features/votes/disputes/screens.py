"""Whether a result is disputed, and what can be done."""

from datetime import datetime

from bot.domain.dispute import Dispute, DisputeReason
from bot.features.votes.disputes import texts
from bot.features.votes.disputes.callbacks import AskToEndDispute, DisputeResult, EndDispute, OpenDispute
from bot.features.votes.disputes.queries import Disputable
from bot.features.votes.results.callbacks import ShowResult
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.screen import Row, Screen, button


def undisputed(vote: Disputable, kept_days: int) -> Screen:
    """The reason is the confirmation: one press tells both."""
    reasons: list[Row] = [
        [button(texts.reason(each), DisputeResult(round_id=vote.round_id, reason=each))]
        for each in DisputeReason
    ]
    return Screen(texts.undisputed(kept_days), [*reasons, _back(vote)])


def disputed(vote: Disputable, dispute: Dispute) -> Screen:
    end = button(texts.end_dispute(), AskToEndDispute(round_id=vote.round_id))
    return Screen(texts.disputed(dispute), [[end], _back(vote)])


def sure_to_end(vote: Disputable, kept_days: int) -> Screen:
    return Screen(
        texts.sure_to_end(kept_days),
        [
            [button(texts.not_yet(), OpenDispute(round_id=vote.round_id))],
            [button(texts.yes_end(), EndDispute(round_id=vote.round_id))],
            [home_button()],
        ],
    )


def already_cut(vote: Disputable, cut_at: datetime) -> Screen:
    return Screen(texts.already_cut(cut_at), [_back(vote)])


def _back(vote: Disputable) -> Row:
    return [button(common.back(), ShowResult(round_id=vote.round_id)), home_button()]
