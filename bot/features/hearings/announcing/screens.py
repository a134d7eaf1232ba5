"""The questions of an announcement."""

import calendar as gregorian
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from bot.domain.clock import BISHKEK
from bot.domain.hearing import FARTHEST_DAYS, HearingKind
from bot.domain.hearing_draft import Step
from bot.domain.paging import page_of
from bot.domain.places import Village
from bot.domain.text import shortened
from bot.features.hearings.announcing import texts
from bot.features.hearings.announcing.callbacks import (
    AskToDiscard,
    ContinueAnnouncement,
    DropDocuments,
    GoToLine,
    InviteAll,
    InviteVillage,
    ListInvited,
    SetHearingDay,
    SetHearingKind,
    SetHearingTime,
    SkipLine,
    TurnMonth,
    UseLast,
)
from bot.features.hearings.announcing.queries import LastHearing
from bot.features.hearings.hearing_queries import HearingCard
from bot.features.hearings.officer_home.callbacks import OpenOffice
from bot.i18n import named, speaking, weekdays
from bot.telegram import texts as common
from bot.telegram.paging import pager
from bot.telegram.screen import ROOM, Row, Screen, button, stacked

VILLAGES_A_PAGE = 6
MINUTES = 60
# From nine in the morning to half past six, each half an hour.
USUAL_TIMES = range(9 * MINUTES, 19 * MINUTES, 30)


def ask_kind(draft: HearingCard) -> Screen:
    kinds = [button(texts.kind(kind), SetHearingKind(hearing_id=draft.id, kind=kind)) for kind in HearingKind]
    return _asked(draft, Step.KIND, [texts.question(Step.KIND)], stacked(kinds))


def ask_words(draft: HearingCard, step: Step, language: str) -> Screen:
    """The topic or the agenda in `language`, with what it says now."""
    with speaking(language):
        named_language = common.own_language()
    other = step in {Step.OTHER_TOPIC, Step.OTHER_AGENDA}
    parts = [texts.in_language(step, named_language)]
    wording = draft.topic if step in {Step.TOPIC, Step.OTHER_TOPIC} else draft.agenda
    words = wording.ky if language == "ky" else wording.ru
    if words:
        parts.append(texts.now_it_says(words))
    label = texts.keep() if words else texts.later() if other else texts.skip()
    may_skip = words or step is not Step.TOPIC
    rows = [[button(label, SkipLine(hearing_id=draft.id, step=step))]] if may_skip else []
    return _asked(draft, step, parts, rows)


def ask_day(draft: HearingCard, month: date, today: date) -> Screen:
    """A leaf of the calendar; days that have passed are blank."""
    parts = [texts.question(Step.DAY), texts.month(month)]
    if draft.starts_at:
        # Before the time is answered, the hour stored with the day was chosen by nobody.
        answered = draft.step not in {Step.DAY, Step.TIME}
        parts.append(texts.now_moment(draft.starts_at) if answered else texts.now_day(draft.starts_at))
    # Telegram has no blank buttons: those that do nothing show the same leaf again.
    same = TurnMonth(hearing_id=draft.id, month=_month_number(month))
    weeks = [
        [_day_button(draft.id, day) if _may_be(day, month, today) else button("·", same) for day in week]
        for week in gregorian.Calendar().monthdatescalendar(month.year, month.month)
        if any(_may_be(day, month, today) for day in week)
    ]
    names = [button(name, same) for name in weekdays()]
    return _asked(draft, Step.DAY, parts, [names, *weeks, _months(draft.id, month, today)])


def is_it_this_day(draft: HearingCard, day: date, today: date) -> Screen:
    """Asked before a day is taken whose year was perhaps guessed."""
    parts = [texts.on_this_day(day), texts.days_left((day - today).days), texts.is_it_this_day()]
    rows = [
        [_day_button(draft.id, day, texts.chosen(f"{day:%d.%m.%Y}"))],
        [button(texts.another_day(), GoToLine(hearing_id=draft.id, step=Step.DAY))],
    ]
    return _asked(draft, Step.DAY, parts, rows)


def _may_be(day: date, month: date, today: date) -> bool:
    return day.month == month.month and today <= day <= today + timedelta(days=FARTHEST_DAYS)


def _day_button(hearing_id: int, day: date, label: str | None = None) -> InlineKeyboardButton:
    set_day = SetHearingDay(hearing_id=hearing_id, day=int(day.strftime("%Y%m%d")))
    return button(label or str(day.day), set_day)


def _months(hearing_id: int, month: date, today: date) -> Row:
    """Not the pages of a list: no day before today can be chosen, so the first month leads to no other."""
    before, after = month - timedelta(days=1), month + timedelta(days=31)
    turns = []
    if before >= today.replace(day=1):
        turns.append(_turn(hearing_id, before, texts.month_before(before)))
    if after.replace(day=1) <= today + timedelta(days=FARTHEST_DAYS):
        turns.append(_turn(hearing_id, after, texts.month_after(after)))
    return turns


def _turn(hearing_id: int, month: date, label: str) -> InlineKeyboardButton:
    return button(label, TurnMonth(hearing_id=hearing_id, month=_month_number(month)))


def _month_number(month: date) -> int:
    return month.year * 100 + month.month


def ask_time(draft: HearingCard, now: datetime) -> Screen:
    """The usual times of the day chosen; of today those still to come."""
    chosen, now = (draft.starts_at or now).astimezone(BISHKEK), now.astimezone(BISHKEK)
    passed = now.hour * MINUTES + now.minute if chosen.date() == now.date() else 0
    times = [
        button(f"{at // MINUTES}:{at % MINUTES:02}", SetHearingTime(hearing_id=draft.id, at=at))
        for at in USUAL_TIMES
        if at > passed
    ]
    rows: list[Row] = list(stacked(times, 4))
    parts = [texts.question(Step.TIME), texts.on_this_day(chosen.date())]
    if draft.step == Step.PREVIEW and chosen > now:
        parts.append(texts.now_moment(chosen))
        rows.append([button(texts.keep(), SkipLine(hearing_id=draft.id, step=Step.TIME))])
    return _asked(draft, Step.TIME, parts, rows)


def ask_place(draft: HearingCard, last: LastHearing) -> Screen:
    """What was understood of the day and the time stands above it, to be seen at once."""
    moment = [texts.at_this_moment(draft.starts_at)] if draft.starts_at and draft.step == Step.PLACE else []
    return _asked_with_last(draft, Step.PLACE, draft.place, last.place, above=moment)


def ask_pin(draft: HearingCard) -> Screen:
    label = texts.keep() if draft.latitude is not None else texts.skip()
    skip = button(label, SkipLine(hearing_id=draft.id, step=Step.PIN))
    return _asked(draft, Step.PIN, [texts.question(Step.PIN)], [[skip]])


def ask_organiser(draft: HearingCard, last: LastHearing) -> Screen:
    now = ", ".join(filter(None, [draft.organiser, draft.phone]))
    before = ", ".join(filter(None, [last.organiser, last.phone]))
    return _asked_with_last(draft, Step.ORGANISER, now, before, may_skip=True)


def _asked_with_last(
    draft: HearingCard,
    step: Step,
    now: str | None,
    last: str | None,
    *,
    above: Sequence[Markup] = (),
    may_skip: bool = False,
) -> Screen:
    """A question with the last hearing's answer as a button."""
    parts = [*above, texts.question(step)]
    rows: list[Row] = []
    if now:
        parts.append(texts.now_it_says(now))
    if last and last != now:
        rows.append([button(shortened(last, ROOM[1]), UseLast(hearing_id=draft.id, step=step))])
    if now or may_skip:
        label = texts.keep() if now else texts.skip()
        rows.append([button(label, SkipLine(hearing_id=draft.id, step=step))])
    return _asked(draft, step, parts, rows)


def ask_documents(draft: HearingCard) -> Screen:
    parts = [texts.question(Step.DOCUMENTS)]
    label = texts.documents_done() if draft.documents else texts.no_documents()
    rows: list[Row] = [[button(label, SkipLine(hearing_id=draft.id, step=Step.DOCUMENTS))]]
    if draft.documents:
        parts.append(texts.documents_so_far(draft.documents))
        rows.append([button(texts.drop_documents(), DropDocuments(hearing_id=draft.id))])
    return _asked(draft, Step.DOCUMENTS, parts, rows)


def ask_whom(draft: HearingCard, villages: Sequence[Village], wanted: int = 0) -> Screen:
    shown, page = page_of(villages, wanted, VILLAGES_A_PAGE)
    chosen = {village.id for village in draft.villages}
    ticks = [
        button(
            texts.village(named(village.name), chosen=village.id in chosen),
            InviteVillage(
                hearing_id=draft.id, village_id=village.id, page=page.number, on=village.id not in chosen
            ),
        )
        for village in shown
    ]
    rows: list[Row] = [
        [button(texts.everybody(chosen=not chosen), InviteAll(hearing_id=draft.id))],
        *stacked(ticks),
    ]
    rows.append(pager(page, lambda number: ListInvited(hearing_id=draft.id, page=number)))
    rows.append([button(common.go_on(), SkipLine(hearing_id=draft.id, step=Step.WHOM))])
    parts = [texts.question(Step.WHOM), texts.invited([named(village.name) for village in draft.villages])]
    return _asked(draft, Step.WHOM, parts, rows)


def _asked(draft: HearingCard, step: Step, parts: Sequence[Markup], rows: Sequence[Row]) -> Screen:
    """A question of the draft, with the way back to the one before, or to the preview it came from."""
    office = button(texts.to_office(), OpenOffice())
    if draft.step == Step.PREVIEW:
        ways = [button(common.back(), ContinueAnnouncement(hearing_id=draft.id)), office]
        return Screen(Markup("\n\n").join(parts), [*rows, ways])
    ways = [office, button(texts.discard(), AskToDiscard(hearing_id=draft.id))]
    before = step.before(has_agenda=bool(draft.agenda.languages))
    if before is not step:
        ways.insert(0, button(common.back(), GoToLine(hearing_id=draft.id, step=before)))
    return Screen(Markup("\n\n").join([texts.heading(step), *parts]), [*rows, ways])
