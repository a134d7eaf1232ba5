"""Which of a text is taken out."""

import pytest

from bot.domain.redaction import MARK, redacted, redacted_within


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Это сделал Тайнов.", "тайнов", f"Это сделал {MARK}."),
        ("Үлүш  Өмүров келди", "улуш омуров", f"{MARK} келди"),
        ("зелёный", "ЗЕЛЕНЫЙ", MARK),
        ("тел. +996 (700) 12-34-56!", "996700123456", f"тел. {MARK}!"),
        ("тел. 0700123456", "0700 12 34 56", f"тел. {MARK}"),
        ("a.b и axb", "a.b", f"{MARK} и axb"),
        ("дом 12 и дом 12", "дом 12", f"{MARK} и {MARK}"),
        ("две\nстроки", "две строки", MARK),
        ("ничего", "другое", "ничего"),
        ("ничего", " ", "ничего"),
    ],
)
def test_words_are_found_however_they_are_written(text: str, words: str, left: str) -> None:
    assert redacted(text, [words]) == left


def test_what_is_kept_within_other_things_is_redacted_too() -> None:
    held = {"before": "Тайнов", "after": ["и Тайнов", 5, None, {"x": "тайнов!"}], "on": True}
    left = {"before": MARK, "after": [f"и {MARK}", 5, None, {"x": f"{MARK}!"}], "on": True}
    assert redacted_within(held, ["тайнов"]) == left


def test_nothing_is_taken_out_where_nothing_is_named() -> None:
    assert redacted("Как есть", []) == "Как есть"
