"""The plan, screen by screen."""

from collections.abc import Sequence
from datetime import date

from aiogram.types import InlineKeyboardButton

from bot.domain.paging import page_of
from bot.domain.places import Name, Village
from bot.domain.plan import MeasureStatus
from bot.domain.plan_changes import Change
from bot.features.plan.documents.callbacks import OpenDocuments
from bot.features.plan.drafting.callbacks import EditMeasure, ListComments
from bot.features.plan.guide.callbacks import OpenLesson
from bot.features.plan.plan_queries import Item, ItemCard, Share, Version
from bot.features.plan.progress.callbacks import OpenCheck, OpenProgress
from bot.features.plan.reading import item_texts, texts
from bot.features.plan.reading.callbacks import (
    CommentItem,
    FollowMeasure,
    ListDirections,
    ListMeasures,
    ListPlanVillages,
    ListVersions,
    OpenPlan,
    OpenPlanOf,
    OpenPlanPapers,
    SearchPlan,
    SendMeasurePhotos,
    SendPlanData,
    SendPlanPaper,
    SendPlanPictures,
    SendResolution,
    ShowChanges,
    ShowPlanItem,
    View,
)
from bot.features.plan.reading.queries import STATUSES, MeasurePage, Overview
from bot.features.problems.reporting.callbacks import ShowProblem
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked

DIRECTIONS_SHOWN = 20
VILLAGES_A_PAGE = 8
MOST_VERSIONS = 8


def no_plan(place: Name, draft: Version | None) -> Screen:
    rows: list[Row] = [[button(texts.read_draft(), OpenPlanOf(version_id=draft.id))]] if draft else []
    rows.append([button(texts.documents(), OpenDocuments())])
    rows.append([button(texts.what_is_a_plan(), OpenLesson(card=0))])
    return Screen(texts.no_plan(place, draft), [*rows, [home_button()]])


def overview(found: Overview, village_id: int | None) -> Screen:
    """`village_id` is the reader's own, None for those who live elsewhere."""
    own = found.version.id
    rows: list[Row] = [
        [
            button(texts.by_direction(), ListDirections(version_id=own)),
            button(texts.by_village(), ListPlanVillages(version_id=own, page=0)),
        ]
    ]
    near = []
    if village_id is not None:
        mine = ListMeasures(version_id=own, view=View.VILLAGE, key=village_id, page=0)
        near.append(button(texts.near_me(), mine))
    rows += [near, [button(texts.search(), SearchPlan(version_id=own))]]
    rows.append(_by_status(found))
    if found.draft and not found.version.is_draft:
        rows.append([button(texts.read_draft(), OpenPlanOf(version_id=found.draft.id))])
    if found.version.is_replaced:
        rows.append([button(texts.to_current(), OpenPlan())])
    rows.append([button(texts.papers(), OpenPlanPapers(version_id=own))])
    last = [button(texts.what_is_a_plan(), OpenLesson(card=0)), home_button()]
    return Screen(texts.overview(found), [*rows, *stacked(last, 2)])


def _by_status(found: Overview) -> Row:
    """How many are late, in progress and done; the text above names the signs."""
    own, summary = found.version.id, found.summary
    row = [
        button(
            texts.with_status(each, summary.counts[each]),
            ListMeasures(version_id=own, view=View.STATUS, key=STATUSES.index(each), page=0),
        )
        for each in (MeasureStatus.DOING, MeasureStatus.DONE)
        if summary.counts[each]
    ]
    if summary.late and not found.version.is_draft:
        late = ListMeasures(version_id=own, view=View.LATE, key=0, page=0)
        row.insert(0, button(texts.late(summary.late), late))
    return row


def papers(version: Version, *, has_older: bool, comments: int) -> Screen:
    """`comments` are shown to those who publish."""
    own = version.id
    rows: list[Row] = [
        [button(texts.pictures(), SendPlanPictures(version_id=own))],
        [button(texts.whole_paper(), SendPlanPaper(version_id=own))],
        [button(texts.data(), SendPlanData(version_id=own))],
    ]
    if version.scan_file_id and not version.is_draft:
        rows.append([button(texts.the_resolution(), SendResolution(version_id=own))])
    if has_older:
        rows.append([button(texts.what_changed(), ShowChanges(version_id=own, page=0))])
    if comments:
        rows.append([button(texts.opinions(), ListComments(version_id=own, page=0))])
    if not version.is_draft:
        rows.append([button(texts.versions(), ListVersions(municipality_id=version.municipality_id))])
    rows.append([button(texts.documents(), OpenDocuments())])
    return Screen(texts.papers_of(version), [*rows, _to_plan(version)])


def being_made(version: Version, bar: str) -> Screen:
    """While the paper is printed; it comes below, and this message leads on to the plan."""
    return Screen(texts.being_printed(version, bar), [_to_plan(version)])


def _to_plan(version: Version) -> Row:
    return [button(common.back(), OpenPlanOf(version_id=version.id)), home_button()]


def directions(version: Version, shares: Sequence[Share]) -> Screen:
    labels = [
        button(
            texts.direction(each),
            ListMeasures(version_id=version.id, view=View.DIRECTION, key=each.topic.id, page=0),
        )
        for each in shares[:DIRECTIONS_SHOWN]
    ]
    return Screen(texts.directions(version), [*stacked(labels), _to_plan(version)])


def villages(version: Version, found: Sequence[tuple[Village, int]], wanted: int) -> Screen:
    shown, page = page_of(found, wanted, VILLAGES_A_PAGE)
    labels = [
        button(
            texts.village(each),
            ListMeasures(version_id=version.id, view=View.VILLAGE, key=each[0].id, page=0),
        )
        for each in shown
    ]
    turn = pager(page, lambda number: ListPlanVillages(version_id=version.id, page=number))
    return Screen(texts.villages(version), [*stacked(labels, 2), turn, _to_plan(version)])


def measures(found: MeasurePage, name: str, today: date) -> Screen:
    """`name` is that of the direction or the village."""
    own, view, key = found.version.id, found.view, found.key
    turn = pager(found.page, lambda number: ListMeasures(version_id=own, view=view, key=key, page=number))
    title = texts.list_title(found, name)
    if view is View.DIRECTION:
        back = button(common.back(), ListDirections(version_id=own))
    elif view is View.VILLAGE:
        back = button(common.back(), ListPlanVillages(version_id=own, page=0))
    else:
        back = button(common.back(), OpenPlanOf(version_id=own))
    return Screen(
        texts.measures(title, found.items, today),
        [*_numbers(found.items), turn, [back, home_button()]],
    )


def _numbers(items: Sequence[Item]) -> list[Row]:
    labels = [button(texts.number_label(each), ShowPlanItem(item_id=each.id)) for each in items]
    return [labels[begin : begin + 4] for begin in range(0, len(labels), 4)]


def ask_words(version: Version) -> Screen:
    return Screen(texts.ask_words(), [_to_plan(version)])


def found(version: Version, typed: str, items: Sequence[Item], today: date) -> Screen:
    title = texts.found_title(typed, len(items))
    words = texts.measures(title, items, today) if items else title
    again: Row = [button(texts.search(), SearchPlan(version_id=version.id))]
    return Screen(words, [*_numbers(items), again, _to_plan(version)])


def item(card: ItemCard, today: date, *, follows: bool, may_plan: bool, may_check: bool) -> Screen:
    others = ListMeasures(version_id=card.version.id, view=View.DIRECTION, key=card.topic.id, page=0)
    last: list[Row] = [[button(texts.other_measures(), others)], _to_plan(card.version)]
    if card.version.is_replaced:
        replaced = item_texts.item(card, today, may_plan=may_plan)
        return Screen(replaced, [[button(texts.to_current(), OpenPlan())], *last])
    rows: list[Row] = []
    measure_id = card.measure_id
    if measure_id and not card.version.is_draft:
        words = texts.unfollow() if follows else texts.follow()
        rows.append([button(words, FollowMeasure(measure_id=measure_id, on=not follows))])
        if card.photos:
            rows.append([button(texts.photos(), SendMeasurePhotos(measure_id=measure_id))])
    if card.version.shown_at and card.version.is_draft:
        rows.append([button(texts.comment(), CommentItem(item_id=card.id))])
    rows += stacked([_problem(each.id, each.number) for each in card.problems[:3]], 3)
    if measure_id and may_check and card.status is MeasureStatus.DONE:
        rows.append([button(texts.check(), OpenCheck(measure_id=measure_id))])
    if may_plan:
        if measure_id and not card.version.is_draft:
            rows.append([button(texts.say_how_far(), OpenProgress(measure_id=measure_id))])
        rows.append([button(texts.edit(), EditMeasure(item_id=card.id))])
    return Screen(item_texts.item(card, today, may_plan=may_plan), [*rows, *last])


def _problem(problem_id: int, number: int) -> InlineKeyboardButton:
    return button(
        texts.problem_number(number),
        ShowProblem(problem_id=problem_id, village_id=0, topic_id=0, page=0),
    )


def ask_comment(card: ItemCard) -> Screen:
    return Screen(texts.ask_comment(card), _from_item(card))


def commented(card: ItemCard) -> Screen:
    return Screen(texts.commented(), _from_item(card))


def _from_item(card: ItemCard) -> list[Row]:
    return [
        [button(texts.back_to_item(), ShowPlanItem(item_id=card.id))],
        [home_button()],
    ]


def versions(found: Sequence[Version]) -> Screen:
    labels = [button(texts.version_label(each), OpenPlanOf(version_id=each.id)) for each in found]
    back: Row = [button(common.back(), OpenPlan()), home_button()]
    return Screen(texts.version_list(), [*stacked(labels[:MOST_VERSIONS]), back])


def changes(version: Version, found: Sequence[Change], wanted: int) -> Screen:
    [shown], page = page_of(texts.change_pages(found), wanted, 1)
    turn = pager(page, lambda number: ShowChanges(version_id=version.id, page=number))
    return Screen(texts.change_list(version, shown), [turn, _to_plan(version)])
