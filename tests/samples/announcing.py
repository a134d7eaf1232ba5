"""Samples of the announcement of a hearing."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from bot.domain.hearing import (
    LONGEST_AGENDA,
    LONGEST_ORGANISER,
    LONGEST_PLACE,
    LONGEST_TOPIC,
    MOST_DOCUMENTS,
    HearingKind,
    HearingStatus,
    Wording,
)
from bot.domain.hearing_changes import difference
from bot.domain.hearing_draft import Step
from bot.domain.problem import LONGEST_REASON
from bot.features.hearings.announcing import preview_screens as previews, screens
from bot.features.hearings.announcing.queries import LastHearing
from bot.features.hearings.hearing_queries import HearingCard
from bot.telegram.screen import Screen
from tests.samples.data import FAR, LONG_NAME, NOW, TWELVE_VILLAGES, VILLAGE

EMPTY_DRAFT = HearingCard(
    id=FAR,
    municipality_id=FAR,
    municipality=VILLAGE.name,
    revises_id=None,
    status=HearingStatus.DRAFT,
    step=Step.KIND,
    kind=None,
    topic=Wording(),
    agenda=Wording(),
    starts_at=None,
    place=None,
    latitude=None,
    longitude=None,
    organiser=None,
    phone=None,
    announced_at=None,
    version=1,
    cancelled_at=None,
    cancel_reason=None,
    recorded_at=None,
    documents=0,
    villages=(),
)
FULL_DRAFT = replace(
    EMPTY_DRAFT,
    municipality=LONG_NAME,
    step=Step.PREVIEW,
    kind=HearingKind.BUDGET_EXECUTION,
    topic=Wording("ө<&" * (LONGEST_TOPIC // 3), "ж<&" * (LONGEST_TOPIC // 3)),
    agenda=Wording("ө<\n" * (LONGEST_AGENDA // 3), "ж<\n" * (LONGEST_AGENDA // 3)),
    starts_at=NOW + timedelta(days=3),
    place="ө" * LONGEST_PLACE,
    latitude=40.5,
    longitude=72.8,
    organiser="ө" * LONGEST_ORGANISER,
    phone="+996 555 12 34 56",
    documents=MOST_DOCUMENTS,
    villages=tuple(TWELVE_VILLAGES),
)
ONE_LANGUAGE = replace(FULL_DRAFT, topic=Wording(ky="Бюджет"), agenda=Wording(), villages=(), documents=0)
CHANGES = [
    (draft, difference(before.announcement, draft.announcement, besides))
    for before, draft, besides in (
        (FULL_DRAFT, FULL_DRAFT, ()),
        (FULL_DRAFT, replace(FULL_DRAFT, place="Жазы, мектеп"), ("has_pin", "documents")),
        (FULL_DRAFT, replace(FULL_DRAFT, phone=None), ()),
        (replace(ONE_LANGUAGE, villages=(VILLAGE,)), FULL_DRAFT, ()),
        (ONE_LANGUAGE, replace(ONE_LANGUAGE, topic=Wording("Бюджет", "Бюджет")), ()),
        (FULL_DRAFT, replace(FULL_DRAFT, starts_at=NOW), ()),
    )
]
DRAFTS = (EMPTY_DRAFT, replace(EMPTY_DRAFT, step=Step.WHOM), ONE_LANGUAGE, FULL_DRAFT)
LAST = LastHearing("ө" * LONGEST_PLACE, "ө" * LONGEST_ORGANISER, "0555 123456")
WORDS = (Step.TOPIC, Step.AGENDA, Step.OTHER_TOPIC, Step.OTHER_AGENDA)
LEAF = date(2026, 11, 1)

ANNOUNCING: tuple[partial[Screen], ...] = (
    *(partial(screens.ask_kind, draft) for draft in DRAFTS),
    *(
        partial(screens.ask_words, draft, step, language)
        for draft in DRAFTS
        for step in WORDS
        for language in ("ky", "ru")
    ),
    *(partial(screens.ask_day, draft, LEAF, day) for draft in DRAFTS for day in (LEAF, date(2026, 10, 30))),
    *(partial(screens.is_it_this_day, draft, NOW.date(), date(2026, 1, 1)) for draft in DRAFTS),
    *(partial(screens.ask_time, draft, NOW) for draft in (*DRAFTS, replace(FULL_DRAFT, starts_at=NOW))),
    *(
        partial(screens.ask_place, draft, last)
        for draft in DRAFTS
        for last in (LAST, LastHearing(None, None, None))
    ),
    *(partial(screens.ask_pin, draft) for draft in DRAFTS),
    *(partial(screens.ask_organiser, draft, LAST) for draft in DRAFTS),
    *(partial(screens.ask_documents, draft) for draft in DRAFTS),
    *(partial(screens.ask_whom, draft, TWELVE_VILLAGES, page) for draft in DRAFTS for page in (0, 1)),
    *(
        partial(previews.preview, draft, language, people, usual, NOW)
        for draft in DRAFTS
        for language in ("ky", "ru")
        for people, usual in ((0, 10), (12345, 0))
    ),
    *(
        partial(previews.preview, replace(draft, revises_id=FAR), "ky", people, 10, NOW, changed)
        for draft, changed in CHANGES
        for people in (1, 12345)
    ),
    *(partial(previews.lines, FULL_DRAFT, ["ky", "ru"], page) for page in (0, 1)),
    *(
        partial(previews.sure_to_discard, draft)
        for draft in (FULL_DRAFT, replace(FULL_DRAFT, revises_id=FAR))
    ),
    *(partial(previews.discarded, hearing_id) for hearing_id in (None, FAR)),
    *(partial(previews.announced, FAR, people) for people in (0, 1, 12345)),
    *(partial(previews.changed, FAR, changed, told=told) for _, changed in CHANGES for told in (True, False)),
    partial(previews.no_changes_wait, FAR),
    *(partial(previews.why_cancel, draft.announcement) for draft in (ONE_LANGUAGE, FULL_DRAFT)),
    *(
        partial(previews.sure_to_cancel, FULL_DRAFT.announcement, reason, people)
        for reason, people in ((None, 1), ("<ө&" * (LONGEST_REASON // 3), 12345))
    ),
    partial(previews.cancelled, FAR),
)
