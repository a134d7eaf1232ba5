"""The buttons that a notice and a hearing's card have in common."""

from aiogram.types import InlineKeyboardButton

from bot.domain.attendance import Answer, seconds
from bot.domain.hearing import Announcement
from bot.features.hearings.notices import texts
from bot.features.hearings.notices.callbacks import (
    AddToCalendar,
    AnswerHearing,
    MarkRead,
    ShowDocuments,
    ShowOnMap,
)
from bot.telegram.screen import Row, button


def answers(hearing: Announcement, given: Answer) -> list[Row]:
    """What was not said yet, and the other answer for those who change their mind."""
    hearing_id, starts = hearing.hearing_id, seconds(hearing.starts_at)
    come, cannot = (
        AnswerHearing(hearing_id=hearing_id, starts=starts, coming=coming) for coming in (True, False)
    )
    rows: list[Row] = []
    if not given.is_read:
        rows.append([button(texts.mark_read(), MarkRead(hearing_id=hearing_id, starts=starts))])
    ways = []
    if given.is_coming is not True:
        ways.append(button(texts.come(), come))
    if given.is_coming is not False:
        ways.append(button(texts.cannot(), cannot))
    return [*rows, ways]


def files(hearing: Announcement, *, is_coming: bool) -> list[InlineKeyboardButton]:
    buttons = []
    if is_coming:
        buttons.append(button(texts.add_to_calendar(), AddToCalendar(hearing_id=hearing.hearing_id)))
    if hearing.has_pin:
        buttons.append(button(texts.on_the_map(), ShowOnMap(hearing_id=hearing.hearing_id)))
    if hearing.documents:
        buttons.append(button(texts.show_documents(), ShowDocuments(hearing_id=hearing.hearing_id)))
    return buttons
