"""Who may write the record; asked at every press."""

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.question import require_begun
from bot.domain.roles import Resident
from bot.features.hearings.hearing_queries import HearingCard
from bot.features.hearings.questions.access import managed


async def recordable(db: AsyncConnection, resident: Resident, hearing_id: int) -> HearingCard:
    """A hearing that has begun, to be recorded by this officer."""
    hearing = await managed(db, resident, hearing_id)
    require_begun(hearing.status, hearing.announcement.starts_at, datetime.now(UTC))
    return hearing
