"""The calendar's file, the place on the map and the documents of a hearing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import insert, update

from bot.db.models import Hearing, HearingDocument, Municipality
from bot.domain.clock import BISHKEK
from bot.features.hearings.notices import texts
from bot.features.hearings.notices.calendar_file import FILE_NAME
from bot.i18n import LANGUAGES
from tests.features.hearings_at import PLACE, TOPIC, announced, called_off, in_days, moved
from tests.features.records import change
from tests.features.wording import worded
from tests.stage import Stage, Visitor

PIN = {"latitude": 40.767, "longitude": 73.301}


def calendar(stage: Stage, visitor: Visitor) -> tuple[Any, Any]:
    """The file that was sent last, as a calendar reads it."""
    media: Any = visitor.screen.media
    assert media["file_name"] == FILE_NAME
    read: Any = Calendar.from_ical(stage.world.files[media["file_id"]].content)
    [event] = read.walk("VEVENT")
    return read, event


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_telephone_reads_the_hearing_from_the_file(stage: Stage, language: str) -> None:
    resident = await stage.resident(language)
    starts_at = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    agenda = "1. Кирешелер; чыгашалар, \\ <b>\n2. " + "ө" * 300
    hearing_id = await announced(stage, starts_at=starts_at, agenda_ky=agenda, agenda_ru=agenda, **PIN)

    await resident.tap("hcal:")

    _calendar, event = calendar(stage, resident)
    assert event["UID"] == f"hearing-{hearing_id}@bap-bot"
    assert event.decoded("DTSTART") == starts_at
    assert event["DTSTART"].params["TZID"] == "Asia/Bishkek"
    assert event.decoded("DTSTART").astimezone(BISHKEK).hour == 14
    assert (event["SEQUENCE"], event["STATUS"]) == (1, "CONFIRMED")
    assert event["LOCATION"] == PLACE
    assert TOPIC[f"topic_{language}"] in event["DESCRIPTION"]
    assert agenda in event["DESCRIPTION"]
    assert (event["GEO"].latitude, event["GEO"].longitude) == (40.767, 73.301)
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [
        -timedelta(hours=24),
        -timedelta(hours=2),
    ]
    assert resident.text == worded(language, texts.calendar_caption)


async def test_the_file_brings_its_time_zone_along(stage: Stage) -> None:
    resident = await stage.resident()
    await announced(stage)
    await resident.tap("hcal:")
    read, _event = calendar(stage, resident)
    [zone] = read.walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Bishkek"
    assert zone.to_tz().utcoffset(datetime(2026, 12, 1)) == timedelta(hours=6)  # noqa: DTZ001  # local time


async def test_alarms_are_the_municipality_s_own(stage: Stage) -> None:
    resident = await stage.resident()
    await announced(stage)
    await change(stage, update(Municipality).values(first_reminder_hours=48, second_reminder_hours=0))
    await resident.tap("hcal:")
    _calendar, event = calendar(stage, resident)
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [-timedelta(hours=48)]


async def test_a_later_file_corrects_the_earlier_one(stage: Stage) -> None:
    resident = await stage.resident()
    hearing_id = await announced(stage)
    await resident.tap("hcal:")
    _calendar, first = calendar(stage, resident)
    await moved(stage, hearing_id, in_days(12))
    await resident.tap("hcal:")
    _calendar, second = calendar(stage, resident)
    await called_off(stage, hearing_id)
    await resident.tap("hcal:")
    _calendar, third = calendar(stage, resident)

    assert first["UID"] == second["UID"] == third["UID"]
    assert first["SEQUENCE"] < second["SEQUENCE"] < third["SEQUENCE"]
    assert second.decoded("DTSTART") == in_days(12)
    assert third["STATUS"] == "CANCELLED"
    assert third.walk("VALARM") == []
    assert resident.text == worded("ru", texts.calendar_of_cancelled)


async def test_the_place_is_shown_on_the_map(stage: Stage) -> None:
    resident = await stage.resident()
    await announced(stage, **PIN)
    await resident.tap("hmap:")
    sent: Any = resident.screen.media
    assert resident.screen.kind == "venue"
    assert sent["location"] == PIN
    assert sent["title"] == PLACE


async def test_a_pin_taken_away_is_told_with_the_hearing_as_it_is(stage: Stage) -> None:
    resident = await stage.resident()
    hearing_id = await announced(stage, **PIN)
    await change(stage, update(Hearing).where(Hearing.id == hearing_id).values(latitude=None, longitude=None))
    await resident.tap("hmap:")
    assert resident.alert == worded("ru", texts.no_pin)
    assert not [data for data in resident.data if data.startswith("hmap:")]


async def test_documents_come_with_their_names(stage: Stage) -> None:
    resident = await stage.resident()
    hearing_id = await announced(stage)
    photo = stage.world.keep_photo("p.jpg", "image/jpeg", b"photo")[-1]["file_id"]
    paper = stage.world.keep_file("b.pdf", "application/pdf", b"paper")["file_id"]
    for file_id, is_photo, name in ((paper, False, "Бюджет <2027>.pdf"), (photo, True, "Смета")):
        row = {"hearing_id": hearing_id, "file_id": file_id, "is_photo": is_photo, "name": name}
        await change(stage, insert(HearingDocument).values(row))
    await resident.press(f"hear:{hearing_id}")

    await resident.tap("hdocs:")

    first, second = resident.messages[-2:]
    assert (first.kind, first.caption) == ("document", "Бюджет <2027>.pdf")
    assert (second.kind, second.caption) == ("photo", "Смета")


async def test_without_documents_the_button_says_so(stage: Stage) -> None:
    resident = await stage.resident()
    hearing_id = await announced(stage)
    await resident.press(f"hdocs:{hearing_id}")
    assert resident.alert == worded("ru", texts.no_documents)
