"""What offices write into cells: terms, sums, sources of money, in both languages and with old spellings."""

from datetime import date

import pytest

from bot.data import date_words, plan_words
from bot.domain.cell_words import read_funding, read_som, read_term
from bot.domain.plan import Funding
from bot.features.plan import plan_texts
from bot.i18n import LANGUAGES, speaking

WORDS = plan_words()


@pytest.mark.parametrize(
    ("written", "due_on"),
    [
        ("30.06.2027", date(2027, 6, 30)),
        ("30/06/2027", date(2027, 6, 30)),
        ("2027-06-30", date(2027, 6, 30)),
        ("06.2027", date(2027, 6, 30)),
        ("2027", date(2027, 12, 31)),
        ("2027-ж.", date(2027, 12, 31)),
        ("2026-2027-жж.", date(2027, 12, 31)),
        ("июнь 2027", date(2027, 6, 30)),
        ("Июнь–август 2027 г.", date(2027, 8, 31)),
        ("май 2027", date(2027, 5, 31)),
        ("II квартал 2027", date(2027, 6, 30)),
        ("2-чейрек 2027", date(2027, 6, 30)),
        ("3 кв. 2027", date(2027, 9, 30)),
        ("ІІІ кв 2027", date(2027, 9, 30)),
        ("01.03.2026 - 15.05.2026", date(2026, 5, 15)),
        ("25 ноября 2027", date(2027, 11, 25)),
        ("2027-жылдын 25-ноябрына чейин", date(2027, 11, 25)),
        ("1 июля - 30 сентября 2027 г.", date(2027, 9, 30)),
        ("31 февраля 2027", None),
        ("жазында", None),
        ("31.02.2027", None),
        ("", None),
        ("1999", None),
    ],
)
def test_a_term_names_its_last_day(written: str, due_on: date | None) -> None:
    assert read_term(written, date_words(), WORDS.months, WORDS.quarters) == due_on


@pytest.mark.parametrize(
    ("written", "som"),
    [
        ("350000", 350_000),
        ("350 000 сом", 350_000),
        ("350 миң", 350_000),
        ("350 мин сом", 350_000),
        ("1,2 млн", 1_200_000),
        ("1 200,5 тыс. сом", 1_200_500),
        ("0", 0),
        ("-5", None),
        ("10-20", None),
        ("көп", None),
        ("999999999999", None),
    ],
)
def test_a_sum_is_read_in_som(written: str, som: int | None) -> None:
    assert read_som(written, WORDS.thousands, WORDS.millions) == som


def test_a_heading_says_what_bare_numbers_are_counted_in() -> None:
    assert read_som("1 200,5", WORDS.thousands, WORDS.millions, unit=1000) == 1_200_500


def read(written: str) -> Funding:
    return read_funding(written, {Funding(key): words for key, words in WORDS.funding.items()})


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_words_for_a_source_are_read_as_that_source(language: str) -> None:
    for source in set(Funding) - {Funding.SEVERAL, Funding.OTHER, Funding.UNTOLD}:
        with speaking(language):
            assert read(plan_texts.funding(source)) is source


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("", Funding.UNTOLD),
        ("РӨФ", Funding.REGIONAL),
        ("ФРР", Funding.REGIONAL),
        ("Местный бюджет, ашар", Funding.SEVERAL),
        ("АРИС", Funding.INVESTMENT),
        ("бир жерден", Funding.OTHER),
    ],
)
def test_other_words_for_a_source(written: str, source: Funding) -> None:
    assert read(written) is source
