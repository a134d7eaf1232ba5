"""How far the measures are, screen by screen."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.domain.paging import Page
from bot.domain.plan import MeasureStatus
from bot.features.plan.drafting.callbacks import OpenPlanning
from bot.features.plan.plan_queries import ItemCard
from bot.features.plan.progress import texts
from bot.features.plan.progress.callbacks import (
    AddToReport,
    AskProgress,
    ListUnchecked,
    OpenCheck,
    SayCheck,
    SayProgress,
)
from bot.features.plan.progress.queries import Asked, Unchecked
from bot.features.plan.reading.callbacks import ShowMeasure
from bot.telegram import texts as common
from bot.telegram.navigation import fewer_button, home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked

# A message about what somebody follows holds this many in full.
MOST_TOLD = 8


def asked(found: Asked, before: ItemCard | None, today: date) -> Screen:
    """`before` is the measure that was just spoken of: something may be added to it."""
    card = found.card
    rows = _statuses(card)
    rows.append([button(texts.add(), AddToReport(measure_id=card.measure_id or 0))])
    if before and before.measure_id:
        label = texts.add_to(before.measure.number)
        rows.append([button(label, AddToReport(measure_id=before.measure_id))])
    here = card.version.municipality_id
    if found.left > 1:
        rows.append([button(texts.skip(), AskProgress(municipality_id=here, after=card.measure.number))])
    return Screen(texts.asked(card, found.left, today), [*rows, _to_planning(here)])


def one(card: ItemCard, today: date) -> Screen:
    rows = _statuses(card)
    rows.append([button(texts.add(), AddToReport(measure_id=card.measure_id or 0))])
    rows.append([button(texts.see_measure(), ShowMeasure(measure_id=card.measure_id or 0))])
    return Screen(texts.one(card, today), [*rows, _to_planning(card.version.municipality_id)])


def _statuses(card: ItemCard) -> list[Row]:
    return [
        *stacked(
            [
                button(texts.status(each), SayProgress(measure_id=card.measure_id or 0, status=each))
                for each in MeasureStatus
            ],
            2,
        )
    ]


def _to_planning(municipality_id: int) -> Row:
    back = button(common.back(), OpenPlanning(municipality_id=municipality_id))
    return [back, home_button()]


def all_asked(municipality_id: int, before: ItemCard | None) -> Screen:
    rows: list[Row] = []
    if before and before.measure_id:
        label = texts.add_to(before.measure.number)
        rows.append([button(label, AddToReport(measure_id=before.measure_id))])
    return Screen(texts.all_asked(), [*rows, _to_planning(municipality_id)])


def no_plan(municipality_id: int) -> Screen:
    return Screen(texts.no_plan(), [_to_planning(municipality_id)])


def ask_more(card: ItemCard) -> Screen:
    here, number = card.version.municipality_id, card.measure.number
    following = button(texts.go_on(), AskProgress(municipality_id=here, after=number))
    return Screen(texts.ask_more(card), [[following], _to_planning(here)])


def said(card: ItemCard) -> Screen:
    here, number = card.version.municipality_id, card.measure.number
    measure_id = card.measure_id or 0
    return Screen(
        texts.said(card),
        [
            [button(texts.go_on(), AskProgress(municipality_id=here, after=number))],
            [button(texts.add_more(), AddToReport(measure_id=measure_id))],
            [button(texts.see_measure(), ShowMeasure(measure_id=measure_id))],
            _to_planning(here),
        ],
    )


def unchecked(municipality_id: int, found: Sequence[Unchecked], page: Page) -> Screen:
    labels = [button(texts.number_label(each), OpenCheck(measure_id=each.measure_id)) for each in found]
    turn = pager(page, lambda number: ListUnchecked(municipality_id=municipality_id, page=number))
    home: Row = [home_button()]
    return Screen(texts.unchecked(found, page.total), [labels[:3], labels[3:], turn, home])


def check(card: ItemCard) -> Screen:
    measure_id = card.measure_id or 0
    back = ListUnchecked(municipality_id=card.version.municipality_id, page=0)
    return Screen(
        texts.check(card),
        [
            [
                button(texts.is_done(), SayCheck(measure_id=measure_id, agrees=True)),
                button(texts.is_not_done(), SayCheck(measure_id=measure_id, agrees=False)),
            ],
            [button(texts.see_measure(), ShowMeasure(measure_id=measure_id))],
            [button(common.back(), back), home_button()],
        ],
    )


def checked(card: ItemCard, *, agrees: bool) -> Screen:
    return Screen(texts.checked(card, agrees=agrees), _after_check(card))


def proven(card: ItemCard) -> Screen:
    return Screen(texts.proven(), _after_check(card))


def _after_check(card: ItemCard) -> list[Row]:
    following = ListUnchecked(municipality_id=card.version.municipality_id, page=0)
    return [
        [button(texts.next_check(), following)],
        [button(texts.see_measure(), ShowMeasure(measure_id=card.measure_id or 0))],
        [home_button()],
    ]


def heard_news(facts: Mapping[str, Any]) -> Screen:
    items = facts["items"][-MOST_TOLD:]
    labels = [button(texts.label(each), ShowMeasure(measure_id=each["measure_id"])) for each in items]
    fewer: Row = [fewer_button()]
    return Screen(texts.news(items, len(facts["items"])), [labels[:4], labels[4:], fewer])


def heard_contradicted(facts: Mapping[str, Any]) -> Screen:
    see: Row = [button(texts.see_measure(), ShowMeasure(measure_id=facts["measure_id"]))]
    return Screen(texts.contradicted(facts), [see])


def heard_round(facts: Mapping[str, Any]) -> Screen:
    begin: Row = [button(texts.begin(), AskProgress(municipality_id=facts["municipality_id"], after=0))]
    return Screen(texts.remind(facts), [begin])
