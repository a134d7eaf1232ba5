"""Joining problems, with plain and with extreme data."""

from dataclasses import replace
from functools import partial

from bot.domain.problem import ProblemStatus
from bot.features.problems.likeness_queries import Similar
from bot.features.problems.merging import screens
from bot.telegram.screen import Screen
from tests.samples.data import CARD, FAR, LONG, LONG_VILLAGE, PUBLISHED, UNBROKEN, WAITING

NEAR = [
    Similar(FAR, 12345 + place, ProblemStatus.PUBLISHED, text, LONG_VILLAGE.name, 0.5)
    for place, text in enumerate((LONG, UNBROKEN, LONG, UNBROKEN, LONG))
]
MERGED = [replace(WAITING, status=ProblemStatus.MERGED, merged_into=12346, merged_into_id=FAR)] * 7
MERGING: tuple[partial[Screen], ...] = (
    *(partial(screens.which_other, card, near) for card in (CARD, WAITING) for near in ([], NEAR[:1], NEAR)),
    partial(screens.type_number, WAITING),
    *(partial(screens.compared, one, other) for one in (CARD, WAITING) for other in (PUBLISHED, WAITING)),
    partial(screens.joined, WAITING, PUBLISHED, FAR),
    partial(screens.alone_again, WAITING),
    *(partial(screens.merged_into, PUBLISHED, MERGED[:many], page) for many, page in ((1, 0), (7, 2))),
)
