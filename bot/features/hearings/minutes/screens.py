"""The record of a hearing: written by an officer, read by everybody."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from bot.features.hearings.hearing_queries import HearingCard
from bot.features.hearings.minutes import texts as record_texts
from bot.features.hearings.minutes.callbacks import (
    AddFromHall,
    AskMinutes,
    AskPresentMen,
    AskPresentWomen,
    AskToSendRecord,
    EditRecord,
    SendRecord,
    ShowMinutes,
    ShowRecord,
    TellRecordCorrection,
)
from bot.features.hearings.minutes.queries import Record
from bot.features.hearings.notices.callbacks import OpenHearing
from bot.features.hearings.officer_home.callbacks import OpenOfficeHearing
from bot.features.hearings.questions import answer_texts, screening_texts, texts
from bot.features.hearings.questions.callbacks import (
    ListMyQuestions,
    ListQuestions,
    ListUnanswered,
    ShowNextWaiting,
)
from bot.telegram import texts as common
from bot.telegram.navigation import ChooseNotices, home_button
from bot.telegram.screen import Row, Screen, button


def editing(record: Record) -> Screen:
    hearing_id = record.hearing.id
    rows: list[Row] = [
        [
            button(record_texts.women(), AskPresentWomen(hearing_id=hearing_id)),
            button(record_texts.men(), AskPresentMen(hearing_id=hearing_id)),
        ],
        [button(record_texts.minutes(), AskMinutes(hearing_id=hearing_id))],
        [button(record_texts.from_hall(), AddFromHall(hearing_id=hearing_id))],
        [button(record_texts.to_answer(), ListUnanswered(hearing_id=hearing_id, page=0))],
    ]
    if record.hearing.recorded_at is None:
        rows.append([button(record_texts.send(), AskToSendRecord(hearing_id=hearing_id))])
    elif record.corrected_at and not record.correction_told:
        at = int(record.corrected_at.timestamp())
        rows.append([button(record_texts.tell_again(), TellRecordCorrection(hearing_id=hearing_id, at=at))])
    rows.append(
        [
            button(answer_texts.to_hearing(), OpenOfficeHearing(hearing_id=hearing_id)),
        ]
    )
    return Screen(record_texts.editing(record), [*rows, [home_button()]])


def how_many_women(hearing_id: int) -> Screen:
    return Screen(record_texts.how_many_women(), [_back(hearing_id)])


def how_many_men(hearing_id: int) -> Screen:
    return Screen(record_texts.how_many_men(), [_back(hearing_id)])


def send_minutes(hearing_id: int) -> Screen:
    return Screen(
        record_texts.send_minutes(),
        [[button(record_texts.without_minutes(), EditRecord(hearing_id=hearing_id))], _back(hearing_id)],
    )


def sure_to_send(record: Record, followers: int) -> Screen:
    hearing_id = record.hearing.id
    rows: list[Row] = [[button(record_texts.yes_send(), SendRecord(hearing_id=hearing_id))]]
    if record.counts.waiting:
        waiting = ShowNextWaiting(hearing_id=hearing_id, after=0)
        rows.insert(0, [button(screening_texts.waiting_button(record.counts.waiting), waiting)])
    if record.counts.undecided or record.counts.unanswered:
        rows.insert(0, [button(record_texts.to_answer(), ListUnanswered(hearing_id=hearing_id, page=0))])
    return Screen(record_texts.sure(record, followers), [*rows, _back(hearing_id)])


def public_record(record: Record) -> Screen:
    rows = _public_rows(record.as_facts())
    return Screen(
        record_texts.record(record.as_facts()),
        [
            *rows,
            [button(texts.to_hearing(), OpenHearing(hearing_id=record.hearing.id))],
            [home_button()],
        ],
    )


def no_record_yet(hearing: HearingCard) -> Screen:
    return Screen(
        Markup("\n\n").join([texts.heading(hearing), record_texts.no_record_yet()]),
        [
            [button(record_texts.questions(), ListQuestions(hearing_id=hearing.id, page=0))],
            [button(common.back(), OpenHearing(hearing_id=hearing.id)), home_button()],
        ],
    )


def heard_record(facts: Mapping[str, Any]) -> Screen:
    hearing_id = facts["hearing_id"]
    return Screen(
        record_texts.record(facts),
        [
            *_public_rows(facts),
            [button(record_texts.read_record(), ShowRecord(hearing_id=hearing_id))],
            [button(record_texts.fewer(), ChooseNotices())],
        ],
    )


def _public_rows(facts: Mapping[str, Any]) -> list[Row]:
    hearing_id = facts["hearing_id"]
    rows: list[Row] = [
        [button(record_texts.questions(), ListQuestions(hearing_id=hearing_id, page=0))],
        [button(texts.mine(), ListMyQuestions(hearing_id=hearing_id, page=0))],
    ]
    if facts["has_minutes"]:
        rows.append([button(record_texts.show_minutes(), ShowMinutes(hearing_id=hearing_id))])
    return rows


def _back(hearing_id: int) -> Row:
    return [button(common.back(), EditRecord(hearing_id=hearing_id)), home_button()]
