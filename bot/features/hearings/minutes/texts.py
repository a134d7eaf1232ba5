"""Words of the record of a hearing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.domain.hearing import Announcement
from bot.domain.question import Counts
from bot.features.hearings import hearing_texts
from bot.features.hearings.minutes.queries import Record
from bot.features.hearings.questions import list_texts, screening_texts, texts
from bot.i18n import _, day, fill, ngettext, number


def editing(record: Record) -> Markup:
    """What the officer has written down so far."""
    lines = [
        _known(_("👥 Women present: <b>{count}</b>"), record.women),
        _known(_("👥 Men present: <b>{count}</b>"), record.men),
        fill(_("📄 Minutes: attached")) if record.minutes else fill(_("📄 Minutes: none")),
        *asked(record.counts),
    ]
    if record.counts.waiting:
        lines.append(screening_texts.waiting_line(record.counts.waiting))
    parts = [
        fill(_("📄 <b>Record of the hearing</b>")),
        texts.heading(record.hearing),
        Markup("\n").join(lines),
    ]
    if record.hearing.recorded_at:
        parts.append(sent(record.hearing.recorded_at, record.corrected_at))
    return Markup("\n\n").join(parts)


def _known(words: str, count: int | None) -> Markup:
    return fill(words, count="—" if count is None else number(count))


def asked(counts: Counts) -> list[Markup]:
    """What was asked and proposed, and what became of it, a line each."""
    lines = [fill(_("❓ Questions: <b>{count}</b>"), count=number(counts.questions))]
    if counts.unanswered:
        lines.append(fill(_("— without an answer: {count}"), count=number(counts.unanswered)))
    lines.append(fill(_("💬 Proposals: <b>{count}</b>"), count=number(counts.proposals)))
    for words, count in (
        (_("— accepted: {count}"), counts.accepted),
        (_("— accepted in part: {count}"), counts.partly),
        (_("— declined: {count}"), counts.declined),
        (_("— not decided yet: {count}"), counts.undecided),
        (_("— hidden, of all: {count}"), counts.hidden),
    ):
        if count:
            lines.append(fill(words, count=number(count)))
    return lines


def sent(recorded_at: datetime, corrected_at: datetime | None) -> Markup:
    told = fill(_("The record was sent: {day}."), day=day(recorded_at))
    if corrected_at is None:
        return told
    return told + Markup("\n") + list_texts.corrected(corrected_at)


def women() -> str:
    return _("👥 Women")


def men() -> str:
    return _("👥 Men")


def minutes() -> str:
    return _("📄 Minutes")


def from_hall() -> str:
    return _("✏️ Add what was said in the hall")


def to_answer() -> str:
    return _("❓ Answer and decide")


def send() -> str:
    return _("Send the record")


def tell_again() -> str:
    return _("🔔 Tell of the correction")


def how_many_women() -> Markup:
    return fill(_("👥 <b>How many women were present?</b>\nType the number, for example 56."))


def how_many_men() -> Markup:
    return fill(_("👥 <b>How many men were present?</b>\nType the number, for example 99."))


def send_minutes() -> Markup:
    return fill(_("📄 <b>Send the minutes here</b>, as a file or a photo.\nThe record can do without them."))


def without_minutes() -> str:
    return _("Without minutes")


def sure(record: Record, followers: int) -> Markup:
    counts = record.counts
    parts = [fill(_("📄 <b>Send the record now?</b>\nEverybody can read it from then on."))]
    told = ngettext(
        "It will be sent to {count} resident who follows the hearing.",
        "It will be sent to {count} residents who follow the hearing.",
        followers,
    )
    parts.append(fill(told, count=number(followers)))
    if counts.undecided:
        parts.append(
            fill(_("⚠️ Proposals without a decision: <b>{count}</b>"), count=number(counts.undecided))
        )
    if counts.unanswered:
        parts.append(
            fill(_("⚠️ Questions without an answer: <b>{count}</b>"), count=number(counts.unanswered))
        )
    if counts.waiting:
        parts.append(
            fill(_("⚠️ Waiting for you, not in the record: <b>{count}</b>"), count=number(counts.waiting))
        )
    return Markup("\n\n").join(parts)


def yes_send() -> str:
    return _("Yes, send it")


def told_toast() -> str:
    return _("Those who follow the hearing will be told.")


def record(facts: Mapping[str, Any]) -> Markup:
    """The public record, as it stands or as it was told."""
    counts = Counts(**facts["counts"])
    present = number(facts["women"] + facts["men"])
    lines = [
        fill(_("👥 Present: <b>{all}</b>"), all=present),
        fill(_("— women: {count}"), count=number(facts["women"])),
        fill(_("— men: {count}"), count=number(facts["men"])),
        *asked(counts),
    ]
    hearing = Announcement.from_facts(facts)
    parts = [
        fill(_("📄 <b>Record of the hearing</b>")),
        hearing_texts.title(hearing),
        hearing_texts.when(hearing),
        Markup("\n").join(lines),
    ]
    if facts["corrected_at"]:
        parts.append(list_texts.corrected(datetime.fromisoformat(facts["corrected_at"])))
    return Markup("\n\n").join(parts)


def no_record_yet() -> Markup:
    return fill(_("There is no record of this hearing yet. It will be sent after the hearing."))


def questions() -> str:
    return _("❓ Questions and proposals")


def show_minutes() -> str:
    return _("📄 Open the minutes")


def read_record() -> str:
    return _("📄 The whole record")


def fewer() -> str:
    return _("🔕 Fewer of these")


def minutes_caption(topic: str) -> str:
    return _("Minutes: {topic}").format(topic=topic)
