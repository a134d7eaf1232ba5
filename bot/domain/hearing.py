"""A public hearing: what it is about, when and where, who comes, what is asked, and what came of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.places import Name

LONGEST_TOPIC = 200
LONGEST_AGENDA = 1200
LONGEST_PLACE = 200
LONGEST_ORGANISER = 120
LONGEST_QUESTION = 1000
MOST_DOCUMENTS = 8
# The greatest number of days ahead that a hearing may be announced.
FARTHEST_DAYS = 366


class HearingKind(StrEnum):
    DRAFT_BUDGET = "draft_budget"
    BUDGET_EXECUTION = "execution"
    PLAN = "plan"
    PROGRAMME = "programme"
    OTHER = "other"


class HearingStatus(StrEnum):
    DRAFT = "draft"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"


class HearingNotice(StrEnum):
    """What is told about a hearing; the names of deliveries, so they never change."""

    ANNOUNCED = "hearing.announced"
    # In the other language, to those who first got it untranslated.
    TRANSLATED = "hearing.translated"
    CHANGED = "hearing.changed"
    CANCELLED = "hearing.cancelled"
    REMINDER = "hearing.reminder"
    POSTED = "hearing.posted"  # in the municipality's group or channel, in both languages
    ANSWERED = "hearing.answered"
    RECORD = "hearing.record"


class Rule(StrEnum):
    """What a municipality settles for its hearings.

    The notice in days before, the reminders in hours before; questions are shown at once (1), or officers
    see them first (0).
    """

    NOTICE_DAYS = "notice"
    FIRST_REMINDER = "first"
    SECOND_REMINDER = "second"
    QUESTIONS = "asked"


class QuestionKind(StrEnum):
    QUESTION = "question"
    PROPOSAL = "proposal"


class Decision(StrEnum):
    """What became of a proposal."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Wording:
    """The same words in both languages, of which one may be missing."""

    ky: str | None = None
    ru: str | None = None

    @property
    def languages(self) -> frozenset[str]:
        """Those it has been written in."""
        return frozenset(code for code, words in (("ky", self.ky), ("ru", self.ru)) if words)

    def read_in(self, language: str) -> str:
        """The words for a reader of `language`: the other language's where there are no own ones."""
        first, second = (self.ky, self.ru) if language == "ky" else (self.ru, self.ky)
        return first or second or ""


@dataclass(frozen=True, slots=True)
class Announcement:
    """A hearing as it was told at one moment; kept with what was sent, so it never changes afterwards."""

    hearing_id: int
    municipality: Name
    kind: HearingKind
    topic: Wording
    agenda: Wording
    starts_at: datetime
    place: str
    has_pin: bool
    organiser: str
    phone: str
    documents: int
    # Empty when the whole municipality is invited.
    villages: tuple[Name, ...] = ()

    def is_told_in(self, language: str) -> bool:
        """Whether a reader of `language` gets the topic in it."""
        return language in self.topic.languages

    def as_facts(self) -> dict[str, Any]:
        """For a JSON column; `from_facts` reads it back."""
        return {**asdict(self), "starts_at": self.starts_at.isoformat()}

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> "Announcement":
        """Read what `as_facts` wrote; other entries of `facts` are passed over."""
        own = {name: facts[name] for name in cls.__slots__}
        return cls(
            **{
                **own,
                "municipality": Name(**own["municipality"]),
                "kind": HearingKind(own["kind"]),
                "topic": Wording(**own["topic"]),
                "agenda": Wording(**own["agenda"]),
                "starts_at": datetime.fromisoformat(own["starts_at"]),
                "villages": tuple(Name(**each) for each in own["villages"]),
            }
        )


# What those who were told must hear of when it changes; all else may be corrected in silence.
WEIGHTY = frozenset({"starts_at", "place", "kind"})


def changes(before: Announcement, after: Announcement) -> tuple[str, ...]:
    """The names of the fields that differ, in their order."""
    return tuple(name for name in Announcement.__slots__ if getattr(before, name) != getattr(after, name))
