"""Words of a hearing's card, of the list, and of the buttons below a notice."""

from datetime import datetime

from markupsafe import Markup

from bot.domain.attendance import Answer, Standing
from bot.domain.clock import BISHKEK
from bot.domain.hearing import Announcement, HearingStatus
from bot.domain.text import shortened
from bot.features.hearings import hearing_texts as cards
from bot.features.hearings.hearing_queries import HearingCard
from bot.features.hearings.notices.queries import HearingView
from bot.i18n import _, current_language, day_and_time, fill, named

# Of a topic, so much stands in the list.
SHOWN_TOPIC = 120


def card(view: HearingView, hearing: Announcement, now: datetime) -> Markup:
    """The notice as it is now, headed by what became of it and followed by the reader's own answer."""
    parts = [cards.notice(hearing)]
    if view.hearing.status is HearingStatus.CANCELLED:
        parts.insert(0, called_off(view.hearing.cancel_reason))
    elif hearing.starts_at <= now:
        parts.insert(0, over(is_recorded=view.hearing.recorded_at is not None))
    if not view.is_own:
        parts.append(elsewhere(view.hearing))
    elif said := answer(view.answer):
        parts.append(said)
    return Markup("\n\n").join(parts)


def called_off(reason: str | None) -> Markup:
    lines = [fill(_("🚫 <b>This hearing is called off.</b>"))]
    if reason:
        lines.append(fill(_("The reason: {reason}"), reason=reason))
    return Markup("\n").join(lines)


def over(*, is_recorded: bool) -> Markup:
    if is_recorded:
        return fill(_("<b>This hearing has taken place.</b> Its record can be read."))
    return fill(_("<b>This hearing has begun or is over.</b>"))


def elsewhere(hearing: HearingCard) -> Markup:
    return fill(
        _("<i>This hearing is held in another municipality: {municipality}</i>"),
        municipality=named(hearing.municipality),
    )


def answer(given: Answer) -> Markup:
    """Empty for those who have not answered yet."""
    if given.is_coming is not None:
        return coming() if given.is_coming else not_coming()
    return fill(_("👀 You have read this notice.")) if given.is_read else Markup("")


def coming() -> Markup:
    return fill(_("🙋 <b>You have said that you will come.</b>"))


def not_coming() -> Markup:
    return fill(_("🚫 <b>You have said that you cannot come.</b>"))


def read_toast() -> str:
    return _("Thank you for reading it.")


def coming_toast(*, is_coming: bool) -> str:
    if is_coming:
        return _("Thank you! You are expected.")
    return _("Thank you for telling. You can change your mind here.")


def standing_toast(standing: Standing) -> str:
    """Why an answer was not taken."""
    return {
        Standing.OPEN: "",
        Standing.MOVED: _("The time of this hearing has changed. Please look at it and answer again."),
        Standing.OVER: _("This hearing has begun already."),
        Standing.CALLED_OFF: _("This hearing is called off."),
        Standing.ELSEWHERE: _("Only residents of that municipality answer here. You can read everything."),
    }[standing]


def mark_read() -> str:
    return _("👀 I have read it")


def come() -> str:
    return _("🙋 I will come")


def cannot() -> str:
    return _("🚫 I cannot")


def ask() -> str:
    return _("❓ Ask a question")


def questions() -> str:
    return _("💬 Questions and answers")


def record() -> str:
    return _("💬 What came of it")


def add_to_calendar() -> str:
    return _("📅 To the calendar")


def on_the_map() -> str:
    return _("📍 On the map")


def show_documents() -> str:
    return _("📄 Documents")


def all_hearings() -> str:
    return _("🗣 All hearings")


def no_pin() -> str:
    return _("This place is not marked on the map.")


def no_documents() -> str:
    return _("This hearing has no documents.")


def calendar_caption() -> str:
    return _("📅 Open this file, and your telephone writes the hearing into its calendar.")


def calendar_of_cancelled() -> str:
    return _("🚫 Open this file, and your telephone strikes the hearing out of its calendar.")


def listed_none() -> Markup:
    return fill(
        _("🗣 <b>Public hearings</b>\n\nNone has been announced yet. When one is, you will be told here.")
    )


def list_heading() -> Markup:
    return fill(_("🗣 <b>Public hearings</b>"))


def line(number: int, hearing: HearingCard, now: datetime) -> Markup:
    told = hearing.announcement
    words = fill(
        "<b>{number}. {moment}</b>\n{kind}\n{topic}",
        number=number,
        moment=day_and_time(told.starts_at),
        kind=cards.kind(told.kind),
        topic=shortened(told.topic.read_in(current_language()), SHOWN_TOPIC),
    )
    state = line_state(hearing, now)
    return words + Markup("\n") + state if state else words


def line_state(hearing: HearingCard, now: datetime) -> Markup:
    if hearing.status is HearingStatus.CANCELLED:
        return fill(_("🚫 called off"))
    if hearing.recorded_at:
        return fill(_("💬 it can be read what came of it"))
    return fill(_("it has begun or is over")) if hearing.announcement.starts_at <= now else Markup("")


def choice(number: int, hearing: HearingCard) -> str:
    moment = hearing.announcement.starts_at.astimezone(BISHKEK)
    return f"{number}. {moment:%d.%m.%Y, %H:%M}"
