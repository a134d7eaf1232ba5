"""Problems that share their places, with plain and with extreme data."""

from dataclasses import replace
from functools import partial

from bot.features.votes.results import screens as results
from bot.features.votes.tie_breaks import screens
from bot.features.votes.tie_queries import Decision
from bot.telegram.screen import Screen
from tests.samples.data import NOW, WILD
from tests.samples.voting import COUNTED_VOTE, RANKING, RESULT

BAND = RANKING.rows[:25]
BANDS = [[row] for row in RANKING.rows[:14]]
DECISIONS = [Decision(tuple(row.problem_id for row in BAND), (WILD * 30)[:300], (WILD * 30)[:300], NOW)] * 9
TIES: tuple[partial[Screen], ...] = (
    partial(screens.ties, COUNTED_VOTE, [], [], 0),
    *(partial(screens.ties, COUNTED_VOTE, BANDS, DECISIONS, page) for page in (0, 2)),
    partial(screens.decide, COUNTED_VOTE, BAND),
    partial(results.result, replace(RESULT, decisions=DECISIONS), 0, may_check=True),
)
