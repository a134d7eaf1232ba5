"""How a message to many went out, in numbers that add up."""

import pytest

from bot.domain.dispatch import CHOSEN, Counts, counted, total
from bot.domain.notices import Failure


@pytest.mark.parametrize(
    ("failure", "is_sent", "wanted"),
    [
        (None, True, Counts(sent=4)),
        (None, False, Counts(waiting=4)),
        ("blocked", False, Counts(failures={Failure.BLOCKED: 4})),
        # It went out in the end, whatever had failed before.
        ("refused", True, Counts(sent=4)),
    ],
)
def test_every_recipient_is_counted_once(failure: str | None, is_sent: bool, wanted: Counts) -> None:
    found = counted(4, failure, is_sent=is_sent)
    assert found == wanted
    assert found.recipients == 4


@pytest.mark.parametrize("failure", Failure)
def test_what_people_chose_is_no_trouble(failure: Failure) -> None:
    assert Counts(failures={failure: 1}).unreachable == (failure not in CHOSEN)
    assert Counts(failures={failure: 1}).not_sent == 1


def test_parts_add_up_failure_by_failure() -> None:
    parts = [
        Counts(1, 2, {Failure.BLOCKED: 3, Failure.MUTED: 1}),
        Counts(10, 20, {Failure.BLOCKED: 30, Failure.GONE: 2}),
    ]
    whole = total(parts)
    assert whole == Counts(11, 22, {Failure.BLOCKED: 33, Failure.MUTED: 1, Failure.GONE: 2})
    assert whole.recipients == sum(each.recipients for each in parts)
    assert total([]) == Counts()


@pytest.mark.parametrize(
    ("counts", "share"),
    [
        (Counts(), 1.0),
        (Counts(waiting=3), 0.0),
        (Counts(sent=1, waiting=2), 0.33),
        (Counts(sent=1, waiting=1, failures={Failure.GONE: 2}), 0.75),
        (Counts(sent=9999, waiting=1), 0.99),
        (Counts(sent=1), 1.0),
        (Counts(failures={Failure.REFUSED: 1}), 1.0),
    ],
)
def test_all_is_done_only_when_nothing_waits(counts: Counts, share: float) -> None:
    assert counts.share == share
