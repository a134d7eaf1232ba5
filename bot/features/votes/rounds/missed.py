"""What is owed to voters after the bot could not hear them: Telegram keeps a press for 150 seconds only."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import broadcast
from bot.features.votes.rounds.deliveries import NOT_HEARD, not_heard_facts
from bot.features.votes.rounds.reminder_queries import begun, list_rounds_open_since


async def tell_of_missed_presses(
    db: AsyncConnection, since: datetime, until: datetime, now: datetime
) -> None:
    """Ask everybody who was voting between these moments to look at their ballot, in votes still open."""
    for each in await list_rounds_open_since(db, until, now):
        await broadcast(
            db,
            notice=f"round:{each.id}:not heard:{since:%Y%m%d%H%M%S}",
            municipality_id=each.municipality_id,
            kind=NOT_HEARD,
            facts=not_heard_facts(each.id, since, until),
            to=begun(each.id),
            topic=None,
            expires_at=each.closes_at,
        )
