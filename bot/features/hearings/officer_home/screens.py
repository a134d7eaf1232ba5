"""The office."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.hearing import HearingStatus, Rule
from bot.domain.paging import Page
from bot.domain.places import Name
from bot.features.hearings.announcing.callbacks import (
    AskToCancelHearing,
    ChangeHearing,
    ContinueAnnouncement,
    StartAnnouncement,
)
from bot.features.hearings.delivery_report.callbacks import MakePoster, ShowDispatch
from bot.features.hearings.hearing_queries import HearingCard
from bot.features.hearings.minutes.callbacks import EditRecord
from bot.features.hearings.officer_home import chat_texts, texts
from bot.features.hearings.officer_home.callbacks import (
    AskRule,
    ListChats,
    ListPastHearings,
    OpenOfficeHearing,
    OpenOfficeOf,
    OpenRules,
    SetRule,
)
from bot.features.hearings.officer_home.queries import HearingNumbers, Office, Rules
from bot.features.hearings.questions.callbacks import ListUnanswered, ShowNextWaiting
from bot.features.plan.drafting.callbacks import OpenPlanning
from bot.features.residents.invitations.callbacks import ListHolders
from bot.i18n import named
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked

VALUES = {
    Rule.NOTICE_DAYS: (0, 3, 5, 7, 10, 14, 20, 30),
    Rule.FIRST_REMINDER: (0, 12, 24, 48, 72),
    Rule.SECOND_REMINDER: (0, 1, 2, 3, 6),
    Rule.QUESTIONS: (0, 1),
}


def which_office(municipalities: Sequence[tuple[int, Name]]) -> Screen:
    choices = [button(named(name), OpenOfficeOf(municipality_id=key)) for key, name in municipalities]
    return Screen(texts.which_office(), [*stacked(choices), [home_button()]])


def office(found: Office) -> Screen:
    here = found.municipality_id
    rows: list[Row] = [
        [button(texts.announce(), StartAnnouncement(municipality_id=here))],
        [button(texts.plan(), OpenPlanning(municipality_id=here))],
    ]
    rows += stacked(
        [button(texts.hearing_label(each), OpenOfficeHearing(hearing_id=each.id)) for each in found.coming]
    )
    rows += stacked(
        [button(texts.draft_label(each), ContinueAnnouncement(hearing_id=each.id)) for each in found.drafts]
    )
    if found.past:
        past = ListPastHearings(municipality_id=here, page=0)
        rows.append([button(texts.past_hearings(found.past), past)])
    rows.append([button(chat_texts.chats(), ListChats(municipality_id=here))])
    rows.append([button(texts.holders(), ListHolders(municipality_id=here, page=0))])
    rows.append([button(texts.our_rules(), OpenRules(municipality_id=here))])
    rows.append([home_button()])
    return Screen(texts.office(found), rows)


def past(municipality_id: int, hearings: Sequence[HearingCard], page: Page) -> Screen:
    labels = [button(texts.hearing_label(each), OpenOfficeHearing(hearing_id=each.id)) for each in hearings]
    turn = pager(page, lambda number: ListPastHearings(municipality_id=municipality_id, page=number))
    words = texts.past() if hearings else texts.no_past()
    back = button(common.back(), OpenOfficeOf(municipality_id=municipality_id))
    return Screen(words, [*stacked(labels), turn, [back, home_button()]])


def hearing(found: HearingCard, numbers: HearingNumbers, now: datetime) -> Screen:
    """A hearing with all that an officer can do with it."""
    is_over = found.starts_at is not None and found.starts_at <= now
    key = found.id
    rows: list[Row] = [
        [
            button(texts.dispatch(), ShowDispatch(hearing_id=key)),
            button(texts.questions(), ListUnanswered(hearing_id=key, page=0)),
        ]
    ]
    if numbers.waiting:
        rows.append([button(texts.waiting(numbers.waiting), ShowNextWaiting(hearing_id=key, after=0))])
    if found.status is HearingStatus.ANNOUNCED and not is_over:
        rows.append([button(texts.poster(), MakePoster(hearing_id=key))])
        rows.append([button(texts.change(), ChangeHearing(hearing_id=key))])
        rows.append([button(texts.call_off(), AskToCancelHearing(hearing_id=key))])
    if found.status is HearingStatus.ANNOUNCED and is_over:
        rows.insert(0, [button(texts.record(), EditRecord(hearing_id=key))])
    office = OpenOfficeOf(municipality_id=found.municipality_id)
    rows.append([button(texts.to_office(), office), home_button()])
    return Screen(texts.card(found, numbers, is_over=is_over), rows)


def rules(now: Rules) -> Screen:
    choices = [
        button(
            texts.rule_name(rule),
            AskRule(municipality_id=now.municipality_id, rule=rule),
        )
        for rule in Rule
    ]
    back = button(common.back(), OpenOfficeOf(municipality_id=now.municipality_id))
    return Screen(texts.rules(now), [*stacked(choices), [back]])


def rule(municipality_id: int, which: Rule) -> Screen:
    choices = [
        button(
            texts.rule_value(which, value),
            SetRule(municipality_id=municipality_id, rule=which, value=value),
        )
        for value in VALUES[which]
    ]
    back = button(common.back(), OpenRules(municipality_id=municipality_id))
    return Screen(texts.which_value(which), [*stacked(choices, 2), [back]])
