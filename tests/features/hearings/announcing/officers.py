"""What an officer does at the announcement of a hearing, and what the database holds of it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.db.models import Broadcast, Delivery, Hearing, ResidentRow
from bot.domain.clock import BISHKEK
from bot.domain.hearing import HearingNotice
from bot.domain.hearing_draft import Step
from bot.features.hearings.announcing import texts
from bot.features.hearings.announcing.callbacks import ChangeHearing, StartAnnouncement
from tests.features.records import Record, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor

JAZY = 9
TOPIC = "Бюджеттин долбоору"
PLACE = "Жазы, маданият үйү"
ANNOUNCED = [HearingNotice.ANNOUNCED, HearingNotice.POSTED]
MOVED = [*ANNOUNCED, HearingNotice.CHANGED, HearingNotice.POSTED]


def in_days(days: int) -> datetime:
    return datetime.now(BISHKEK) + timedelta(days=days)


async def write(officer: Visitor, *, days: int = 14, topic: str = TOPIC, municipality_id: int = JAZY) -> None:
    """From the first question to the preview, with as little as is needed."""
    await officer.press(StartAnnouncement(municipality_id=municipality_id))
    await officer.tap("hkind:")
    await officer.send(topic)
    for _optional in ("topic2", "agenda"):
        await officer.tap("hskip:")
    await officer.send(f"{in_days(days):%d.%m.%Y}")
    await officer.send("14:30")
    await officer.send(PLACE)
    for _optional in ("pin", "organiser", "documents", "whom"):
        await officer.tap("hskip:")


async def announce(officer: Visitor, *, days: int = 14, topic: str = TOPIC) -> None:
    await write(officer, days=days, topic=topic)
    await officer.tap("hgo:")


async def line(officer: Visitor, step: Step) -> None:
    """From the preview to one of its lines."""
    await officer.tap("hlines:")
    if step in list(Step)[6:]:
        await officer.tap("hlines:")
    label = worded("ru", texts.line, step)
    await officer.tap(next(data for data in officer.data if data.endswith(f":{step}")), label)


async def rewrite(officer: Visitor, step: Step, words: str) -> None:
    """Up to the preview of a change of one line; nothing is confirmed yet."""
    await officer.press(ChangeHearing(hearing_id=1))
    await line(officer, step)
    await officer.send(words)


async def hearings(stage: Stage) -> Sequence[Record]:
    return await rows(stage, select(Hearing.__table__).order_by(Hearing.id))


async def broadcasts(stage: Stage) -> list[str]:
    """The kinds of what was told, in their order."""
    found = await rows(stage, select(Broadcast.kind).order_by(Broadcast.id))
    return [row.kind for row in found]


async def told(stage: Stage, kind: str) -> list[tuple[int, str | None]]:
    """Who has a row of this kind, by their Telegram number, and why it will not be sent."""
    found = await rows(
        stage,
        select(ResidentRow.telegram_id, Delivery.failure)
        .join(Delivery, Delivery.resident_id == ResidentRow.id)
        .where(Delivery.kind == kind)
        .order_by(Delivery.id),
    )
    return [(row.telegram_id, row.failure) for row in found]


def now() -> datetime:
    return datetime.now(UTC)
