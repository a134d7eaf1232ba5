"""Reminders: to those who were told and have not declined, once, at the municipality's hours."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.db.models import Broadcast, Delivery, Hearing, Municipality
from bot.db.session import Database
from bot.domain.clock import utc_now
from bot.domain.hearing import HearingNotice
from bot.domain.notices import Failure, NoticeTopic
from bot.features.hearings.notices import notice_texts
from bot.features.hearings.notices.jobs import remind
from bot.features.residents.settings.callbacks import SetNotice
from bot.i18n import LANGUAGES
from tests.features.hearings_at import announced, called_off, hearing, in_days, moved, tell
from tests.features.records import Record, change, resident_of, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor

HOUR = 1 / 24


async def reminders(stage: Stage) -> Sequence[Record]:
    return await rows(
        stage,
        select(Delivery.__table__).where(Delivery.kind == HearingNotice.REMINDER).order_by(Delivery.id),
    )


async def reminded(stage: Stage, visitor: Visitor) -> list[str | None]:
    """What became of each reminder to a person: None for one that waits or was sent."""
    own = (await resident_of(stage, visitor)).id
    return [row.failure for row in await reminders(stage) if row.resident_id == own]


async def come_to(stage: Stage, hearing_id: int, days: float) -> None:
    """The hearing is as near as that now, without being moved."""
    await change(stage, update(Hearing).where(Hearing.id == hearing_id).values(starts_at=in_days(days)))


@pytest.fixture
async def databases(stage: Stage, database_url: str) -> AsyncIterator[list[Database]]:
    others = [Database(database_url) for _process in range(3)]
    yield [stage.database, *others]
    for other in others:
        await other.close()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_everybody_told_is_reminded_with_the_time_left(stage: Stage, language: str) -> None:
    resident = await stage.resident(language)
    hearing_id = await announced(stage, starts_at=in_days(5 * HOUR))
    await come_to(stage, hearing_id, 2 * HOUR)

    assert await remind(stage.database, utc_now()) == 1
    await stage.deliver()

    starts_at = (await rows(stage, select(Hearing.starts_at)))[0].starts_at
    now = datetime.now(UTC)
    near = {worded(language, notice_texts.soon, starts_at, now + timedelta(seconds=each)) for each in (-5, 0)}
    assert resident.text.splitlines()[0] in near
    assert any(data.startswith("hcome:") for data in resident.data)


async def test_a_reminder_is_begun_once_however_many_ask(stage: Stage, databases: list[Database]) -> None:
    people = [await stage.resident() for _each in range(3)]
    hearing_id = await announced(stage)
    await come_to(stage, hearing_id, 20 * HOUR)

    begun = await asyncio.gather(*(remind(each, utc_now()) for each in databases * 3))
    begun += [await remind(each, utc_now()) for each in databases]

    assert sum(begun) == 1
    assert [await reminded(stage, each) for each in people] == [[None]] * 3
    await stage.deliver()
    assert all(row.sent_at for row in await reminders(stage))


async def test_each_of_the_two_reminders_comes_in_its_time(stage: Stage) -> None:
    await stage.resident()
    hearing_id = await announced(stage)
    starts_at = (await rows(stage, select(Hearing.starts_at)))[0].starts_at
    assert await remind(stage.database, utc_now()) == 0
    await change(
        stage,
        update(Municipality).values(first_reminder_hours=24 * 10 + 1, second_reminder_hours=2),
    )
    assert await remind(stage.database, utc_now()) == 1
    await change(
        stage,
        update(Municipality).values(first_reminder_hours=24 * 10 + 1, second_reminder_hours=24 * 10),
    )
    assert await remind(stage.database, utc_now()) == 1
    assert [row.notice for row in await reminders(stage)] == [
        f"hearing:{hearing_id}:reminder:{hours}:{starts_at.isoformat()}" for hours in (241, 240)
    ]


async def test_after_a_long_sleep_only_the_latest_is_sent(stage: Stage) -> None:
    resident = await stage.resident()
    hearing_id = await announced(stage)
    await come_to(stage, hearing_id, HOUR)
    assert [await remind(stage.database, utc_now()) for _again in range(3)] == [1, 0, 0]
    assert len(await reminded(stage, resident)) == 1


async def test_who_cannot_come_or_does_not_want_to_hear_is_not_reminded(stage: Stage) -> None:
    silent, coming, declined, muted = [await stage.resident() for _each in range(4)]
    hearing_id = await announced(stage)
    await coming.tap("hcome:", "🙋")
    await declined.tap("hcome:", "🚫")
    await muted.press(SetNotice(topic=NoticeTopic.REMINDERS, on=False))
    await come_to(stage, hearing_id, 20 * HOUR)

    await remind(stage.database, utc_now())

    assert [await reminded(stage, each) for each in (silent, coming, declined, muted)] == [
        [None],
        [None],
        [],
        [Failure.MUTED],
    ]


async def test_who_was_never_told_is_not_reminded(stage: Stage) -> None:
    deaf = await stage.resident()
    await deaf.press(SetNotice(topic=NoticeTopic.HEARINGS, on=False))
    hearing_id = await announced(stage)
    newcomer, elsewhere = await stage.resident(), await stage.resident(municipality="chaek")
    await come_to(stage, hearing_id, 20 * HOUR)
    await remind(stage.database, utc_now())
    assert [await reminded(stage, each) for each in (deaf, newcomer, elsewhere)] == [[], [], []]


async def test_a_hearing_that_was_moved_is_reminded_of_anew(stage: Stage) -> None:
    resident = await stage.resident()
    hearing_id = await announced(stage)
    await come_to(stage, hearing_id, 20 * HOUR)
    assert await remind(stage.database, utc_now()) == 1
    await moved(stage, hearing_id, in_days(3), days_ago=2)
    assert await remind(stage.database, utc_now()) == 0
    await moved(stage, hearing_id, in_days(22 * HOUR), days_ago=1)
    assert await remind(stage.database, utc_now()) == 1
    assert len(await reminded(stage, resident)) == 2


async def test_what_was_told_just_now_is_not_told_again(stage: Stage) -> None:
    await stage.resident()
    late = await hearing(stage, starts_at=in_days(10 * HOUR), announced_at=in_days(0))
    await tell(stage, late, days_ago=0)
    assert await remind(stage.database, utc_now()) == 0
    await moved(stage, late, in_days(23 * HOUR))
    assert await remind(stage.database, utc_now()) == 0


async def test_nothing_is_said_of_what_is_off_over_or_only_a_draft(stage: Stage) -> None:
    await stage.resident()
    off = await announced(stage, starts_at=in_days(HOUR))
    await called_off(stage, off)
    await announced(stage, starts_at=in_days(-HOUR))
    await hearing(stage, starts_at=in_days(HOUR), status="draft")
    assert await remind(stage.database, utc_now()) == 0


async def test_a_municipality_may_do_without_reminders(stage: Stage) -> None:
    await stage.resident()
    await announced(stage, starts_at=in_days(HOUR))
    await change(stage, update(Municipality).values(first_reminder_hours=0, second_reminder_hours=0))
    assert await remind(stage.database, utc_now()) == 0


async def test_a_reminder_is_of_no_use_after_the_beginning(stage: Stage) -> None:
    await stage.resident()
    hearing_id = await announced(stage)
    await come_to(stage, hearing_id, HOUR)
    await remind(stage.database, utc_now())
    starts_at = (await rows(stage, select(Hearing.starts_at)))[0].starts_at
    assert [row.expires_at for row in await reminders(stage)] == [starts_at]
    [told] = await rows(stage, select(Broadcast.facts).where(Broadcast.kind == HearingNotice.REMINDER))
    assert datetime.fromisoformat(told.facts["starts_at"]) == starts_at
