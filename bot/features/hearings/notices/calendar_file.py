"""A hearing as a file that calendars read."""

from collections.abc import Collection
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from bot.domain.clock import BISHKEK
from bot.domain.hearing import Announcement, HearingStatus
from bot.features.hearings import hearing_texts as cards
from bot.features.hearings.hearing_queries import HearingCard
from bot.features.hearings.notices.truncation import plain
from bot.i18n import current_language

FILE_NAME = "hearing.ics"
PRODUCER = "-//bap-bot//hearings//"


def calendar_file(hearing: HearingCard, reminder_hours: Collection[int], now: datetime) -> bytes:
    """In the language spoken. A hearing keeps its UID, so that a later file corrects an earlier one."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCER + current_language().upper())
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    event = _event(hearing, now)
    if hearing.status is not HearingStatus.CANCELLED:
        for hours in reminder_hours:
            event.add_component(_alarm(hours, str(event["SUMMARY"])))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(hearing: HearingCard, now: datetime) -> Event:
    told, event = hearing.announcement, Event()
    is_cancelled = hearing.status is HearingStatus.CANCELLED
    event.add("UID", f"hearing-{hearing.id}@bap-bot")
    # Whatever is called off is one step later than what was announced.
    event.add("SEQUENCE", hearing.version + is_cancelled)
    event.add("STATUS", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("DTSTAMP", now)
    event.add("DTSTART", told.starts_at.astimezone(BISHKEK))
    event.add("SUMMARY", cards.kind(told.kind))
    event.add("LOCATION", told.place)
    event.add("DESCRIPTION", _description(told))
    if hearing.latitude is not None and hearing.longitude is not None:
        event.add("GEO", (hearing.latitude, hearing.longitude))
    return event


def _description(hearing: Announcement) -> str:
    language = current_language()
    parts = [
        hearing.topic.read_in(language),
        hearing.agenda.read_in(language),
        plain(cards.organiser(hearing)),
    ]
    return "\n\n".join(part for part in parts if part)


def _alarm(hours: int, words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", words)
    alarm.add("TRIGGER", -timedelta(hours=hours))
    return alarm
