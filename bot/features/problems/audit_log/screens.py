"""The history of a problem or of a municipality, and one act of it."""

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from bot.features.problems.audit_log import texts
from bot.features.problems.audit_log.callbacks import ShowEntry, ShowHistory, ShowWholeHistory
from bot.features.problems.audit_log.queries import Entry, EntryPage
from bot.features.problems.desk.callbacks import OpenDeskOf, ShowDeskProblem
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button


def of_problem(problem_id: int, number: int, found: EntryPage, viewer_id: int) -> Screen:
    def to(page: int) -> CallbackData:
        return ShowHistory(problem_id=problem_id, page=page)

    text = _text(texts.title(number), found, viewer_id, names_problem=False)
    back = button(texts.to_problem(), ShowDeskProblem(problem_id=problem_id))
    entries = _entries(found, of_problem=True)
    return Screen(text, [entries, pager(found.page, to), [back], [home_button()]])


def of_municipality(municipality_id: int, found: EntryPage, viewer_id: int) -> Screen:
    def to(page: int) -> CallbackData:
        return ShowWholeHistory(municipality_id=municipality_id, page=page)

    text = _text(texts.title(None), found, viewer_id, names_problem=True)
    back = button(texts.to_desk(), OpenDeskOf(municipality_id=municipality_id))
    entries = _entries(found, of_problem=False)
    return Screen(text, [entries, pager(found.page, to), [back, home_button()]])


def entry(shown: Entry, viewer_id: int, back: CallbackData) -> Screen:
    return Screen(texts.whole(shown, viewer_id), [[button(common.back(), back), home_button()]])


def _text(title: Markup, found: EntryPage, viewer_id: int, *, names_problem: bool) -> Markup:
    lines = [
        texts.line(each, place, viewer_id, names_problem=names_problem)
        for place, each in enumerate(found.entries, 1)
    ]
    return Markup("\n\n").join([title, *(lines or [texts.empty()])])


def _entries(found: EntryPage, *, of_problem: bool) -> Row:
    """Those that have more to show than their line does."""
    return [
        button(str(place), ShowEntry(entry_id=each.id, of_problem=of_problem, page=found.page.number))
        for place, each in enumerate(found.entries, 1)
        if texts.has_change(each)
    ]
