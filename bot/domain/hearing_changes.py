"""What a draft of changes does to a hearing, and whom it concerns."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.hearing import WEIGHTY, Announcement, Wording, changes


@dataclass(frozen=True, slots=True)
class Difference:
    """`fields` are the names of all that differs, in their order."""

    fields: tuple[str, ...] = ()
    # Languages whose readers had to read the other one's topic until now.
    translated: frozenset[str] = frozenset()
    # Villages are invited in addition, and none is left out that was invited before.
    is_wider: bool = False
    # Of `fields`, those that may matter to people who were told.
    matters: tuple[str, ...] = ()

    @property
    def must_be_told(self) -> bool:
        """Whether everybody who was told hears of it, whatever the officer chooses."""
        return not WEIGHTY.isdisjoint(self.fields)

    @property
    def may_be_told(self) -> bool:
        """Whether the officer decides if those who were told hear of it."""
        return bool(self.matters) and not self.must_be_told


def difference(before: Announcement, after: Announcement, besides: Collection[str] = ()) -> Difference:
    """`besides` are fields whose contents differ though the announcement speaks of them alike."""
    differing = {*changes(before, after), *besides}
    fields = tuple(name for name in Announcement.__slots__ if name in differing)
    translated = after.topic.languages - before.topic.languages
    is_wider = _is_wider(before, after)
    passed_over = set()
    if is_wider:
        passed_over.add("villages")
    if _only_adds(before.topic, after.topic):
        passed_over.add("topic")
    # An agenda translated together with the topic is told with it.
    if _only_adds(before.agenda, after.agenda) and _added(before.agenda, after.agenda) <= translated:
        passed_over.add("agenda")
    matters = tuple(name for name in fields if name not in passed_over)
    return Difference(fields, translated, is_wider, matters)


def _is_wider(before: Announcement, after: Announcement) -> bool:
    if before.villages == after.villages or not before.villages:
        return False
    return not after.villages or set(before.villages) < set(after.villages)


def _added(before: Wording, after: Wording) -> frozenset[str]:
    return after.languages - before.languages


def _only_adds(before: Wording, after: Wording) -> bool:
    """Whether a language is added to words that stay as they are."""
    kept = all(getattr(before, language) == getattr(after, language) for language in before.languages)
    return kept and bool(before.languages) and bool(_added(before, after))
