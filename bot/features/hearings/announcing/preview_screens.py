"""The preview of an announcement, and what follows: announced, changed, called off, thrown away."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from bot.domain.clock import BISHKEK
from bot.domain.hearing import Announcement
from bot.domain.hearing_changes import Difference
from bot.domain.hearing_draft import Step
from bot.domain.paging import page_of
from bot.features.hearings import hearing_texts as cards
from bot.features.hearings.announcing import texts
from bot.features.hearings.announcing.callbacks import (
    AnnounceHearing,
    AskToDiscard,
    CancelHearing,
    ConfirmChanges,
    ContinueAnnouncement,
    DiscardDraft,
    GoToLine,
    ListLines,
    PreviewIn,
    SkipReason,
)
from bot.features.hearings.announcing.lacking import lacking_lines
from bot.features.hearings.hearing_queries import HearingCard
from bot.features.hearings.officer_home.callbacks import OpenOffice, OpenOfficeHearing
from bot.i18n import LANGUAGES, speaking
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked

LINES_A_PAGE = 6
# So far ahead the year may have been guessed wrong.
FAR_OFF_DAYS = 92
# In these the same line stands once in each language.
IN_BOTH = (Step.TOPIC, Step.OTHER_TOPIC, Step.AGENDA, Step.OTHER_AGENDA)


def preview(
    draft: HearingCard,
    language: str,
    people: int,
    usual_days: int,
    now: datetime,
    changed: Difference | None = None,
) -> Screen:
    """The notice as residents will see it, above what the officer should know and may do.

    `people` will be told; of a draft of changes, they were told. `changed` is what such a draft changes.
    """
    lacking = lacking_lines(draft)
    if lacking:
        parts = [texts.lacking(lacking)]
    else:
        parts = [texts.preview(), _shown(draft, language), *_remarks(draft, usual_days, now, changed)]
        parts.append(texts.people_told(people) if changed is None else texts.effect(changed, people))
    # Where nothing can be confirmed yet, a line is to be changed first.
    rows: list[Row] = _confirmation(draft, changed, lacking)
    rows.append([button(texts.change_line(), ListLines(hearing_id=draft.id, page=0))])
    if not lacking:
        rows.append([_in_language(draft.id, code, language) for code in LANGUAGES])
    label = texts.discard() if changed is None else texts.discard_changes()
    rows.append([button(label, AskToDiscard(hearing_id=draft.id))])
    rows.append([button(texts.to_office(), OpenOffice()), home_button()])
    return Screen(Markup("\n\n").join(parts), rows)


def _shown(draft: HearingCard, language: str) -> Markup:
    with speaking(language):
        return cards.notice(draft.announcement)


def _in_language(hearing_id: int, code: str, shown: str) -> InlineKeyboardButton:
    label = texts.chosen(_named(code)) if code == shown else _named(code)
    return button(label, PreviewIn(hearing_id=hearing_id, language=code))


def _named(language: str) -> str:
    """A language, in itself."""
    with speaking(language):
        return common.own_language()


def _remarks(draft: HearingCard, usual_days: int, now: datetime, changed: Difference | None) -> list[Markup]:
    said = []
    for language in LANGUAGES:
        if language not in draft.topic.languages:
            said.append(texts.lacks_translation(_named(language)))
        elif draft.agenda.languages and language not in draft.agenda.languages:
            said.append(texts.lacks_agenda(_named(language)))
    days = (draft.announcement.starts_at.astimezone(BISHKEK).date() - now.astimezone(BISHKEK).date()).days
    is_new = changed is None or "starts_at" in changed.fields
    if is_new and days < usual_days:
        said.append(texts.short_notice(days, usual_days))
    elif is_new and days > FAR_OFF_DAYS:
        said.append(texts.days_left(days))
    return said


def _confirmation(draft: HearingCard, changed: Difference | None, lacking: Sequence[Step]) -> list[Row]:
    if lacking:
        return [[button(texts.line(lacking[0]), GoToLine(hearing_id=draft.id, step=lacking[0]))]]
    if changed is None:
        return [[button(texts.announce(), AnnounceHearing(hearing_id=draft.id))]]
    if not changed.fields:
        return []
    hearing_id = draft.announcement.hearing_id
    tell = ConfirmChanges(hearing_id=hearing_id, tell=True)
    quietly = ConfirmChanges(hearing_id=hearing_id, tell=False)
    if changed.may_be_told:
        return [[button(texts.only_correct(), quietly)], [button(texts.tell_changes(), tell)]]
    return [[button(texts.confirm_changes(), tell if changed.must_be_told else quietly)]]


def lines(draft: HearingCard, languages: Sequence[str], wanted: int = 0) -> Screen:
    """`languages` are those of the words asked for first and of their translation."""
    steps = [step for step in Step if step is not Step.PREVIEW]
    shown, page = page_of(steps, wanted, LINES_A_PAGE)
    choices = [button(_line(step, languages), GoToLine(hearing_id=draft.id, step=step)) for step in shown]
    turn = pager(page, lambda number: ListLines(hearing_id=draft.id, page=number))
    back = button(common.back(), ContinueAnnouncement(hearing_id=draft.id))
    return Screen(texts.which_line(), [*stacked(choices), turn, [back]])


def _line(step: Step, languages: Sequence[str]) -> str:
    if step not in IN_BOTH:
        return texts.line(step)
    return f"{texts.line(step)} · {_named(languages[IN_BOTH.index(step) % 2])}"


def sure_to_discard(draft: HearingCard) -> Screen:
    return Screen(
        texts.sure_to_discard() if draft.revises_id is None else texts.sure_to_discard_changes(),
        [
            [button(texts.keep_draft(), ContinueAnnouncement(hearing_id=draft.id))],
            [button(texts.discard(), DiscardDraft(hearing_id=draft.id))],
        ],
    )


def discarded(hearing_id: int | None = None) -> Screen:
    """`hearing_id` is the hearing whose draft of changes it was."""
    return _done(texts.discarded() if hearing_id is None else texts.changes_discarded(), hearing_id)


def announced(hearing_id: int, people: int) -> Screen:
    return _done(texts.announced(people), hearing_id)


def changed(hearing_id: int, changes: Difference, *, told: bool) -> Screen:
    return _done(texts.changes_told() if told else texts.changes_kept_quiet(changes), hearing_id)


def no_changes_wait(hearing_id: int) -> Screen:
    return _done(texts.no_changes_wait(), hearing_id)


def why_cancel(hearing: Announcement) -> Screen:
    return Screen(
        texts.why_cancel(hearing),
        [
            [button(texts.keep_hearing(), OpenOfficeHearing(hearing_id=hearing.hearing_id))],
            [button(texts.no_reason(), SkipReason(hearing_id=hearing.hearing_id))],
        ],
    )


def sure_to_cancel(hearing: Announcement, reason: str | None, people: int) -> Screen:
    return Screen(
        texts.sure_to_cancel(hearing, reason, people),
        [
            [button(texts.keep_hearing(), OpenOfficeHearing(hearing_id=hearing.hearing_id))],
            [button(texts.call_off(), CancelHearing(hearing_id=hearing.hearing_id))],
        ],
    )


def cancelled(hearing_id: int) -> Screen:
    return _done(texts.cancelled(), hearing_id)


def _done(words: Markup, hearing_id: int | None = None) -> Screen:
    rows: list[Row] = []
    if hearing_id is not None:
        rows.append([button(texts.to_hearing(), OpenOfficeHearing(hearing_id=hearing_id))])
    return Screen(words, [*rows, [button(texts.to_office(), OpenOffice()), home_button()]])
