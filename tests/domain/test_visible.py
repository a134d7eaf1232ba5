"""What nobody sees is no text, and what turns the direction of writing is taken out."""

import pytest

from bot.domain.question import SHORTEST_QUESTION, checked_name
from bot.domain.refusals import Refusal, TextTooShort, WordsExpected
from bot.domain.spreadsheet_safety import clean
from bot.domain.text import LONGEST_TEXT, checked_text, cut_to
from bot.domain.visible import visible


@pytest.mark.parametrize(
    "typed", ["\u200b" * 20, "\u2800" * 20, "\u3164" * 20, "\u115f\u1160" * 10, "\u2060\ufeff\u200e" * 9]
)
def test_what_shows_nothing_is_empty(typed: str) -> None:
    assert visible(typed) == ""
    with pytest.raises(TextTooShort):
        checked_text(typed)
    with pytest.raises(TextTooShort):
        checked_name(typed)


@pytest.mark.parametrize("typed", ["\u0301" * 20, "." * 20, "🙂" * 20, "- " * 20, "👨\u200d👩\u200d👧" * 5])
def test_what_must_be_told_holds_letters(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked_text(typed)
    assert isinstance(refused.value, WordsExpected | TextTooShort)


@pytest.mark.parametrize("typed", ["1234567890123", "0700 123 456", "15.06.2026 12:00", "٠١٢٣٤٥٦٧٨٩"])
def test_figures_alone_are_no_sentence(typed: str) -> None:
    with pytest.raises(WordsExpected):
        checked_text(typed)
    with pytest.raises(WordsExpected):
        checked_text(typed, SHORTEST_QUESTION)
    assert checked_text(f"{typed} суу", SHORTEST_QUESTION) == f"{typed} суу"


def test_what_need_not_be_told_may_be_empty() -> None:
    assert checked_text("\u200b", 0, 10) == ""
    assert checked_text("15", 2, 10) == "15"


@pytest.mark.parametrize("turning", ["\u202e", "\u202a", "\u2066", "\u2069", "\u200f", "\u061c"])
def test_no_direction_reaches_the_words_after_it(turning: str) -> None:
    assert checked_text(f"Мост сломан {turning}абвг {turning}<b>") == "Мост сломан абвг <b>"


@pytest.mark.parametrize(
    "typed",
    [
        "👨\u200d👩\u200d👧\u200d👦",
        "❤\ufe0f",
        "1\ufe0f\u20e3",
        "🤷🏽\u200d♀\ufe0f",
        "🏳\ufe0f\u200d🌈",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "🇰🇬",
        "\U0001fae8",
        "Өрүк, үй, аң\nэкинчи сап\tжана №5 — «сөз»",
    ],
)
def test_emoji_and_letters_stay_as_they_were_typed(typed: str) -> None:
    assert visible(typed) == typed


def test_a_joiner_between_letters_and_a_lone_selector_go() -> None:
    assert visible("ай\u200dыл") == "айыл"
    assert visible("ай\ufe0fыл\ufe0f") == "айыл"


def test_letters_come_composed_and_accents_are_not_heaped_up() -> None:
    assert visible("и\u0306од") == "йод"
    assert visible("а" + "\u0301" * 40 + "йыл") == "а\u0301\u0301йыл"


def test_an_accent_on_no_letter_goes() -> None:
    assert visible("\u0300\u0300суу \u0301жок\n\u0489") == "суу жок\n"


def test_cells_of_a_file_hold_nothing_invisible_either() -> None:
    assert clean("Көпүрө\u202e\x07 \u200bоңдоо") == "Көпүрө оңдоо"


def test_a_text_is_cut_at_a_word_and_never_longer() -> None:
    assert cut_to("кыска", 10) == "кыска"
    assert cut_to("биринчи экинчи үчүнчү", 16) == "биринчи экинчи"
    assert len(cut_to("ө" * 3000, LONGEST_TEXT)) == LONGEST_TEXT
