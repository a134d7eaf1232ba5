"""Who may do what: roles are held in one municipality each."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.refusals import NotAllowed


class Role(StrEnum):
    FACILITATOR = "facilitator"
    OFFICER = "officer"
    MONITOR = "monitor"


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
    grants: frozenset[Grant] = frozenset()

    @property
    def is_settled(self) -> bool:
        """Whether /start was gone through to the end."""
        return self.agreed and self.municipality_id is not None and self.village_id is not None

    def municipalities_as(self, role: Role) -> list[int]:
        return sorted(grant.municipality_id for grant in self.grants if grant.role is role)

    def require(self, role: Role, municipality_id: int) -> None:
        """Refuse unless this person holds `role` in that very municipality."""
        if Grant(role, municipality_id) not in self.grants:
            raise NotAllowed
