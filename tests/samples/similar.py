"""Problems that look like the one being written, with plain and with extreme data."""

from dataclasses import replace
from functools import partial

from bot.domain.problem import ProblemStatus
from bot.features.problems.likeness_queries import Near
from bot.features.problems.reporting import similar_screens as screens
from bot.telegram.screen import Screen
from tests.samples.data import CARD, DRAFTS, FAR, PAGES, PUBLISHED, WAITING
from tests.samples.merging import NEAR

SIMILAR: tuple[partial[Screen], ...] = (
    *(
        partial(screens.similar, draft, Near(near, waiting))
        for draft in DRAFTS
        for near in (NEAR[:1], NEAR)
        for waiting in ((), (FAR,))
    ),
    *(partial(screens.waiting, draft, FAR) for draft in DRAFTS),
    *(
        partial(screens.one_of_these, DRAFTS[-1], card, support)
        for card in (CARD, WAITING, PUBLISHED)
        for support in (None, True, False)
    ),
    *(partial(screens.supported, card) for card in (CARD, PUBLISHED)),
    partial(screens.taken_back, replace(PUBLISHED, status=ProblemStatus.DONE)),
    *(partial(screens.supported_list, page, waiting) for page in PAGES for waiting in (0, 1, 12345)),
)
