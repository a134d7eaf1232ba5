"""Words of the progress bar, and of stopping what still goes out."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from bot.domain.dispatch import CHOSEN, Counts
from bot.domain.hearing import Wording
from bot.domain.notices import Failure
from bot.domain.text import shortened
from bot.features.hearings.delivery_report import texts
from bot.i18n import _, current_language, fill, ngettext, number, percent
from bot.telegram.progress import bar


def stop() -> str:
    return _("⏹ Stop")


def stop_this(of: str) -> str:
    return _("⏹ {what}").format(what=texts.kind(of))


def sure_to_stop(of: str, counts: Counts) -> Markup:
    return fill(
        _(
            "<b>Stop sending: {what}?</b>\n"
            "Waiting: {waiting}. They will not get it any more. What was sent stays sent."
        ),
        what=texts.kind(of),
        waiting=number(counts.waiting),
    )


def yes_stop() -> str:
    return _("Yes, stop")


def no_go_on() -> str:
    return _("No, go on")


def stopped(of: str, counts: Counts) -> Markup:
    return Markup("\n").join([_heading(_("<b>Stopped: {what}</b>"), of), *_summed(counts)])


def nothing_to_stop(of: str, counts: Counts) -> Markup:
    return Markup("\n").join([_heading(_("<b>Nothing waits any more: {what}</b>"), of), *_summed(counts)])


def progress(of: str, facts: Mapping[str, Any], counts: Counts) -> Markup:
    return _bar(_("<b>Sending: {what}</b>"), of, facts, counts)


def progress_done(of: str, facts: Mapping[str, Any], counts: Counts) -> Markup:
    return _bar(_("<b>Sent: {what}</b>"), of, facts, counts)


def progress_stopped(of: str, facts: Mapping[str, Any], counts: Counts) -> Markup:
    return _bar(_("<b>Stopped: {what}</b>"), of, facts, counts)


def _bar(heading: str, of: str, facts: Mapping[str, Any], counts: Counts) -> Markup:
    drawn = fill("{bar} {share}", bar=bar(counts.share), share=percent(counts.share))
    about = Wording(**facts["topic"]).read_in(current_language()) if "topic" in facts else ""
    lines = [_heading(heading, of), fill("{topic}", topic=shortened(about, texts.LONGEST_TOPIC)), drawn]
    return Markup("\n").join(line for line in [*lines, *_summed(counts)] if line)


def _heading(words: str, of: str) -> Markup:
    return fill(words, what=texts.kind(of))


def _summed(counts: Counts) -> list[Markup]:
    """Sent, not reached and not wanted: together with what waits, they are all."""
    lines = [fill(_("Sent: <b>{sent}</b> of {all}"), sent=number(counts.sent), all=number(counts.recipients))]
    if counts.unreachable:
        lines.append(fill(_("Could not be reached: {number}"), number=number(counts.unreachable)))
    lines += [
        fill("{why}: {number}", why=texts.failure(why), number=number(counts.failures[why]))
        for why in Failure
        if why in CHOSEN and counts.failures.get(why)
    ]
    return lines


def minutes_left(minutes: int) -> Markup:
    if minutes < 1:
        return fill(_("Less than a minute left"))
    return fill(
        ngettext("About {minutes} minute left", "About {minutes} minutes left", minutes), minutes=minutes
    )


def at_night() -> Markup:
    return fill(_("Nothing is sent at night: it goes on in the morning."))
