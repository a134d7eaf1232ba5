"""Everybody who follows a hearing is told of its record."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import broadcast
from bot.domain.hearing import HearingNotice
from bot.domain.notices import NoticeTopic
from bot.features.hearings.hearing_queries import follows
from bot.features.hearings.minutes.queries import Record


async def tell_followers(db: AsyncConnection, record: Record, officer_id: int, notice: str) -> bool:
    """Whether this call began to tell the record to everybody who follows the hearing."""
    return await broadcast(
        db,
        notice=notice,
        municipality_id=record.hearing.municipality_id,
        kind=HearingNotice.RECORD,
        facts=record.as_facts(),
        to=follows(record.hearing.id),
        topic=NoticeTopic.HEARINGS,
        hearing_id=record.hearing.id,
        made_by=officer_id,
        watcher_id=officer_id,
    )
