"""When questions are asked and answers recorded, and what is read of a name and a number."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.hearing import HearingStatus
from bot.domain.question import (
    LONGEST_SIGNED,
    MOST_PRESENT,
    Counts,
    checked_name,
    checked_presence,
    require_begun,
    require_open_for_questions,
)
from bot.domain.refusals import (
    HearingCalledOff,
    HearingNotBegun,
    NumberNotUnderstood,
    NumberOutOfRange,
    QuestionsClosed,
    Refusal,
    TextTooLong,
    TextTooShort,
)

STARTS = datetime(2026, 9, 23, 8, 0, tzinfo=UTC)
ANNOUNCED, CANCELLED = HearingStatus.ANNOUNCED, HearingStatus.CANCELLED


def test_questions_are_asked_until_the_record_is_public() -> None:
    require_open_for_questions(ANNOUNCED, None)
    with pytest.raises(QuestionsClosed):
        require_open_for_questions(ANNOUNCED, STARTS)


def test_nothing_is_recorded_before_the_first_word_is_said() -> None:
    require_begun(ANNOUNCED, STARTS, STARTS)
    with pytest.raises(HearingNotBegun) as refused:
        require_begun(ANNOUNCED, STARTS, STARTS - timedelta(seconds=1))
    assert refused.value.starts_at == STARTS


def test_of_a_hearing_that_is_called_off_nothing_else_is_said() -> None:
    with pytest.raises(HearingCalledOff):
        require_open_for_questions(CANCELLED, STARTS)
    with pytest.raises(HearingCalledOff):
        require_begun(CANCELLED, STARTS, STARTS - timedelta(days=1))


def test_a_name_is_one_line_within_its_bounds() -> None:
    assert checked_name("  Айгүл \n Асанова ") == "Айгүл Асанова"
    with pytest.raises(TextTooShort):
        checked_name(" А\n")
    with pytest.raises(TextTooLong):
        checked_name("а" * (LONGEST_SIGNED + 1))


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("0", 0), ("42", 42), (" 1 200 ", 1200), ("1\u00a0200", 1200), ("100 000", MOST_PRESENT), ("007", 7)],
)
def test_a_number_of_people_is_read(typed: str, wanted: int) -> None:
    assert checked_presence(typed) == wanted


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", NumberNotUnderstood),
        ("жүз", NumberNotUnderstood),
        ("-5", NumberNotUnderstood),
        ("12,5", NumberNotUnderstood),
        ("٤٢", NumberNotUnderstood),
        ("4²", NumberNotUnderstood),
        ("100001", NumberOutOfRange),
        ("9" * 5000, NumberOutOfRange),
    ],
)
def test_any_other_number_is_refused(typed: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        checked_presence(typed)


@pytest.mark.parametrize(
    ("counts", "undecided"),
    [(Counts(), 0), (Counts(proposals=5), 5), (Counts(proposals=6, accepted=3, partly=2, declined=1), 0)],
)
def test_a_proposal_is_undecided_until_it_is_accepted_partly_or_declined(
    counts: Counts, undecided: int
) -> None:
    assert counts.undecided == undecided
