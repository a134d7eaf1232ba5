"""What may become of a public problem: every pair of states is written out."""

import pytest

from bot.domain.outcome import checked_outcome, needs_reason, next_of, require_done
from bot.domain.problem import PUBLIC, ProblemStatus
from bot.domain.refusals import CannotBecome, NoLongerDone, ReasonMissing

# A row for what is, a column for what a facilitator says of it; `x` where that may follow.
TABLE = """
now          submitted published declined merged shortlisted planned left_out doing done reopened hidden
submitted    .         .         .        .      .           .       .        .     .    .        .
published    .         .         .        .      x           x       x        x     x    .        .
declined     .         .         .        .      .           .       .        .     .    .        .
merged       .         .         .        .      .           .       .        .     .    .        .
shortlisted  .         .         .        .      .           x       x        x     x    .        .
planned      .         .         .        .      .           .       x        x     x    .        .
left_out     .         .         .        .      x           x       .        x     x    .        .
doing        .         .         .        .      .           .       x        .     x    .        .
done         .         .         .        .      .           .       .        x     .    .        .
reopened     .         .         .        .      .           x       x        x     x    .        .
hidden       .         .         .        .      .           .       .        .     .    .        .
"""
_HEAD, *_ROWS = [line.split() for line in TABLE.split("\n") if line]
WAYS = {
    (ProblemStatus(now), ProblemStatus(wanted)): sign == "x"
    for now, *signs in _ROWS
    for wanted, sign in zip(_HEAD[1:], signs, strict=True)
}


def test_the_table_has_every_pair() -> None:
    assert set(WAYS) == {(now, wanted) for now in ProblemStatus for wanted in ProblemStatus}


@pytest.mark.parametrize(("pair", "is_allowed"), WAYS.items(), ids=["-".join(pair) for pair in WAYS])
def test_what_may_follow_what(pair: tuple[ProblemStatus, ProblemStatus], *, is_allowed: bool) -> None:
    now, wanted = pair
    assert (wanted in next_of(now)) is is_allowed
    if is_allowed:
        checked_outcome(now, wanted, "Бюджетке батпады")
    else:
        with pytest.raises(CannotBecome):
            checked_outcome(now, wanted, "Бюджетке батпады")


def test_what_may_be_said_is_offered_in_the_order_of_the_way() -> None:
    order = list(ProblemStatus)
    for now in ProblemStatus:
        assert next_of(now) == sorted(next_of(now), key=order.index)


def test_every_public_problem_has_a_way_and_leads_to_another_public_one() -> None:
    assert {now for now in ProblemStatus if next_of(now)} == PUBLIC
    assert {wanted for now in ProblemStatus for wanted in next_of(now)} <= PUBLIC


@pytest.mark.parametrize("words", [None, ""])
def test_only_what_is_left_out_needs_a_reason(words: str | None) -> None:
    assert [status for status in ProblemStatus if needs_reason(status)] == [ProblemStatus.LEFT_OUT]
    with pytest.raises(ReasonMissing):
        checked_outcome(ProblemStatus.PUBLISHED, ProblemStatus.LEFT_OUT, words)
    checked_outcome(ProblemStatus.PUBLISHED, ProblemStatus.PLANNED, words)


def test_what_cannot_follow_is_told_before_a_reason_is_asked_for() -> None:
    with pytest.raises(CannotBecome):
        checked_outcome(ProblemStatus.DONE, ProblemStatus.LEFT_OUT, None)


@pytest.mark.parametrize("now", ProblemStatus)
def test_an_author_answers_only_for_what_is_said_to_be_done(now: ProblemStatus) -> None:
    """The one way that no facilitator can take: the author's "no" makes `done` into `reopened`."""
    if now is ProblemStatus.DONE:
        require_done(now)
    else:
        with pytest.raises(NoLongerDone):
            require_done(now)
