"""Words, dates and numbers in both languages."""

from datetime import UTC, datetime

import pytest
from markupsafe import Markup

from bot.i18n import LANGUAGES, day, day_and_time, fill, known_language, number, speaking

MOMENT = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)


def test_a_day_reads_as_people_write_it() -> None:
    with speaking("ky"):
        assert day(MOMENT) == "25-ноябрь, шаршемби"
    with speaking("ru"):
        assert day(MOMENT) == "25 ноября, среда"


@pytest.mark.parametrize("language", LANGUAGES)
def test_times_are_told_by_the_clock_of_bishkek(language: str) -> None:
    with speaking(language):
        assert day_and_time(MOMENT).endswith("20:00")


@pytest.mark.parametrize("language", LANGUAGES)
def test_large_numbers_are_grouped(language: str) -> None:
    with speaking(language):
        assert number(12345).replace("\N{NO-BREAK SPACE}", " ") == "12 345"


def test_what_a_person_wrote_is_escaped_where_it_is_shown() -> None:
    assert fill("<b>{name}</b>", name="<i>&") == Markup("<b>&lt;i&gt;&amp;</b>")


def test_a_telephone_in_another_language_is_answered_in_russian() -> None:
    assert [known_language(code) for code in ("ky", "ru", "uz", None)] == ["ky", "ru", "ru", "ru"]


def test_one_persons_language_does_not_leak_into_the_next() -> None:
    with speaking("ky"):
        with speaking("ru"):
            pass
        assert "ноябрь" in day(MOMENT)
