"""Rules of a report's words."""

import pytest

from bot.data import missing_objects
from bot.domain.problem import Step, names_only_a_building
from bot.domain.refusals import TextTooLong, TextTooShort
from bot.domain.text import checked_text, shortened
from bot.domain.text_folding import fold


def test_a_text_is_trimmed_and_its_bounds_are_kept() -> None:
    assert checked_text("  " + "а" * 10 + " ") == "а" * 10
    assert len(checked_text("а" * 1000)) == 1000
    with pytest.raises(TextTooShort) as short:
        checked_text("а" * 9)
    assert (short.value.at_least, short.value.length) == (10, 9)
    with pytest.raises(TextTooLong) as long:
        checked_text("а" * 1001)
    assert (long.value.at_most, long.value.length) == (1000, 1001)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Спортзал жок", True),
        ("Нет спортзала", True),
        ("Нужен детский садик", True),
        ("Айылыбызда бала бакча жок.", True),
        ("Дети ходят в школу за три километра по обочине", False),
        ("Жолдор бузулган, автобус жүрбөйт", False),
        ("Спортзал жок. " + "Кышында балдар эшикте машыгат, ооруп калышат. " * 3, False),
    ],
)
def test_a_hint_is_due_when_only_a_missing_building_is_named(text: str, bare: bool) -> None:
    words = missing_objects()

    assert names_only_a_building(text, words.buildings, words.lacks) is bare


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Өзгөн", "озгон"), ("чоң-алай", "ЧОН АЛАЙ"), ("Гүлстан", "гулстан"), ("Кёл-Чаты", "кел чаты")],
)
def test_missing_letters_case_and_hyphens_do_not_matter(written: str, meant: str) -> None:
    assert fold(written) == fold(meant)


def test_a_shortened_text_is_one_line_that_fits() -> None:
    assert shortened("Суу\n жок", 20) == "Суу жок"
    cut = shortened("Жогорку көчөдөгү көпүрө бузулган", 20)
    assert len(cut) <= 20
    assert cut.endswith("…")


def test_steps_lead_from_the_first_question_to_the_preview_and_back() -> None:
    walked = [Step.TEXT]
    while walked[-1] is not Step.PREVIEW:
        walked.append(walked[-1].next)
    assert walked == list(Step)
    assert Step.TEXT.previous is None
    assert Step.PREVIEW.next is Step.PREVIEW
