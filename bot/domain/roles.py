"""Who may do what: roles are held in one municipality each."""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.domain.refusals import Gone, NotAllowed


class Role(StrEnum):
    FACILITATOR = "facilitator"
    OFFICER = "officer"
    MONITOR = "monitor"


# What opens the workplace of a role from the menu; not every role has one.
COMMAND_OF = {Role.FACILITATOR: "desk", Role.OFFICER: "office"}
# Who publishes the plan and keeps it true.
PLANNERS = (Role.OFFICER, Role.FACILITATOR)
# What is told to those who hold a role, by the kind of the delivery; nobody hears it who holds it no longer.
TOLD_TO: dict[str, tuple[Role, ...]] = {
    "inquiry.answered": (Role.FACILITATOR,),
    "problem.reopened": (Role.FACILITATOR,),
    "question.asked": (Role.OFFICER,),
    "plan.round": (Role.OFFICER,),
    "plan.contradicted": PLANNERS,
    "chat.linked": (Role.OFFICER,),
}


def kinds_told(roles: Collection[Role]) -> set[str]:
    """The kinds of deliveries that holders of any of these roles are told."""
    return {kind for kind, told in TOLD_TO.items() if set(told) & set(roles)}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held in one municipality."""

    role: Role
    municipality_id: int


@dataclass(frozen=True, slots=True)
class Resident:
    """A person as the bot knows them at one update; no name is stored, only the Telegram number."""

    id: int
    telegram_id: int
    language: str
    municipality_id: int | None
    village_id: int | None
    agreed: bool
    blocked: bool = False
    awaiting: str | None = None
    awaiting_id: int | None = None
    # Whether they were asked for their sex and age group, and said something or would rather not.
    asked_of_self: bool = False
    # The keyed hash of their number on which hangs what is remembered of whoever was forgotten and is back.
    number_hash: str = field(default="", repr=False)
    grants: frozenset[Grant] = frozenset()

    @property
    def is_settled(self) -> bool:
        """Whether /start was gone through to the end."""
        return self.agreed and self.municipality_id is not None and self.village_id is not None

    def is_asked(self, *beginnings: str) -> bool:
        """Whether an answer is awaited to a question whose name begins so."""
        return (self.awaiting or "").startswith(beginnings)

    def municipalities_as(self, role: Role) -> list[int]:
        return sorted(grant.municipality_id for grant in self.grants if grant.role is role)

    def require(self, role: Role, municipality_id: int) -> None:
        """Refuse unless this person holds `role` in that very municipality."""
        self.require_one_of((role,), municipality_id)

    def holds(self, role: Role, municipality_id: int) -> bool:
        return Grant(role, municipality_id) in self.grants

    def is_one_of(self, roles: Collection[Role], municipality_id: int) -> bool:
        return any(self.holds(role, municipality_id) for role in roles)

    def require_one_of(self, roles: Collection[Role], municipality_id: int) -> None:
        """Refuse unless this person holds one of `roles` in that very municipality."""
        if not self.is_one_of(roles, municipality_id):
            raise NotAllowed(roles, municipality_id)


class OfMunicipality(Protocol):
    @property
    def municipality_id(self) -> int: ...


Thing = TypeVar("Thing", bound=OfMunicipality)


def allowed(resident: Resident, found: Thing | None, *roles: Role) -> Thing:
    """The thing that was found, for somebody who holds one of `roles` in its municipality.

    Refuses with Gone when nothing was found, and with NotAllowed anybody else.
    """
    if found is None:
        raise Gone
    resident.require_one_of(roles, found.municipality_id)
    return found
