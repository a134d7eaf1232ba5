"""Samples of the office."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from bot.domain.hearing import HearingStatus, Rule
from bot.domain.paging import Page
from bot.features.hearings.officer_home import chat_screens, screens
from bot.features.hearings.officer_home.chat_queries import LinkedChat
from bot.features.hearings.officer_home.queries import PAST_A_PAGE, HearingNumbers, Office, Rules
from bot.telegram.screen import Screen
from tests.samples.announcing import EMPTY_DRAFT, FULL_DRAFT, ONE_LANGUAGE
from tests.samples.data import FAR, LONG_NAME, NOW, PLACES, VILLAGE

ANNOUNCED = replace(ONE_LANGUAGE, status=HearingStatus.ANNOUNCED, step=None)
FULL_HEARING = replace(FULL_DRAFT, status=HearingStatus.ANNOUNCED, step=None)
CANCELLED = replace(FULL_HEARING, status=HearingStatus.CANCELLED)
RECORDED = replace(FULL_HEARING, recorded_at=NOW)
CHAT = LinkedChat(FAR, FAR, "ө<&" * 60, is_channel=False)
LATER = NOW + timedelta(days=9)

LINKED_FACTS: list[dict[str, Any]] = [{"title": "Жазы"}, {"title": CHAT.title, "chat_id": FAR}]

OFFICE: tuple[partial[Screen], ...] = (
    partial(screens.which_office, [(place.id, place.name) for place in PLACES[:8]]),
    partial(screens.office, Office(9, VILLAGE.name, [], [], 0)),
    partial(screens.office, Office(FAR, LONG_NAME, [FULL_HEARING] * 3, [EMPTY_DRAFT, FULL_DRAFT], 12345)),
    partial(screens.past, FAR, [FULL_HEARING, ANNOUNCED, CANCELLED], Page(3, 0, PAST_A_PAGE)),
    partial(screens.past, FAR, [FULL_HEARING] * 6, Page(12345, 3, PAST_A_PAGE)),
    partial(screens.past, FAR, [], Page(0, 0, PAST_A_PAGE)),
    *(
        partial(screens.hearing, hearing, HearingNumbers(*[many] * 5), now)
        for hearing in (ANNOUNCED, FULL_HEARING, CANCELLED, RECORDED)
        for many in (0, 12345)
        for now in (NOW, LATER)
    ),
    *(partial(screens.rules, Rules(FAR, days, hours, 0)) for days, hours in ((0, 0), (1, 1), (30, 72))),
    partial(screens.rules, Rules(FAR, 0, 0, 0, questions_at_once=True)),
    *(partial(screens.rule, FAR, rule) for rule in Rule),
    *(partial(chat_screens.chats, FAR, chats) for chats in ([], [CHAT], [CHAT] * 9)),
    partial(chat_screens.steps, FAR, "ө" * 24, "bap_sandbox_bot"),
    partial(chat_screens.chat, CHAT),
    partial(chat_screens.chat, replace(CHAT, is_channel=True)),
    *(partial(chat_screens.heard_linked, CHAT.title, chat_id) for chat_id in (None, FAR)),
)
