"""What a resident does not want to hear of."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Muted
from bot.db.queries import upsert_into
from bot.domain.notices import NoticeTopic


async def list_muted(db: AsyncConnection, resident_id: int) -> frozenset[NoticeTopic]:
    rows = await db.execute(select(Muted.topic).where(Muted.resident_id == resident_id))
    return frozenset(NoticeTopic(topic) for topic in rows.scalars())


async def save_notice(db: AsyncConnection, resident_id: int, topic: NoticeTopic, *, on: bool) -> None:
    """Doing it twice is doing it once."""
    if on:
        await db.execute(delete(Muted).where(Muted.resident_id == resident_id, Muted.topic == topic))
    else:
        muted = upsert_into(db, Muted).values(resident_id=resident_id, topic=topic)
        await db.execute(muted.on_conflict_do_nothing())
