"""The desk with plain and with extreme data."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.domain.moderation import (
    LONGEST_NOTE,
    LONGEST_RECORD,
    Line,
    Narrowing,
)
from bot.domain.paging import Page
from bot.domain.personal import found_in
from bot.domain.problem import (
    LONGEST_REASON,
    DeclineReason,
    Hidden,
    HideReason,
    Media,
    MediaKind,
    ProblemStatus,
    Purpose,
    Wording,
)
from bot.domain.silence import SilenceReason
from bot.features.problems.desk import (
    bulk_screens as bulk,
    hiding_screens as hiding,
    media_screens as media,
    muting_screens as muting,
    screens as moderation,
)
from bot.features.problems.desk.bulk_queries import REPORTS_A_PAGE, MarkableLine, MarkablePage, Marked
from bot.features.problems.desk.callbacks import ListHidden, ListReopened
from bot.features.problems.desk.list_queries import PROBLEMS_A_PAGE, DeskLine, DeskPage
from bot.features.problems.desk.media_queries import Kept
from bot.features.problems.desk.queries import Desk, Holder, Report, Share
from bot.features.problems.editing import redacting_screens as redacting, screens as wording
from bot.features.problems.editing.queries import Sheet
from bot.features.problems.problem_queries import Note
from bot.telegram.screen import Screen
from tests.samples.data import (
    CARD,
    DECIDED,
    ERASED,
    FAR,
    LONG,
    LONG_NAME,
    LONG_VILLAGE,
    NOW,
    PLACES,
    PLAIN,
    TELLING,
    TOPIC_LIST,
    TWELVE_VILLAGES,
    UNBROKEN,
    VILLAGE,
    WAITING,
)

NOTES = tuple(Note(NOW, "ө" * LONGEST_NOTE) for _each in range(2))
UNWORDED = replace(CARD, wording=Wording("", "ky"), attachments=1)
OUTSIDE = replace(WAITING, is_outside_competence=True, notes=NOTES)
HIDDEN = replace(
    WAITING, status=ProblemStatus.HIDDEN, hidden=Hidden(HideReason.OWN_WORDS, "<ө&" * (LONGEST_REASON // 3))
)
REPORTS = (
    Report(CARD, 1, None, None, NOW),
    Report(UNWORDED, 1, 1, None, NOW),
    Report(WAITING, FAR, FAR, FAR, NOW, None, (LONG[:300],) * 3),
    Report(WAITING, FAR, FAR, FAR, NOW, Holder(FAR, NOW - timedelta(minutes=9))),
    *(Report(card, FAR, FAR, FAR, NOW) for card in (*DECIDED, OUTSIDE)),
    Report(WAITING, FAR, FAR, FAR, NOW, muted_until=NOW, has_media=True),
    Report(HIDDEN, FAR, FAR, FAR, NOW, has_media=True),
)
DESKS = (
    Desk(1, VILLAGE.name, 0, 0, None, False),
    Desk(FAR, LONG_NAME, 1, 0, None, False, None, None, 1, 0, 12345),
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
KEPT = [Kept(FAR, Purpose.REPORT, Media(kind, "file")) for kind in (MediaKind.PHOTO, MediaKind.VOICE)] + [
    Kept(FAR, Purpose.ANSWER, Media(MediaKind.LOCATION, None, 40.0, 72.0))
]
MARKABLE = (
    MarkablePage([], Page(0, 0, REPORTS_A_PAGE), 0),
    MarkablePage(
        [MarkableLine(FAR, 12345, text, mark) for text in (LONG, UNBROKEN, "") for mark in (True, False)],
        Page(2400, 399, REPORTS_A_PAGE),
        50,
    ),
)
MARKED = [Marked(FAR + place, 12345 + place, ProblemStatus.PUBLISHED, place % 2 == 0) for place in range(50)]
MUTED_FACTS = [
    {"ky": LONG_NAME.ky, "ru": LONG_NAME.ru, "until": NOW.isoformat(), "why": why} for why in SilenceReason
]
DESK: tuple[partial[Screen], ...] = (
    partial(moderation.which_desk, [(place.id, place.name) for place in PLACES[:8]]),
    *(partial(moderation.desk, found) for found in DESKS),
    *(
        partial(moderation.report, found, waiting, holder)
        for found in REPORTS
        for waiting in (1, 12345)
        for holder in ("", "Айгүл <&>")
    ),
    *(
        partial(moderation.report, replace(REPORTS[0], card=card), 1, "")
        for card in (replace(WAITING, wording=Wording(TELLING, "ky", TELLING), kept_back=3, notes=()), ERASED)
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
        partial(moderation.listed, FAR, DeskPage(LINES[:6], Page(total, page, PROBLEMS_A_PAGE)))
        for page, total in ((0, 6), (7, 2400), (399, 2400))
    ),
    partial(moderation.listed, FAR, DeskPage([], Page(0, 0, PROBLEMS_A_PAGE))),
    partial(moderation.listed, FAR, DeskPage(LINES[:6], Page(7, 0, PROBLEMS_A_PAGE)), ListReopened),
    partial(moderation.listed, FAR, DeskPage(LINES[:6], Page(2400, 399, PROBLEMS_A_PAGE)), ListHidden),
    *(partial(moderation.decided, found, desk) for found in REPORTS for desk in DESKS),
    partial(hiding.why_hide, WAITING),
    partial(hiding.write_why_hide, WAITING),
    *(partial(media.listed, CARD, kept) for kept in ([], KEPT[:1], KEPT * 4)),
    *(partial(media.seen, WAITING, 12, each) for each in KEPT),
    *(partial(bulk.to_mark, FAR, page, lost) for page in MARKABLE for lost in ((), MARKED[:2])),
    *(partial(bulk.why, FAR, count) for count in (1, 12345)),
    *(partial(bulk.sure, FAR, reason, MARKED[:count]) for reason in DeclineReason for count in (1, 2, 50)),
    *(partial(bulk.declined, FAR, count) for count in (1, 12345)),
    partial(muting.why_mute, WAITING),
    *(partial(muting.how_long, WAITING, why) for why in SilenceReason),
    *(partial(muting.heard_muted, facts) for facts in MUTED_FACTS),
    *(partial(muting.heard_unmuted, facts) for facts in MUTED_FACTS),
    *(
        partial(redacting.ask_words, found, personal)
        for found in SHEETS
        for personal in ([], found_in("0777 998 877, мурат@почта.kg, 20101199012345 " * 3))
    ),
    *(partial(redacting.taken_out, found) for found in SHEETS),
    *(partial(moderation.found, FAR, lines, LONG[:60]) for lines in ([], LINES[:8])),
    partial(moderation.ask_words, FAR),
    *(partial(wording.sheet, found) for found in SHEETS),
    *(partial(wording.write, found, line) for found in SHEETS for line in Line),
    *(partial(wording.which_village, WAITING, TWELVE_VILLAGES, page) for page in (0, 1)),
    *(partial(wording.which_topic, WAITING, TOPIC_LIST, page) for page in (0, 2)),
    *(partial(wording.original, card) for card in (CARD, WAITING, UNWORDED)),
)
