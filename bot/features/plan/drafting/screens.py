"""Publishing the plan, screen by screen."""

from collections.abc import Mapping, Sequence

from bot.domain.paging import Page
from bot.domain.plan import OF_MEASURE, OF_PROBLEM, Part, PlanText
from bot.domain.spreadsheet_safety import CellFlaw
from bot.features.plan import plan_texts as cards
from bot.features.plan.documents.callbacks import OpenDocumentDesk
from bot.features.plan.drafting import texts
from bot.features.plan.drafting.callbacks import (
    AddOrRemove,
    AdoptPlan,
    AskNewMeasure,
    AskPart,
    AskToDropPlanDraft,
    AskToRemoveMeasure,
    AwaitPlanFile,
    DropPlanDraft,
    GetPlanForm,
    ListComments,
    OpenPlanDraft,
    OpenPlanning,
    RemoveMeasure,
    ShowForDiscussion,
    SkipScan,
    StartAdopting,
)
from bot.features.plan.drafting.queries import Comment, Planning
from bot.features.plan.guide.callbacks import EditCalendar
from bot.features.plan.plan_queries import ItemCard, Version
from bot.features.plan.problem_links.callbacks import ListUnansweredProblems
from bot.features.plan.progress.callbacks import AskProgress
from bot.features.plan.reading.callbacks import OpenPlanOf
from bot.prints import form_texts
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked

# What may be changed in the chat; more is changed by file.
EDITABLE = [each.part for each in (*OF_MEASURE, *OF_PROBLEM) if each.is_editable]


def planning(found: Planning) -> Screen:
    here = found.municipality_id
    rows: list[Row] = []
    if found.current:
        rows.append([button(texts.monthly_round(), AskProgress(municipality_id=here, after=0))])
    if found.unanswered:
        unanswered = ListUnansweredProblems(municipality_id=here, page=0)
        rows.append([button(texts.answers(found.unanswered), unanswered)])
    if found.draft:
        rows.append([button(texts.the_draft(), OpenPlanDraft(version_id=found.draft.id))])
    if found.current:
        rows.append([button(texts.read_plan(), OpenPlanOf(version_id=found.current.id))])
    rows.append([button(texts.get_form(), GetPlanForm(municipality_id=here))])
    rows.append([button(texts.send_file(), AwaitPlanFile(municipality_id=here))])
    rows.append([button(texts.documents(), OpenDocumentDesk(municipality_id=here))])
    rows.append([button(texts.calendar(), EditCalendar(municipality_id=here))])
    return Screen(texts.planning(found), [*rows, [home_button()]])


def send_now(municipality_id: int) -> Screen:
    return Screen(texts.send_now(), _after_file(municipality_id))


def _after_file(municipality_id: int) -> list[Row]:
    return [
        [button(texts.get_form(), GetPlanForm(municipality_id=municipality_id))],
        [
            button(common.back(), OpenPlanning(municipality_id=municipality_id)),
            home_button(),
        ],
    ]


def wrong_cells(municipality_id: int, flaws: Sequence[CellFlaw]) -> Screen:
    return Screen(form_texts.wrong_cells(flaws), _after_file(municipality_id))


def nothing_filled_in(municipality_id: int) -> Screen:
    return Screen(texts.nothing_filled_in(), _after_file(municipality_id))


def understood(
    municipality_id: int, version_id: int, columns: Sequence[tuple[str, Part | None]], text: PlanText
) -> Screen:
    return Screen(
        texts.understood(columns, text),
        [
            [button(texts.looks_right(), OpenPlanDraft(version_id=version_id))],
            [button(texts.looks_wrong(), AwaitPlanFile(municipality_id=municipality_id))],
            [home_button()],
        ],
    )


def draft(version: Version, measures: int, comments: int) -> Screen:
    own = version.id
    rows: list[Row] = [[button(texts.see_as_residents(), OpenPlanOf(version_id=own))]]
    if version.shown_at:
        if comments:
            rows.append([button(texts.comments(comments), ListComments(version_id=own, page=0))])
        rows.append([button(texts.hide(), ShowForDiscussion(version_id=own, on=False))])
    else:
        rows.append([button(texts.show(), ShowForDiscussion(version_id=own, on=True))])
    rows.append([button(texts.adopt(), StartAdopting(version_id=own))])
    rows.append([button(texts.get_form(), GetPlanForm(municipality_id=version.municipality_id))])
    rows.append([button(texts.drop(), AskToDropPlanDraft(version_id=own))])
    back = button(common.back(), OpenPlanning(municipality_id=version.municipality_id))
    return Screen(texts.draft(version, measures, comments), [*rows, [back, home_button()]])


def ask_to_drop(version: Version, comments: int) -> Screen:
    return Screen(
        texts.ask_to_drop(version, comments),
        [
            [button(texts.yes_drop(), DropPlanDraft(version_id=version.id))],
            [button(common.back(), OpenPlanDraft(version_id=version.id)), home_button()],
        ],
    )


def comments(version: Version, found: Sequence[Comment], page: Page) -> Screen:
    turn = pager(page, lambda number: ListComments(version_id=version.id, page=number))
    back = OpenPlanDraft if version.is_draft else OpenPlanOf
    ways: Row = [button(common.back(), back(version_id=version.id)), home_button()]
    return Screen(texts.comment_list(found), [turn, ways])


def ask_resolution(version: Version) -> Screen:
    return Screen(texts.ask_resolution(), _to_draft(version.id))


def ask_scan(version: Version) -> Screen:
    skip: Row = [button(texts.without_scan(), SkipScan(version_id=version.id))]
    return Screen(texts.ask_scan(version), [skip, *_to_draft(version.id)])


def _to_draft(version_id: int) -> list[Row]:
    return [[button(common.back(), OpenPlanDraft(version_id=version_id)), home_button()]]


def ask_to_adopt(version: Version, people: int, changes: Mapping[str, int] | None) -> Screen:
    adopt: Row = [button(texts.publish(), AdoptPlan(version_id=version.id))]
    return Screen(texts.ask_to_adopt(version, people, changes), [adopt, *_to_draft(version.id)])


def published(version: Version) -> Screen:
    return Screen(
        texts.published(version),
        [
            [button(texts.read_plan(), OpenPlanOf(version_id=version.id))],
            [
                button(common.back(), OpenPlanning(municipality_id=version.municipality_id)),
                home_button(),
            ],
        ],
    )


def edit_measure(card: ItemCard) -> Screen:
    choices = [button(cards.part(part), AskPart(item_id=card.id, part=part)) for part in EDITABLE]
    return Screen(
        texts.edit_measure(card),
        [
            *stacked(choices, 2),
            [button(texts.add_or_remove(), AddOrRemove(item_id=card.id))],
            *_to_draft(card.version.id),
        ],
    )


def add_or_remove(card: ItemCard) -> Screen:
    return Screen(
        texts.add_or_remove_what(card),
        [
            [button(texts.add_measure(), AskNewMeasure(item_id=card.id))],
            [button(texts.remove_measure(), AskToRemoveMeasure(item_id=card.id))],
            *_to_draft(card.version.id),
        ],
    )


def ask_new_measure(card: ItemCard, wrong: str = "") -> Screen:
    return Screen(texts.ask_new_measure(card, wrong), _to_draft(card.version.id))


def ask_part(card: ItemCard, part: Part, wrong: str = "") -> Screen:
    return Screen(texts.ask_part(card, part, wrong), _to_draft(card.version.id))


def ask_to_remove(card: ItemCard) -> Screen:
    remove: Row = [button(texts.yes_remove(), RemoveMeasure(item_id=card.id))]
    return Screen(texts.ask_to_remove(card), [remove, *_to_draft(card.version.id)])
