"""Samples of the dispatch report, of the progress bar and of the notice for the board."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.domain.dispatch import Counts
from bot.domain.hearing import (
    LONGEST_AGENDA,
    LONGEST_ORGANISER,
    LONGEST_PLACE,
    LONGEST_TOPIC,
    Announcement,
    HearingKind,
    HearingNotice,
    HearingStatus,
    Wording,
)
from bot.domain.notices import Failure
from bot.features.hearings.delivery_report import screens
from bot.features.hearings.delivery_report.progress_queries import Progress, Watched
from bot.features.hearings.delivery_report.queries import Answers, BroadcastFacts, Dispatch, Told
from bot.features.hearings.hearing_queries import HearingCard
from bot.telegram.screen import Screen
from tests.samples.data import FAR, LONG_NAME, LONG_VILLAGE, NOW, TWELVE_VILLAGES, VILLAGE, WILD

HEARING = HearingCard(
    id=1,
    municipality_id=9,
    municipality=VILLAGE.name,
    revises_id=None,
    status=HearingStatus.ANNOUNCED,
    step=None,
    kind=HearingKind.DRAFT_BUDGET,
    topic=Wording(
        "Айыл аймагынын 2027-жылга бюджетинин долбоору", "Проект бюджета айылного аймака на 2027 год"
    ),
    agenda=Wording(
        "Бюджеттин кирешелери жана чыгашалары\nЖолдорду оңдоого бөлүнгөн каражат\nСуроолор жана сунуштар",
        "Доходы и расходы бюджета\nСредства на ремонт дорог\nВопросы и предложения",
    ),
    starts_at=NOW,
    place="Жазы, маданият үйү, чоң зал",
    latitude=40.5,
    longitude=72.8,
    organiser="Жазы айыл өкмөтү",
    phone="0555 12 34 56",
    announced_at=NOW - timedelta(days=10),
    version=1,
    cancelled_at=None,
    cancel_reason=None,
    recorded_at=None,
    documents=2,
    villages=(),
)
SHORT_HEARING = replace(
    HEARING, topic=Wording(ky="Бюджет"), agenda=Wording(), place="Мектеп", organiser=None, phone=None
)
LONG_HEARING = replace(
    HEARING,
    id=FAR,
    municipality=LONG_NAME,
    kind=HearingKind.BUDGET_EXECUTION,
    topic=Wording((WILD * 9)[:LONGEST_TOPIC], "ж" * LONGEST_TOPIC),
    agenda=Wording((WILD * 40)[:LONGEST_AGENDA], "ж" * LONGEST_AGENDA),
    place="ө" * LONGEST_PLACE,
    organiser="ө" * LONGEST_ORGANISER,
    phone="+996 555 12 34 56, 0312 12 34 56",
    villages=tuple(TWELVE_VILLAGES),
)
CALLED_OFF = replace(HEARING, status=HearingStatus.CANCELLED, cancelled_at=NOW, cancel_reason="Суу ташкыны")
HEARINGS = (HEARING, SHORT_HEARING, LONG_HEARING, CALLED_OFF)

EVERY_FAILURE = dict.fromkeys(Failure, 1234)
RUNNING = Told(
    FAR,
    HearingNotice.ANNOUNCED,
    NOW,
    None,
    NOW,
    NOW,
    Counts(1_234_567, 12_345, EVERY_FAILURE),
    Counts(),
    {LONG_VILLAGE.id: Counts(1_234_567, 12_345, EVERY_FAILURE)},
    {"ky": 1_234_000, "ru": 567},
)
POSTED = replace(
    RUNNING, kind=HearingNotice.POSTED, counts=Counts(), posts=Counts(2, 1, {Failure.GONE: 1}), villages={}
)
NONE_YET = Answers(0, 0, 0, 0, 0)
MANY = Answers(123_456, 12_345, 1234, 123, 12)
NAMES = {LONG_VILLAGE.id: LONG_NAME}
EVERY_KIND = [replace(RUNNING, kind=kind) for kind in (*HearingNotice, "vote.opened")] * 2
DISPATCHES = (
    Dispatch(HEARING, [], NONE_YET, {}),
    Dispatch(HEARING, [replace(RUNNING, counts=Counts(12), villages={1: Counts(12)})], NONE_YET, {}),
    *(Dispatch(LONG_HEARING, told, MANY, NAMES) for told in ([RUNNING], [RUNNING, POSTED], EVERY_KIND)),
)
BROADCASTS = [
    BroadcastFacts(FAR, 9, hearing_id, kind, counts)
    for hearing_id in (FAR, None)
    for kind in (HearingNotice.CANCELLED, "vote.opened")
    for counts in (Counts(), RUNNING.counts)
]


def _facts(of: HearingCard) -> dict[str, object]:
    told: Announcement = of.announcement
    return told.as_facts()


BAR = Watched(1, HearingNotice.ANNOUNCED, _facts(HEARING), 1, None, 1, "ky", 1, NOW)
LONG_BAR = replace(
    BAR, broadcast_id=FAR, kind=HearingNotice.CHANGED, facts=_facts(LONG_HEARING), hearing_id=FAR
)
BARS = (BAR, LONG_BAR, replace(BAR, kind="vote.opened", facts={}, hearing_id=None))

DISPATCH: tuple[partial[Screen], ...] = (
    *(partial(screens.dispatch, found) for found in DISPATCHES),
    *(partial(screens.sure_to_stop, broadcast) for broadcast in BROADCASTS),
    *(partial(screens.stopped, broadcast) for broadcast in BROADCASTS),
    *(partial(screens.nothing_to_stop, broadcast) for broadcast in BROADCASTS),
    *(
        partial(screens.progress, bar, Progress(counts, NOW, speed), is_quiet=is_quiet)
        for bar in BARS
        for counts in (Counts(waiting=1), RUNNING.counts)
        for speed in (0.0, 0.5, 25.0)
        for is_quiet in (True, False)
    ),
    *(partial(screens.progress_stopped, bar, RUNNING.counts) for bar in BARS),
    *(
        partial(screens.progress_ended, replace(bar, stopped_at=stopped_at), counts)
        for bar in BARS
        for stopped_at in (None, NOW)
        for counts in (Counts(), RUNNING.counts)
    ),
)
