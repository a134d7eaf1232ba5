"""Who is shown a thing: nobody what is not there, and only those who hold a role where it belongs."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from bot.domain.refusals import Gone, NotAllowed
from bot.domain.roles import PLANNERS, TOLD_TO, Grant, Resident, Role, allowed, kinds_told

HERE, ELSEWHERE = 1, 2


@dataclass(frozen=True)
class Thing:
    municipality_id: int


def holder(*roles: Role, at: int = HERE) -> Resident:
    grants = frozenset(Grant(role, at) for role in roles)
    return Resident(1, 11, "ky", HERE, 1, agreed=True, grants=grants)


def test_whoever_holds_the_role_where_a_thing_belongs_is_given_it() -> None:
    thing = Thing(HERE)
    assert allowed(holder(Role.OFFICER), thing, Role.OFFICER) is thing


@pytest.mark.parametrize("role", PLANNERS)
def test_one_of_several_roles_is_enough(role: Role) -> None:
    assert allowed(holder(role), Thing(HERE), *PLANNERS) == Thing(HERE)


@pytest.mark.parametrize(
    "resident",
    [holder(), holder(Role.MONITOR), holder(Role.OFFICER, at=ELSEWHERE)],
    ids=["nobody", "another role", "elsewhere"],
)
def test_anybody_else_is_refused_with_the_roles_and_the_place(resident: Resident) -> None:
    with pytest.raises(NotAllowed) as refused:
        allowed(resident, Thing(HERE), *PLANNERS)
    assert (refused.value.roles, refused.value.municipality_id) == (PLANNERS, HERE)


def test_of_what_is_not_there_everybody_hears_the_same() -> None:
    for resident in (holder(), holder(Role.OFFICER)):
        with pytest.raises(Gone):
            allowed(resident, None, Role.OFFICER)


def test_where_no_role_is_named_nobody_is_let_in() -> None:
    with pytest.raises(NotAllowed):
        allowed(holder(*Role), Thing(HERE))


@pytest.mark.parametrize(
    ("awaiting", "is_asked"),
    [("wording:text", True), ("redact", True), ("words", False), (None, False)],
)
def test_a_question_is_known_by_its_name_or_by_how_it_begins(awaiting: str | None, *, is_asked: bool) -> None:
    resident = Resident(1, 11, "ky", HERE, 1, agreed=True, awaiting=awaiting)
    assert resident.is_asked("wording:", "redact") is is_asked


@pytest.mark.parametrize(
    ("roles", "heard", "not_heard"),
    [
        ([], set(), {"inquiry.answered", "question.asked", "plan.contradicted"}),
        ([Role.FACILITATOR], {"inquiry.answered", "problem.reopened", "plan.contradicted"}, {"plan.round"}),
        (
            [Role.OFFICER],
            {"question.asked", "plan.round", "plan.contradicted", "chat.linked"},
            {"problem.reopened"},
        ),
        ([Role.MONITOR], set(), {"plan.contradicted"}),
        (PLANNERS, {"problem.reopened", "question.asked", "plan.contradicted"}, set()),
    ],
)
def test_what_holders_of_roles_are_told(roles: Sequence[Role], heard: set[str], not_heard: set[str]) -> None:
    told = kinds_told(roles)
    assert heard <= told
    assert not told & not_heard
    assert told <= set(TOLD_TO)


def test_roles_are_held_in_one_municipality_each() -> None:
    grants = frozenset({Grant(Role.OFFICER, 7), Grant(Role.OFFICER, 3), Grant(Role.MONITOR, 5)})
    resident = Resident(1, 11, "ky", HERE, 1, agreed=True, grants=grants)
    assert resident.municipalities_as(Role.OFFICER) == [3, 7]
    assert resident.municipalities_as(Role.FACILITATOR) == []
    assert resident.holds(Role.MONITOR, 5)
    assert not resident.holds(Role.MONITOR, 3)


@pytest.mark.parametrize(
    ("municipality_id", "village_id", "agreed", "is_settled"),
    [(1, 2, True, True), (None, 2, True, False), (1, None, True, False), (1, 2, False, False)],
)
def test_only_whoever_has_said_where_they_live_and_agreed_is_settled(
    municipality_id: int | None, village_id: int | None, agreed: bool, is_settled: bool
) -> None:
    resident = Resident(1, 11, "ky", municipality_id, village_id, agreed=agreed)
    assert resident.is_settled is is_settled


def test_a_number_s_hash_never_stands_in_a_log() -> None:
    resident = Resident(1, 11, "ky", HERE, 1, agreed=True, number_hash="5ecre7")
    assert "5ecre7" not in repr(resident)
