"""Catalogues, the language of the moment, and how it writes dates and numbers."""

import gettext as gnu
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.dates import format_date, format_datetime, get_day_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from bot.domain.clock import BISHKEK
from bot.domain.places import Name

LOCALES = Path(__file__).parents[1] / "locales"
LANGUAGES = ("ky", "ru")
# What a stranger reads until they choose: Russian is read by most who have no Kyrgyz telephone.
DEFAULT_LANGUAGE = "ru"
# Babel's own Kyrgyz short dates are poor, so the patterns are pinned.
_DAY = {"ky": "d-MMMM, EEEE", "ru": "d MMMM, EEEE"}
_DAY_AND_TIME = {"ky": "d-MMMM, EEEE, HH:mm", "ru": "d MMMM, EEEE, HH:mm"}

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


@cache
def _catalogue(language: str) -> gnu.NullTranslations:
    """Read a catalogue straight from its .po, so that nothing has to be compiled."""
    compiled = BytesIO()
    with (LOCALES / language / "LC_MESSAGES" / "bot.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gnu.GNUTranslations(compiled)


def load_catalogues() -> None:
    """Read all catalogues now: a broken one ends the start, and nobody waits for it later."""
    for language in LANGUAGES:
        _catalogue(language)


def known_language(code: str | None) -> str:
    """The language to speak with a person whose Telegram is set to `code`."""
    return code if code in LANGUAGES else DEFAULT_LANGUAGE


def current_language() -> str:
    return _language.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything worded inside is in `language`. Jobs enter it for every recipient."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def _(message: str) -> str:
    return _catalogue(_language.get()).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    return _catalogue(_language.get()).ngettext(one, many, number)


def fill(template: str, **values: object) -> Markup:
    """Put values into a worded template as Telegram HTML; whatever a person wrote is escaped."""
    return Markup(template).format(**values)  # noqa: S704  # the template is ours, the values are escaped


def named(name: Name) -> str:
    return name.ky if _language.get() == "ky" else name.ru


def day(moment: datetime) -> str:
    """The day of the month and of the week, by the clock of Bishkek."""
    return _dated(moment, _DAY)


def day_and_time(moment: datetime) -> str:
    """The day and the time of day, by the clock of Bishkek."""
    return _dated(moment, _DAY_AND_TIME)


def full_day(of: date) -> str:
    """The day of the week, of the month and the year."""
    return format_date(of, "full", locale=_language.get())


def full_day_and_time(moment: datetime) -> str:
    """The same with the time of day, by the clock of Bishkek."""
    local = moment.astimezone(BISHKEK)
    return f"{full_day(local.date())}, {local:%H:%M}"


def short_day_and_time(moment: datetime) -> str:
    """For a button, in figures: 25.11 14:00."""
    return f"{moment.astimezone(BISHKEK):%d.%m %H:%M}"


def _dated(moment: datetime, patterns: dict[str, str]) -> str:
    language = _language.get()
    return format_datetime(moment.astimezone(BISHKEK), patterns[language], locale=language)


def time_of_day(moment: datetime) -> str:
    """14:05, by the clock of Bishkek."""
    return f"{moment.astimezone(BISHKEK):%H:%M}"


def month_and_year(month: date) -> str:
    return format_date(month, "LLLL y", locale=_language.get()).capitalize()


def month_name(month: date) -> str:
    return format_date(month, "LLLL", locale=_language.get()).capitalize()


def weekdays() -> list[str]:
    """The shortest names of the days of the week, from Monday on."""
    names = get_day_names("short", context="stand-alone", locale=_language.get())
    return [names[each].capitalize()[:2] for each in range(7)]


def number(value: float) -> str:
    return format_decimal(value, locale=_language.get())


def percent(share: float) -> str:
    return format_percent(share, locale=_language.get())
