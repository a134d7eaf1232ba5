"""Samples of the history."""

from functools import partial
from typing import Any

from bot.domain.paging import Page
from bot.domain.problem import DeclineReason
from bot.domain.roles import Role
from bot.features.problems.audit_log import screens
from bot.features.problems.audit_log.acts_texts import ACTS
from bot.features.problems.audit_log.callbacks import ShowHistory
from bot.features.problems.audit_log.queries import ENTRIES_A_PAGE, Actor, Entry, EntryPage
from bot.telegram.screen import Screen
from tests.samples.data import FAR, LONG, LONG_NAME, NOW, UNBROKEN

ACTORS = (Actor(), Actor(1), Actor(2, Role.FACILITATOR, FAR), Actor(3, is_author=True))
DETAILS: tuple[dict[str, Any], ...] = (
    {},
    {"reason": DeclineReason.UNCLEAR},
    {"role": Role.OFFICER},
    {"before": LONG, "after": UNBROKEN},
    {"before": None, "after": {"ky": LONG, "ru": UNBROKEN, "done": True}},
    {"before": LONG_NAME, "after": None},
    {"removed": True},
    {"before": "submitted", "after": ["published", 7]},
)


def entry(number: int, act: str) -> Entry:
    actor, details = ACTORS[number % len(ACTORS)], DETAILS[number % len(DETAILS)]
    return Entry(FAR - number, NOW, act, actor, 1, "jazy", FAR, 12345, details)


ENTRIES = [entry(number, act) for number, act in enumerate([*ACTS, "later.added"])]
PAGES = [EntryPage([], Page(0, 0, ENTRIES_A_PAGE)), EntryPage(ENTRIES[:1], Page(1, 0, ENTRIES_A_PAGE))] + [
    EntryPage(ENTRIES[first : first + ENTRIES_A_PAGE], Page(2000, 7, ENTRIES_A_PAGE))
    for first in range(0, len(ENTRIES), 5)
]
BACK = ShowHistory(problem_id=FAR, page=399)

HISTORY: tuple[partial[Screen], ...] = (
    *(partial(screens.of_problem, FAR, 12345, page, 1) for page in PAGES),
    *(partial(screens.of_municipality, FAR, page, 1) for page in PAGES),
    *(partial(screens.entry, each, 1, BACK) for each in ENTRIES),
)
