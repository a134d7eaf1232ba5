"""Who may see which problem, for everybody and in every state."""

from dataclasses import dataclass

import pytest

from bot.domain.problem import PUBLIC, ProblemStatus
from bot.domain.roles import Grant, Resident, Role
from bot.domain.seeing import Sight, sees, sight, was_public

HERE, ELSEWHERE, AUTHOR = 9, 10, 1


@dataclass(frozen=True)
class Report:
    status: str
    municipality_id: int = HERE
    author_id: int | None = AUTHOR


def person(id_: int, lives: int = HERE, *grants: Grant) -> Resident:
    return Resident(id_, 100 + id_, "ky", lives, 1, agreed=True, grants=frozenset(grants))


OTHERS: dict[str, Resident | None] = {
    "a stranger": None,
    "a neighbour": person(2),
    "a resident of another municipality": person(3, ELSEWHERE),
    "an officer": person(4, HERE, Grant(Role.OFFICER, HERE)),
    "a monitor": person(5, HERE, Grant(Role.MONITOR, HERE)),
    "a facilitator of another municipality": person(6, HERE, Grant(Role.FACILITATOR, ELSEWHERE)),
}
KEEPERS = {
    "its author": person(AUTHOR),
    "its author, who has moved": person(AUTHOR, ELSEWHERE),
    "a facilitator": person(7, ELSEWHERE, Grant(Role.FACILITATOR, HERE)),
}
# Whatever a later version may add.
UNKNOWN = "sealed"
STATES = [*ProblemStatus, UNKNOWN]


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("other", OTHERS)
def test_others_see_what_is_public_and_nothing_else(other: str, status: str) -> None:
    expected = Sight.PUBLISHED if status in PUBLIC else Sight.NOTHING
    assert sight(OTHERS[other], Report(status)) is expected
    assert sees(OTHERS[other], Report(status)) is (status in PUBLIC)


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("keeper", KEEPERS)
def test_its_author_and_the_facilitators_see_it_in_every_state(keeper: str, status: str) -> None:
    assert sight(KEEPERS[keeper], Report(status)) is Sight.WHOLE


@pytest.mark.parametrize("status", STATES)
def test_a_report_without_an_author_is_nobodys_own(status: str) -> None:
    assert sees(person(2), Report(status, author_id=None)) is (status in PUBLIC)


def test_what_waits_is_declined_or_joined_is_not_public() -> None:
    hidden = {ProblemStatus.SUBMITTED, ProblemStatus.DECLINED, ProblemStatus.MERGED}
    assert hidden & PUBLIC == set()
    assert UNKNOWN not in PUBLIC


@pytest.mark.parametrize(
    ("status", "before", "expected"),
    [
        (ProblemStatus.PUBLISHED, None, True),
        (ProblemStatus.MERGED, ProblemStatus.PUBLISHED, True),
        (ProblemStatus.MERGED, ProblemStatus.SUBMITTED, False),
        (ProblemStatus.MERGED, None, False),
        (ProblemStatus.DECLINED, ProblemStatus.PUBLISHED, False),
        (UNKNOWN, ProblemStatus.PUBLISHED, False),
    ],
)
def test_a_joined_problem_was_as_public_as_before(status: str, before: str | None, expected: bool) -> None:
    assert was_public(status, before) is expected
