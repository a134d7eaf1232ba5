"""What is told of hearings: from the facts of a delivery to its message."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain.hearing import Announcement, HearingNotice
from bot.features.hearings.notices import notice_screens as screens
from bot.telegram.screen import Screen


def announced(facts: Mapping[str, Any]) -> Screen:
    return screens.told(Announcement.from_facts(facts))


def translated(facts: Mapping[str, Any]) -> Screen:
    return screens.heard_translated(Announcement.from_facts(facts))


def changed(facts: Mapping[str, Any]) -> Screen:
    before, after = Announcement.from_facts(facts["before"]), Announcement.from_facts(facts)
    return screens.heard_changed(before, after, facts["changed"])


def cancelled(facts: Mapping[str, Any]) -> Screen:
    return screens.heard_cancelled(Announcement.from_facts(facts), facts["reason"])


def reminder(facts: Mapping[str, Any]) -> Screen:
    return screens.heard_reminder(Announcement.from_facts(facts), datetime.now(UTC))


def posted(facts: Mapping[str, Any]) -> Screen:
    """A change or a cancellation is posted under the same kind, with the facts of its private notice."""
    hearing, bot_username = Announcement.from_facts(facts), facts["bot_username"]
    if "reason" in facts:
        return screens.posted_cancellation(hearing, facts["reason"], bot_username)
    if "changed" in facts:
        before = Announcement.from_facts(facts["before"])
        return screens.posted_change(before, hearing, facts["changed"], bot_username)
    return screens.posted(hearing, bot_username)


RENDERERS: dict[str, Callable[[Mapping[str, Any]], Screen]] = {
    HearingNotice.ANNOUNCED: announced,
    HearingNotice.TRANSLATED: translated,
    HearingNotice.CHANGED: changed,
    HearingNotice.CANCELLED: cancelled,
    HearingNotice.REMINDER: reminder,
    HearingNotice.POSTED: posted,
}
