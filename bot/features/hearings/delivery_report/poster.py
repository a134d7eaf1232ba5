"""The notice for the board: one A4 page, Kyrgyz above and Russian below."""

import segno

from bot.domain.clock import BISHKEK
from bot.domain.hearing import Announcement, HearingStatus
from bot.domain.text import shortened
from bot.features.hearings import hearing_texts
from bot.features.hearings.delivery_report import poster_texts as texts
from bot.features.hearings.hearing_queries import HearingCard
from bot.i18n import LANGUAGES, day, named, speaking
from bot.prints.paper import fill

# What a passer-by reads of an agenda; the template sets it as large as the page allows.
MOST_LINES = 7
LONGEST_LINE = 160
LONGEST_AGENDA = 480


def poster(hearing: HearingCard, bot_username: str) -> bytes:
    """The page as PDF. It takes a while: call it in a thread."""
    return fill("poster", poster_data(hearing, bot_username))


def poster_data(hearing: HearingCard, bot_username: str) -> dict[str, object]:
    """What `poster.typ` shows."""
    link = f"https://t.me/{bot_username}?start=h_{hearing.id}"
    return {
        "halves": [_half(hearing, language) for language in LANGUAGES],
        "organiser": hearing.organiser or "",
        "phone": hearing.phone or "",
        "square": segno.make(link, error="m").svg_inline(border=0),
        "link": link.removeprefix("https://"),
        "is_called_off": hearing.status is HearingStatus.CANCELLED,
    }


def _half(hearing: HearingCard, language: str) -> dict[str, object]:
    told = hearing.announcement
    called_off = hearing.status is HearingStatus.CANCELLED
    with speaking(language):
        lines, is_whole = agenda_lines("" if called_off else told.agenda.read_in(language))
        return {
            "language": language,
            "heading": texts.called_off() if called_off else texts.heading(),
            "municipality": texts.municipality(told.municipality),
            "kind": hearing_texts.kind(told.kind),
            "topic": told.topic.read_in(language),
            "day": day(told.starts_at),
            "time": texts.at(f"{told.starts_at.astimezone(BISHKEK):%H:%M}"),
            "place": told.place,
            "whom": texts.reason(hearing.cancel_reason) if called_off else _whom(told),
            "agenda_label": texts.agenda(),
            "agenda": lines,
            "agenda_note": "" if is_whole else texts.whole_agenda(),
            "organiser_label": texts.organiser(),
            "phone_label": texts.phone(),
            "square_words": "" if called_off else texts.square(),
        }


def _whom(told: Announcement) -> str:
    names = ", ".join(named(name) for name in told.villages)
    return texts.whom().format(villages=names) if names else ""


def agenda_lines(agenda: str) -> tuple[list[str], bool]:
    """The lines that fit on the page, and whether they are all: what was left out is said to be."""
    every = [" ".join(line.split()) for line in agenda.splitlines() if line.strip()]
    kept: list[str] = []
    for line in every[:MOST_LINES]:
        room = min(LONGEST_LINE, LONGEST_AGENDA - sum(map(len, kept)))
        if room < len(line):
            kept += [shortened(line, room)] if room > LONGEST_LINE // 4 else []
            break
        kept.append(line)
    return kept, kept == every
