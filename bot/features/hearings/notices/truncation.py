"""Cuts an agenda that is too long for one message, so that all else is told whole."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

from markupsafe import Markup

from bot.domain.hearing import Announcement, Wording

# Of the 4096 that Telegram takes; it counts as UTF-16 does, without the tags.
MOST_UNITS = 4000
_TAG = re.compile(r"<[^>]*>")


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def plain(text: Markup) -> str:
    """What people see of it."""
    return unescape(_TAG.sub("", str(text)))


def fitted(hearing: Announcement, words: Callable[[Announcement], Markup]) -> Markup:
    """What `words` makes of the hearing, with as much of the agenda as there is room for."""
    text = words(hearing)
    excess = units(plain(text)) - MOST_UNITS
    if excess <= 0:
        return text
    return words(replace(hearing, agenda=_shorter(hearing.agenda, units(plain(_bare(hearing, words))))))


def _bare(hearing: Announcement, words: Callable[[Announcement], Markup]) -> Markup:
    """With agendas of one letter, and so with all that stands around them."""
    one = Wording(hearing.agenda.ky and "\u2026", hearing.agenda.ru and "\u2026")
    return words(replace(hearing, agenda=one))


def _shorter(agenda: Wording, taken: int) -> Wording:
    """Both languages share the room that is left, whoever needs less leaving it to the other."""
    room = max(MOST_UNITS - taken, 0)
    lengths = sorted(units(words) for words in (agenda.ky, agenda.ru) if words)
    share = max(room // len(lengths), room - lengths[0]) if len(lengths) > 1 else room
    return Wording(_cut(agenda.ky, share), _cut(agenda.ru, share))


def _cut(words: str | None, room: int) -> str | None:
    if words is None or units(words) <= room:
        return words
    kept = words.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return kept.rsplit(maxsplit=1)[0].rstrip(" ,.;:") + "\u2026" if " " in kept else kept + "\u2026"
