"""The questions about a sheet, and the sheet whole before it counts."""

from collections.abc import Sequence
from datetime import date, timedelta

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from bot.domain.clock import BISHKEK
from bot.domain.gathering import Flaw, Method, People, Tally, TypedVotes
from bot.domain.paging import page_of
from bot.features.votes import gathering_texts as cards
from bot.features.votes.paper_votes import entry_texts as texts
from bot.features.votes.paper_votes.callbacks import (
    CountAlikeSheet,
    DropSheet,
    EditSheet,
    GoToSheetStep,
    ListGatherings,
    ListSheetVillages,
    SaveSheet,
    SetOnSheet,
    ShowSheet,
    Step,
)
from bot.features.votes.paper_votes.drafts import Told, next_step, number_of, steps_with_flaws
from bot.features.votes.paper_votes.queries import Draft
from bot.features.votes.vote_queries import Vote
from bot.i18n import named
from bot.telegram import texts as common
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked

VILLAGES_A_PAGE = 6
DAYS = 6


def question(vote: Vote, draft: Draft, step: Step, today: date) -> Screen:
    if step is Step.VILLAGE:
        return which_village(vote, draft, 0)
    rows: list[Row] = []
    if step is Step.DAY:
        rows = _days(vote, draft, today)
    elif step is Step.PEOPLE:
        rows = [*stacked([_choice(draft, step, cards.people(each), each) for each in People], 2)]
    elif step is Step.METHOD:
        rows = [*stacked([_choice(draft, step, cards.method(each), each) for each in Method])]
    elif step is Step.PHOTO:
        rows = [[_choice(draft, step, texts.without_photo(), "")]]
    elif step is Step.BATCH:
        rows = [[_choice(draft, step, texts.without_number(), "")]]
    words = texts.question(vote, step)
    if step is Step.PEOPLE and "held_on" in draft.told and next_step(draft) is Step.PEOPLE:
        # What was understood of the day, to be seen at once.
        words = Markup("\n\n").join([texts.held_on(draft.told), words])
    return Screen(words, [*rows, *_ways_out(draft)])


def day_cannot_be(vote: Vote, draft: Draft, told: Told, flaw: Flaw, today: date) -> Screen:
    """What was understood, why it cannot be, and the question once more; nothing was taken."""
    asked = question(vote, draft, Step.DAY, today)
    return Screen(Markup("\n\n").join([texts.held_on(told), texts.flaw(vote, flaw), asked.text]), asked.rows)


def _choice(draft: Draft, step: Step, words: str, value: str) -> InlineKeyboardButton:
    return button(words, SetOnSheet(draft_id=draft.id, step=step, value=value))


def which_village(vote: Vote, draft: Draft, wanted: int) -> Screen:
    shown, page = page_of(list(vote.villages.items()), wanted, VILLAGES_A_PAGE)
    choices = [_choice(draft, Step.VILLAGE, named(name), str(village_id)) for village_id, name in shown]
    turn = pager(page, lambda number: ListSheetVillages(draft_id=draft.id, page=number))
    return Screen(texts.question(vote, Step.VILLAGE), [*stacked(choices, 2), turn, *_ways_out(draft)])


def _days(vote: Vote, draft: Draft, today: date) -> list[Row]:
    """The last days on which this vote was open."""
    opened_on = vote.opened_at.astimezone(BISHKEK).date()
    days = [today - timedelta(days=back) for back in range(DAYS)]
    choices = [
        _choice(draft, Step.DAY, texts.short_day(each), f"{each:%Y%m%d}")
        for each in days
        if each >= opened_on
    ]
    return [*stacked(choices, 3)]


def _ways_out(draft: Draft) -> list[Row]:
    """Back to the whole sheet once it is told, and otherwise to the list, where it waits."""
    if next_step(draft) is None:
        return [[button(common.back(), ShowSheet(draft_id=draft.id))]]
    return [
        [button(texts.later(), ListGatherings(round_id=draft.round_id))],
        [button(texts.drop(), DropSheet(draft_id=draft.id))],
    ]


def votes_not_understood(vote: Vote, draft: Draft, typed: TypedVotes) -> Screen:
    return Screen(
        Markup("\n\n").join([texts.not_understood(typed), texts.question(vote, Step.VOTES)]),
        _ways_out(draft),
    )


def preview(vote: Vote, draft: Draft, tally: Tally, flaws: Sequence[Flaw]) -> Screen:
    """Everything that will count; what cannot be is told first, and then nothing can be entered."""
    wrong = steps_with_flaws(list(flaws))
    repairs: list[Row] = [[_edit(draft, step)] for step in Step if step in wrong]
    save: Row = [] if flaws else [button(texts.save(), SaveSheet(draft_id=draft.id))]
    words = [texts.flaw(vote, each) for each in flaws]
    return Screen(
        Markup("\n\n").join([*words, _whole(vote, draft, tally)]),
        [
            save,
            *repairs,
            [button(texts.change(), EditSheet(draft_id=draft.id))],
            [button(texts.later(), ListGatherings(round_id=draft.round_id))],
            [button(texts.drop(), DropSheet(draft_id=draft.id))],
        ],
    )


def _whole(vote: Vote, draft: Draft, tally: Tally) -> Markup:
    return texts.sheet(vote, tally, number_of(draft), has_photo=bool(draft.told["photo"]))


def is_it_the_same(draft: Draft, counted: str) -> Screen:
    """Asked when a sheet that is counted says the same of the same village and day."""
    return Screen(
        texts.is_it_the_same(counted),
        [
            [button(texts.it_is_the_same(), DropSheet(draft_id=draft.id))],
            [button(texts.it_is_another(), CountAlikeSheet(draft_id=draft.id))],
            [button(common.back(), ShowSheet(draft_id=draft.id))],
        ],
    )


def what_to_change(draft: Draft) -> Screen:
    edits = [_edit(draft, step) for step in Step]
    back = button(common.back(), ShowSheet(draft_id=draft.id))
    return Screen(texts.what_to_change(), [*stacked(edits, 2), [back]])


def _edit(draft: Draft, step: Step) -> InlineKeyboardButton:
    return button(texts.edit(step), GoToSheetStep(draft_id=draft.id, step=step))
