"""Who is shown a thing: nobody what is not there, and only those who hold a role where it belongs."""

from dataclasses import dataclass

import pytest

from bot.domain.refusals import Gone, NotAllowed
from bot.domain.roles import PLANNERS, Grant, Resident, Role, allowed

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
