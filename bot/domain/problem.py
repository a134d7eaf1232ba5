"""A local problem, from the resident's draft to its place on the list."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.text import LONGEST_TEXT
from bot.domain.text_folding import fold

LONGEST_WHO = 200
# What was written out of the blue is kept up to here until its author says whether it is a problem: about
# as much as one message of Telegram holds.
LONGEST_OFFER = 4 * LONGEST_TEXT
LONGEST_REASON = 300
MOST_ATTACHMENTS = 3
# Longer than this, a text that names a building mostly tells the need behind it as well.
_LONGEST_BARE_WISH = 80


class ProblemStatus(StrEnum):
    """How far a problem has come. What is merged is spoken for by another one."""

    SUBMITTED = "submitted"
    PUBLISHED = "published"
    DECLINED = "declined"
    MERGED = "merged"
    SHORTLISTED = "shortlisted"
    PLANNED = "planned"
    LEFT_OUT = "left_out"  # not in the plan, for a reason
    DOING = "doing"
    DONE = "done"
    REOPENED = "reopened"  # said to be done, and its author says it is not
    HIDDEN = "hidden"  # taken from the screens by a facilitator, who can show it again


# What everybody may read. Each state is named: one that is not, such as one added later, is hidden.
PUBLIC = frozenset(
    {
        ProblemStatus.PUBLISHED,
        ProblemStatus.SHORTLISTED,
        ProblemStatus.PLANNED,
        ProblemStatus.LEFT_OUT,
        ProblemStatus.DOING,
        ProblemStatus.DONE,
        ProblemStatus.REOPENED,
    }
)
# What a vote is about: all that is public and neither planned nor dealt with.
OPEN_TO_VOTE = frozenset(
    {ProblemStatus.PUBLISHED, ProblemStatus.SHORTLISTED, ProblemStatus.LEFT_OUT, ProblemStatus.REOPENED}
)


class Word(StrEnum):
    """What author and supporters hear of their problem, step by step."""

    PUBLISHED = "published"
    DECLINED = "declined"
    MERGED = "merged"
    SPLIT = "split"
    SHORTLISTED = "shortlisted"
    RANKED = "ranked"  # a vote was counted, and this is its place
    PLANNED = "planned"
    LEFT_OUT = "left_out"
    DOING = "doing"
    DONE = "done"
    REOPENED = "reopened"
    HIDDEN = "hidden"
    SHOWN = "shown"  # again, after it was hidden
    WAITING = "waiting"  # again, after a verdict was taken back


@dataclass(frozen=True, slots=True)
class Wording:
    """A problem in words; `text` is empty while nobody has put a voice note or photo into words.

    `original` is what its author wrote, once somebody has worded it anew. `is_removed`: it was declined, and
    its text erased after a time.
    """

    text: str
    language: str
    translation: str | None = None
    original: str | None = None
    is_removed: bool = False

    def read_in(self, language: str) -> str:
        return self.translation if self.translation and language != self.language else self.text

    def is_translated_in(self, language: str) -> bool:
        return bool(self.translation) and language != self.language


class DeclineReason(StrEnum):
    UNCLEAR = "unclear"
    PRIVATE_MATTER = "private"
    OTHER_MUNICIPALITY = "elsewhere"
    OFFENSIVE = "offensive"
    DUPLICATE = "duplicate"
    OWN_WORDS = "own"


class HideReason(StrEnum):
    PERSONAL_DATA = "personal"
    INSULT = "insult"
    NOT_TRUE = "untrue"
    DUPLICATE = "duplicate"
    OWN_WORDS = "own"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Why a problem is hidden: this stands in the place of its text wherever its line has to stay."""

    reason: HideReason
    words: str | None = None


class MediaKind(StrEnum):
    PHOTO = "photo"
    VOICE = "voice"
    LOCATION = "location"

    @property
    def is_public_unasked(self) -> bool:
        """Whether residents see it with a published problem unless its author says otherwise.

        A voice tells who speaks, so its author has to agree.
        """
        return self is not MediaKind.VOICE


class Purpose(StrEnum):
    """What an attachment is for."""

    REPORT = "report"
    UNSOLVED = "unsolved"  # shows that a problem said to be done is not
    ANSWER = "answer"  # its author's answer to a facilitator, for the desk alone


@dataclass(frozen=True, slots=True)
class Media:
    """A photo or voice note by its Telegram file, or a place by its coordinates in degrees."""

    kind: MediaKind
    file_id: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class Sufferers(StrEnum):
    """Whom a problem touches, for those who would rather tap than type."""

    EVERYONE = "everyone"
    CHILDREN = "children"
    WOMEN = "women"
    YOUTH = "youth"
    ELDERS = "elders"
    FARMERS = "farmers"


class Step(StrEnum):
    """The questions of a report, in their order; the last one is the preview."""

    TEXT = "text"
    VILLAGE = "village"
    TOPIC = "topic"
    WHO = "who"
    MEDIA = "media"
    PREVIEW = "preview"

    @property
    def next(self) -> "Step":
        steps = list(Step)
        return steps[min(steps.index(self) + 1, len(steps) - 1)]

    @property
    def previous(self) -> "Step | None":
        place = list(Step).index(self)
        return list(Step)[place - 1] if place else None

    @property
    def number(self) -> int:
        return list(Step).index(self) + 1


QUESTIONS = len(Step) - 1


def names_only_a_building(text: str, buildings: Iterable[str], lacks: Iterable[str]) -> bool:
    """Whether a short text asks for an object ("no sports hall") without the need behind it.

    `buildings` and `lacks` are folded word beginnings, so that case endings do not matter.
    """
    if len(text) > _LONGEST_BARE_WISH:
        return False
    words = fold(text).split()
    return any(_begins(words, buildings)) and any(_begins(words, lacks))


def _begins(words: list[str], beginnings: Iterable[str]) -> Iterable[bool]:
    starts = tuple(beginnings)
    return (word.startswith(starts) for word in words)
