"""Disputed results, with plain and with extreme data."""

from functools import partial

from bot.domain.dispute import Dispute, DisputeReason
from bot.features.votes.disputes import screens
from bot.features.votes.disputes.queries import Disputable
from bot.features.votes.voter_villages import screens as voters
from bot.telegram.screen import Screen
from tests.samples.data import FAR, NOW
from tests.samples.gatherings import OPEN

VOTE = Disputable(FAR, FAR, NOW, None, None)
DISPUTES: tuple[partial[Screen], ...] = (
    *(partial(screens.undisputed, VOTE, days) for days in (1, 90, 3650)),
    *(partial(screens.disputed, VOTE, Dispute(each, NOW)) for each in DisputeReason),
    *(partial(screens.sure_to_end, VOTE, days) for days in (1, 3650)),
    partial(screens.already_cut, VOTE, NOW),
    partial(voters.no_anomalies, OPEN),
)
