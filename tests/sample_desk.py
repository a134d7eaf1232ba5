"""The desk with plain and with extreme data."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.db.problem_queries import Note
from bot.domain.desk import LONGEST_NOTE, LONGEST_RECORD, Line, Narrowing
from bot.domain.problem import ProblemStatus, Wording
from bot.features.moderation import screens as moderation
from bot.features.moderation.list_queries import DeskLine, DeskPage
from bot.features.moderation.queries import Desk, Holder, Report, Share
from bot.features.wording import screens as wording
from bot.features.wording.queries import Sheet
from bot.telegram.screen import Screen
from tests.sample_data import (
    CARD,
    DECIDED,
    FAR,
    LONG,
    LONG_NAME,
    LONG_VILLAGE,
    NOW,
    PLACES,
    PLAIN,
    TOPIC_LIST,
    TWELVE_VILLAGES,
    UNBROKEN,
    VILLAGE,
    WAITING,
)

NOTES = tuple(Note(NOW, "ө" * LONGEST_NOTE) for _each in range(2))
UNWORDED = replace(CARD, wording=Wording("", "ky"), attachments=1)
OUTSIDE = replace(WAITING, is_outside_competence=True, notes=NOTES)
REPORTS = (
    Report(CARD, 1, None, None, NOW),
    Report(UNWORDED, 1, 1, None, NOW),
    Report(WAITING, FAR, FAR, FAR, NOW, None, (LONG[:300],) * 3),
    Report(WAITING, FAR, FAR, FAR, NOW, Holder(FAR, NOW - timedelta(minutes=9))),
    *(Report(card, FAR, FAR, FAR, NOW) for card in (*DECIDED, OUTSIDE)),
)
DESKS = (
    Desk(1, VILLAGE.name, 0, 0, None, False),
    Desk(FAR, LONG_NAME, 12345, 12345, FAR, True, LONG_VILLAGE.name, TOPIC_LIST[-1], 1234, 12345),
    Desk(FAR, LONG_NAME, 12345, 12345, FAR, False, None, None, 12345),
    Desk(FAR, LONG_NAME, 12345, 0, FAR, False, LONG_VILLAGE.name, None, 0),
)
SHARES = [Share(FAR, village.name, 12345) for village in TWELVE_VILLAGES]
TOPIC_SHARES = [Share(topic.id, topic.short, 12345, topic.emoji) for topic in TOPIC_LIST]
LINES = [
    DeskLine(FAR, 12345 + place, text, status)
    for place, (text, status) in enumerate(
        (text, status) for text in (LONG, UNBROKEN, PLAIN) for status in ProblemStatus
    )
]
SHEETS = (
    Sheet(CARD, 1, None, None, False),
    Sheet(UNWORDED, 1, None, None, False),
    Sheet(OUTSIDE, FAR, "ө" * LONGEST_RECORD, "<ө&" * (LONGEST_RECORD // 3), True),
    Sheet(WAITING, FAR, "ө" * LONGEST_RECORD, None, False),
)
DESK: tuple[partial[Screen], ...] = (
    partial(moderation.which_desk, [(place.id, place.name) for place in PLACES[:8]]),
    *(partial(moderation.desk, found) for found in DESKS),
    *(
        partial(moderation.report, found, waiting, holder)
        for found in REPORTS
        for waiting in (1, 12345)
        for holder in ("", "Айгүл <&>")
    ),
    *(partial(moderation.more, found) for found in REPORTS),
    *(
        partial(moderation.which_village, FAR, SHARES, Narrowing(topic), page)
        for topic in (None, FAR)
        for page in (0, 1)
    ),
    *(
        partial(moderation.which_topic, FAR, TOPIC_SHARES, Narrowing(village), page)
        for village in (None, FAR)
        for page in (0, 1, 2)
    ),
    *(partial(moderation.queue_is_empty, found) for found in DESKS),
    partial(moderation.why, WAITING),
    partial(moderation.write_reason, WAITING),
    *(
        partial(moderation.listed, FAR, DeskPage(LINES[:6], page, pages, total))
        for page, pages, total in ((0, 1, 6), (7, 400, 2400), (399, 400, 2400))
    ),
    partial(moderation.listed, FAR, DeskPage([], 0, 1, 0)),
    partial(moderation.listed, FAR, DeskPage(LINES[:6], 0, 2, 7), reopened=True),
    *(partial(moderation.found, FAR, lines, LONG[:60]) for lines in ([], LINES[:8])),
    partial(moderation.ask_words, FAR),
    *(partial(wording.sheet, found) for found in SHEETS),
    *(partial(wording.write, found, line) for found in SHEETS for line in Line),
    *(partial(wording.which_village, WAITING, TWELVE_VILLAGES, page) for page in (0, 1)),
    *(partial(wording.which_topic, WAITING, TOPIC_LIST, page) for page in (0, 2)),
    *(partial(wording.original, card) for card in (CARD, WAITING, UNWORDED)),
)
