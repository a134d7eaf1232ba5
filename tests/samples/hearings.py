"""Hearings for the sample screens: an ordinary one, and one as long as everything may be."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.attendance import Answer
from bot.domain.hearing import (
    LONGEST_AGENDA,
    LONGEST_ORGANISER,
    LONGEST_PLACE,
    LONGEST_TOPIC,
    MOST_DOCUMENTS,
    Announcement,
    HearingKind,
    HearingStatus,
    Wording,
)
from bot.domain.problem import LONGEST_REASON
from bot.features.hearings.hearing_queries import HearingCard
from bot.features.hearings.notices.queries import HearingView
from bot.features.residents.first_visit.queries import Home, NextHearing
from tests.samples.data import FAR, FAR_ROUND, LONG_NAME, NOW, TWELVE_VILLAGES, VILLAGE, WILD


def _long(length: int) -> str:
    return (WILD * 40)[:length].strip()


PLAIN_TOPIC = Wording(ky="2027-жылдын бюджети", ru="Бюджет на 2027 год")
CARD = HearingCard(
    id=1,
    municipality_id=1,
    municipality=VILLAGE.name,
    revises_id=None,
    status=HearingStatus.ANNOUNCED,
    step=None,
    kind=HearingKind.DRAFT_BUDGET,
    topic=PLAIN_TOPIC,
    agenda=Wording(),
    starts_at=NOW,
    place="Маданият үйү",
    latitude=None,
    longitude=None,
    organiser="",
    phone="",
    announced_at=NOW - timedelta(days=12),
    version=1,
    cancelled_at=None,
    cancel_reason=None,
    recorded_at=None,
    documents=0,
    villages=(),
)
LONG = replace(
    CARD,
    id=FAR,
    municipality=LONG_NAME,
    kind=HearingKind.BUDGET_EXECUTION,
    topic=Wording(_long(LONGEST_TOPIC), "я" * LONGEST_TOPIC),
    agenda=Wording(_long(LONGEST_AGENDA), "😡" * LONGEST_AGENDA),
    place="😡" * LONGEST_PLACE,
    latitude=40.5,
    longitude=73.1,
    organiser=_long(LONGEST_ORGANISER),
    phone="+996 700 12 34 56",
    documents=MOST_DOCUMENTS,
    villages=tuple(TWELVE_VILLAGES),
)
KYRGYZ_ONLY = replace(
    LONG, topic=replace(LONG.topic, ru=None), agenda=Wording(ky="😡" * LONGEST_AGENDA), organiser="😡" * 120
)
CARDS = (CARD, LONG, KYRGYZ_ONLY)
OFF = replace(LONG, status=HearingStatus.CANCELLED, cancelled_at=NOW, cancel_reason=_long(LONGEST_REASON))
RECORDED = replace(LONG, recorded_at=NOW)
ANSWERS = (
    Answer(),
    Answer(is_read=True),
    *(Answer(is_read=True, is_coming=coming) for coming in (True, False)),
)
VIEWS = tuple(
    HearingView(card, answer, is_own=own, has_answers=answered)
    for card in (*CARDS, OFF, RECORDED)
    for answer in ANSWERS
    for own in (True, False)
    for answered in (True, False)
)
TOLD = tuple(card.announcement for card in CARDS)
MOVED = replace(TOLD[0], starts_at=NOW + timedelta(days=1), place="Мектеп")
OTHERWISE = replace(
    TOLD[1],
    starts_at=NOW + timedelta(days=1),
    place="ө" * LONGEST_PLACE,
    kind=HearingKind.PLAN,
    topic=Wording("ө" * LONGEST_TOPIC, "😡" * LONGEST_TOPIC),
    organiser="",
    phone="",
    has_pin=False,
    documents=0,
    villages=(),
)
FIELDS = tuple(Announcement.__slots__)
CHANGES = (
    (TOLD[0], MOVED, ("starts_at", "place")),
    (TOLD[1], OTHERWISE, FIELDS),
    (OTHERWISE, TOLD[1], FIELDS),
)
USERNAME = "b" * 32
POSTED_TO: dict[str, Any] = {"bot_username": USERNAME}
ANNOUNCED: list[dict[str, Any]] = [told.as_facts() for told in TOLD]
CHANGED: list[dict[str, Any]] = [
    {**after.as_facts(), "before": before.as_facts(), "changed": fields} for before, after, fields in CHANGES
]
CANCELLED: list[dict[str, Any]] = [
    {**facts, "reason": reason} for facts in ANNOUNCED for reason in (_long(LONGEST_REASON), None)
]
POSTED: list[dict[str, Any]] = [{**facts, **POSTED_TO} for facts in (*ANNOUNCED, *CHANGED, *CANCELLED)]
MANY = [replace(card, id=FAR - number) for number, card in enumerate((*CARDS, OFF, RECORDED) * 40)]
AHEAD = (timedelta(days=30), timedelta(days=1), timedelta(hours=2), timedelta(minutes=7), timedelta(0))
NEXT = NextHearing(FAR, HearingKind.BUDGET_EXECUTION, LONG.topic, NOW, "😡" * LONGEST_PLACE, is_coming=True)
HOMES = (
    Home(LONG_NAME, LONG_NAME, 12345, True, FAR_ROUND, 10, NEXT),
    Home(VILLAGE.name, VILLAGE.name, 0, False, None, 0, replace(NEXT, is_coming=None, place="Мектеп")),
    Home(VILLAGE.name, VILLAGE.name, 0, False, None, 0, replace(NEXT, is_coming=False)),
)
