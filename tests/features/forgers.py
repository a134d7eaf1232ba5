"""People who press what is not theirs to press, and what must not change when they do."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from sqlalchemy import select, update

from bot.db.models import (
    Attendance,
    Base,
    Broadcast,
    Chat,
    ChatCode,
    Delivery,
    GrantRow,
    Hearing,
    HearingDocument,
    HearingVillage,
    JournalEntry,
    Municipality,
    Question,
)
from tests.stage import Stage, Visitor

Forger = Callable[[Stage], Awaitable[Visitor]]
TABLES: tuple[type[Base], ...] = (
    Attendance,
    Broadcast,
    Chat,
    ChatCode,
    Delivery,
    Hearing,
    HearingDocument,
    HearingVillage,
    JournalEntry,
    Municipality,
    Question,
)


async def plain_resident(stage: Stage) -> Visitor:
    return await stage.resident()


async def facilitator(stage: Stage) -> Visitor:
    return await stage.facilitator()


async def officer_elsewhere(stage: Stage) -> Visitor:
    return await stage.officer("shark")


async def withdrawn_officer(stage: Stage) -> Visitor:
    former = await stage.officer()
    async with stage.database.act() as db:
        newest = select(GrantRow.id).order_by(GrantRow.id.desc()).limit(1).scalar_subquery()
        await db.execute(update(GrantRow).where(GrantRow.id == newest).values(withdrawn_at=datetime.now(UTC)))
    return former


FORGERS: tuple[Forger, ...] = (plain_resident, facilitator, officer_elsewhere, withdrawn_officer)


async def everything(stage: Stage) -> list[object]:
    """All rows that an officer could change."""
    found: list[object] = []
    async with stage.database.read() as db:
        for table in TABLES:
            key = table.__table__.primary_key
            found += (await db.execute(select(table.__table__).order_by(*key))).all()
    return found
