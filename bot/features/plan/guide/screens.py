"""The cards and the calendar."""

from collections.abc import Sequence

from bot.domain.paging import Page
from bot.domain.planning_calendar import YearStep
from bot.features.hearings.notices.callbacks import ListHearings
from bot.features.plan.documents.callbacks import OpenDocuments
from bot.features.plan.drafting.callbacks import OpenPlanning
from bot.features.plan.guide import texts
from bot.features.plan.guide.callbacks import AskDays, EditCalendar, OpenLesson, ResetDays
from bot.features.plan.guide.queries import Entry
from bot.features.plan.reading.callbacks import OpenPlan
from bot.features.problems.reporting.callbacks import StartReport
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked

CARDS = 5
STEPS = list(YearStep)


def lesson(card: int, entries: Sequence[Entry]) -> Screen:
    """One card, with the place in the bot where it can be put to use."""
    page = Page(CARDS, card, 1)
    words = (
        texts.three_papers,
        texts.how_to_word,
        texts.how_hearings_work,
        texts.where_money_comes_from,
        lambda: texts.the_year(entries),
    )[page.number]()
    uses: tuple[Row, ...] = (
        [button(texts.documents(), OpenDocuments())],
        [button(texts.report_problem(), StartReport())],
        [button(texts.hearings(), ListHearings(page=0))],
        [button(texts.our_plan(), OpenPlan())],
        [button(texts.hearings(), ListHearings(page=0))],
    )
    turn = pager(page, lambda number: OpenLesson(card=number))
    return Screen(words, [turn, uses[page.number], [home_button()]])


def calendar(municipality_id: int, entries: Sequence[Entry]) -> Screen:
    labels = [
        button(
            texts.short_step(each.step), AskDays(municipality_id=municipality_id, step=STEPS.index(each.step))
        )
        for each in entries
    ]
    back = button(common.back(), OpenPlanning(municipality_id=municipality_id))
    return Screen(texts.calendar(entries), [*stacked(labels, 2), [back, home_button()]])


def ask_days(municipality_id: int, entry: Entry) -> Screen:
    place = STEPS.index(entry.step)
    rows: list[Row] = []
    if entry.is_own:
        rows.append([button(texts.usual(), ResetDays(municipality_id=municipality_id, step=place))])
    back = button(common.back(), EditCalendar(municipality_id=municipality_id))
    return Screen(texts.ask_days(entry), [*rows, [back, home_button()]])
