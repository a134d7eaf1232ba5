"""A hearing's card and the list of hearings."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.domain.attendance import Standing, standing
from bot.domain.paging import page_of
from bot.features.hearings.hearing_queries import HearingCard
from bot.features.hearings.minutes.callbacks import ShowRecord
from bot.features.hearings.notices import texts
from bot.features.hearings.notices.buttons import answers, files
from bot.features.hearings.notices.callbacks import ListHearings, OpenHearing
from bot.features.hearings.notices.queries import HearingView
from bot.features.hearings.notices.truncation import fitted
from bot.features.hearings.questions.callbacks import AskQuestion, ListQuestions
from bot.telegram.navigation import fewer_button, home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked

HEARINGS_A_PAGE = 6


def card(view: HearingView, now: datetime) -> Screen:
    """A hearing as it is now, with what this resident can still answer."""
    hearing = view.hearing.announcement
    found = standing(view.hearing.status, hearing.starts_at, now, is_own=view.is_own)
    rows: list[Row] = []
    if found is Standing.OPEN:
        rows += answers(hearing, view.answer)
    if found in {Standing.OPEN, Standing.OVER} and view.hearing.recorded_at is None:
        rows.append([button(texts.ask(), AskQuestion(hearing_id=hearing.hearing_id))])
    rows += _after(view)
    if found is not Standing.CALLED_OFF:
        rows += stacked(files(hearing, is_coming=hearing.starts_at > now), 2)
    rows.append([button(texts.all_hearings(), ListHearings(page=0)), home_button()])
    rows.append([fewer_button()])
    return Screen(fitted(hearing, lambda told: texts.card(view, told, now)), rows)


def hearings(told: Sequence[HearingCard], wanted: int, now: datetime) -> Screen:
    if not told:
        return Screen(texts.listed_none(), [[home_button()]])
    numbered = list(enumerate(told, start=1))
    shown, page = page_of(numbered, wanted, HEARINGS_A_PAGE)
    choices = [button(texts.choice(number, each), OpenHearing(hearing_id=each.id)) for number, each in shown]
    lines = [texts.line(number, each, now) for number, each in shown]
    turn = pager(page, lambda number: ListHearings(page=number))
    return Screen(
        Markup("\n\n").join([texts.list_heading(), *lines]),
        [*stacked(choices), turn, [home_button()]],
    )


def _after(view: HearingView) -> list[Row]:
    """What was asked and what came of it, for the residents of the municipality."""
    hearing_id, rows = view.hearing.id, list[Row]()
    if view.is_own and view.hearing.recorded_at:
        rows.append([button(texts.record(), ShowRecord(hearing_id=hearing_id))])
    if view.is_own and view.has_answers:
        rows.append([button(texts.questions(), ListQuestions(hearing_id=hearing_id, page=0))])
    return rows
