"""What became of a problem, with plain and with extreme data."""

from functools import partial
from typing import Any

from bot.domain.outcome import LONGEST_OUTCOME
from bot.domain.problem import ProblemStatus
from bot.features.problems.outcome_queries import Standing
from bot.features.problems.outcomes import screens
from bot.telegram.screen import Screen
from tests.samples.data import CARD, DECIDED, FAR, PUBLISHED

STANDING = Standing(FAR, 12345, FAR, FAR, ProblemStatus.DONE, 12, False)
REOPENED_FACTS: list[dict[str, Any]] = [
    {"problem_id": FAR, "number": 12345, "words": words} for words in (None, "ө<&" * (LONGEST_OUTCOME // 3))
]
OUTCOMES: tuple[partial[Screen], ...] = (
    *(partial(screens.which_outcome, card) for card in (CARD, PUBLISHED, *DECIDED)),
    *(partial(make, STANDING, status) for make in (screens.write, screens.said) for status in ProblemStatus),
    partial(screens.what_is_not_solved, STANDING),
    partial(screens.confirmed, STANDING),
    partial(screens.reopened, STANDING),
    *(partial(screens.heard_reopened, facts) for facts in REOPENED_FACTS),
)
