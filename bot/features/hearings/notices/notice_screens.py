"""What is told of a hearing unasked: to its residents, and in the groups and channels of its municipality."""

from collections.abc import Callable, Collection
from datetime import datetime

from markupsafe import Markup

from bot.domain.attendance import Answer
from bot.domain.hearing import Announcement
from bot.features.hearings import hearing_texts as cards
from bot.features.hearings.notices import notice_texts, texts
from bot.features.hearings.notices.buttons import answers, files
from bot.features.hearings.notices.callbacks import ListHearings
from bot.features.hearings.notices.truncation import fitted
from bot.features.hearings.questions.callbacks import AskQuestion
from bot.i18n import LANGUAGES, speaking
from bot.telegram.navigation import fewer_button
from bot.telegram.screen import Row, Screen, button, link, stacked

LINK = "https://t.me/{bot}?start=h_{hearing_id}"


def told(hearing: Announcement) -> Screen:
    """The notice of a hearing."""
    return Screen(fitted(hearing, cards.notice), _below(hearing))


def heard_translated(hearing: Announcement) -> Screen:
    return Screen(fitted(hearing, notice_texts.translated), _below(hearing))


def heard_changed(before: Announcement, after: Announcement, fields: Collection[str]) -> Screen:
    text = fitted(after, lambda told: notice_texts.changed(before, told, fields))
    return Screen(text, _below(after))


def heard_cancelled(hearing: Announcement, reason: str | None) -> Screen:
    return Screen(
        notice_texts.cancelled(hearing, reason),
        [[button(texts.all_hearings(), ListHearings(page=0))], [fewer_button()]],
    )


def heard_reminder(hearing: Announcement, now: datetime) -> Screen:
    return Screen(notice_texts.reminder(hearing, now), _below(hearing))


def posted(hearing: Announcement, bot_username: str) -> Screen:
    """For a group or channel: Kyrgyz first, then Russian, each in its own words."""
    return Screen(
        fitted(hearing, lambda told: _in_each(lambda: notice_texts.own_words(told))),
        [_way_in(hearing, bot_username)],
    )


def posted_change(
    before: Announcement, after: Announcement, fields: Collection[str], bot_username: str
) -> Screen:
    text = _in_each(lambda: notice_texts.own_changes(before, after, fields))
    return Screen(text, [_way_in(after, bot_username)])


def posted_cancellation(hearing: Announcement, reason: str | None, bot_username: str) -> Screen:
    text = _in_each(lambda: notice_texts.cancelled(hearing, reason))
    return Screen(text, [_way_in(hearing, bot_username)])


def _below(hearing: Announcement) -> list[Row]:
    """The buttons of a private notice."""
    return [
        *answers(hearing, Answer()),
        [button(texts.ask(), AskQuestion(hearing_id=hearing.hearing_id))],
        *stacked(files(hearing, is_coming=True), 2),
        [fewer_button()],
    ]


def _in_each(words: Callable[[], Markup]) -> Markup:
    parts = []
    for language in LANGUAGES:
        with speaking(language):
            parts.append(words())
    return Markup("\n\n———\n\n").join(parts)


def _way_in(hearing: Announcement, bot_username: str) -> Row:
    labels = []
    for language in LANGUAGES:
        with speaking(language):
            labels.append(notice_texts.open_in_bot())
    url = LINK.format(bot=bot_username, hearing_id=hearing.hearing_id)
    return [link(" / ".join(labels), url)]
