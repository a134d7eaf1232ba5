"""Words of the dispatch report, on the screen and on paper."""

from collections.abc import Callable, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.domain.clock import BISHKEK
from bot.domain.dispatch import Counts
from bot.domain.hearing import Announcement, HearingNotice
from bot.domain.notices import Failure
from bot.domain.text import shortened
from bot.features.hearings import hearing_texts
from bot.features.hearings.delivery_report.queries import Answers, Dispatch, Told
from bot.i18n import _, current_language, day_and_time, fill, named, number

LONGEST_TOPIC = 80
# More than these on one screen would be too long to read; the report has them all.
MOST_TOLD = 6


def dispatch(found: Dispatch, shown: Sequence[Told]) -> Markup:
    """The numbers of what was told last, and what people answered."""
    hearing = found.hearing.announcement
    parts = [
        fill("<b>{title}</b>\n{topic}\n{when}", title=title(), topic=topic(hearing), when=when(hearing)),
        *(told(each) for each in shown),
    ]
    if len(shown) < len(found.told):
        parts.append(fill(_("What was told before stands in the report.")))
    if not found.told:
        parts.append(fill(_("Nothing has been sent yet.")))
    answered = Markup("\n").join(fill("{what}: <b>{number}</b>", **line) for line in _lines(found.answers))
    return Markup("\n\n").join([*parts, answered, fill("<i>{words}</i>", words=not_reading())])


def _lines(answers: Answers) -> list[dict[str, str]]:
    return [{"what": what, "number": number(many)} for what, many in answer_lines(answers)]


def told(one: Told) -> Markup:
    """One thing told, a number a line; nothing is said of what did not happen."""
    head = fill("<b>{what}</b> · {begun}", what=kind(one.kind), begun=day_and_time(one.begun_at))
    lines = [head]
    if one.posts.recipients:
        lines += _counted(one.posts, column_posts())
    if one.counts.recipients or not one.posts.recipients:
        lines += _counted(one.counts, column_recipients())
    return Markup("\n").join(lines)


def _counted(counts: Counts, whom: str) -> list[Markup]:
    numbers = [(whom, counts.recipients), (column_sent(), counts.sent)]
    if counts.waiting:
        numbers.append((column_waiting(), counts.waiting))
    numbers += [(failure(why), counts.failures[why]) for why in Failure if counts.failures.get(why)]
    return [fill("{what}: <b>{number}</b>", what=what, number=number(many)) for what, many in numbers]


def title() -> str:
    return _("Dispatch report")


def topic(hearing: Announcement) -> str:
    return shortened(hearing.topic.read_in(current_language()), LONGEST_TOPIC)


def when(hearing: Announcement) -> str:
    return day_and_time(hearing.starts_at)


def about(hearing: Announcement) -> list[tuple[str, str]]:
    """Of which hearing the report is, a line each."""
    return [
        (_("Municipality"), named(hearing.municipality)),
        (hearing_texts.kind(hearing.kind), hearing.topic.read_in(current_language())),
        (_("Date and time"), moment(hearing.starts_at)),
        (_("Place"), hearing.place),
    ]


def not_reading() -> str:
    return _("Dispatched means that Telegram accepted the message. It does not mean that it was read.")


def not_named() -> str:
    return _("Those who could not be reached are counted here and not named.")


def as_of(counted_at: datetime) -> str:
    return _("As of {moment}").format(moment=moment(counted_at))


def moment(of: datetime | None) -> str:
    """Short and with its year, for what is filed."""
    return f"{of.astimezone(BISHKEK):%d.%m.%Y %H:%M}" if of else "\u2014"


def kind(of: str) -> str:
    """What was told, in two or three words."""
    words = _KINDS.get(of)
    return words() if words else _("Message")


_KINDS: dict[str, Callable[[], str]] = {
    HearingNotice.ANNOUNCED: lambda: _("Announcement"),
    HearingNotice.TRANSLATED: lambda: _("Translation of the announcement"),
    HearingNotice.CHANGED: lambda: _("Word of the changes"),
    HearingNotice.CANCELLED: lambda: _("Word of the cancellation"),
    HearingNotice.REMINDER: lambda: _("Reminder"),
    HearingNotice.POSTED: lambda: _("In groups and channels"),
    HearingNotice.RECORD: lambda: _("Record of the hearing"),
}


def failure(why: Failure) -> str:
    return _FAILURES[why]()


_FAILURES: dict[Failure, Callable[[], str]] = {
    Failure.BLOCKED: lambda: _("Blocked the bot"),
    Failure.GONE: lambda: _("Account is gone"),
    Failure.MUTED: lambda: _("Do not want such notices"),
    Failure.STOPPED: lambda: _("Stopped by an officer"),
    Failure.FORGOTTEN: lambda: _("Asked to be forgotten"),
    Failure.EXPIRED: lambda: _("Out of date before it was sent"),
    Failure.REFUSED: lambda: _("Not accepted by Telegram"),
}


def answer_lines(answers: Answers) -> list[tuple[str, int]]:
    return [
        (_("Pressed “I have read it”"), answers.read),
        (_("Will come"), answers.coming),
        (_("Cannot come"), answers.not_coming),
        (_("Questions"), answers.questions),
        (_("Proposals"), answers.proposals),
    ]


def column_what() -> str:
    return _("What was told")


def column_begun() -> str:
    return _("Begun")


def column_first() -> str:
    return _("First sent")


def column_last() -> str:
    return _("Last sent")


def column_recipients() -> str:
    return _("Recipients")


def column_posts() -> str:
    return _("Groups and channels")


def column_sent() -> str:
    return _("Dispatched")


def column_waiting() -> str:
    return _("Waiting")


def column_not_sent() -> str:
    return _("Not dispatched")


def column_village() -> str:
    return _("Village")


def column_cause() -> str:
    return _("Cause")


def column_number() -> str:
    return _("Number")


def sheet_told() -> str:
    return _("Messages")


def sheet_causes() -> str:
    return _("Why not dispatched")


def sheet_villages() -> str:
    return _("By village")


def sheet_languages() -> str:
    return _("By language")


def sheet_posts() -> str:
    return _("Groups and channels")


def sheet_answers() -> str:
    return _("What people answered")


def no_village() -> str:
    return _("Village not known")


def refresh() -> str:
    return _("🔄 Refresh")


def pdf() -> str:
    return _("📄 Report: PDF")


def xlsx() -> str:
    return _("📄 Report: XLSX")


def to_report() -> str:
    return title()


def to_hearing() -> str:
    return _("To the hearing")


def caption(found: Dispatch) -> str:
    return f"{title()} · {topic(found.hearing.announcement)}"


def for_the_board() -> str:
    return _("The notice for the board: print it and put it up.")
