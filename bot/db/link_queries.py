"""What all processes together know of their connection with Telegram: one row."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import TelegramLink
from bot.db.queries import upsert_into

_ONLY = 1


async def lock_heard_at(db: AsyncConnection) -> datetime | None:
    """When any process heard from Telegram last, held until the end of the transaction."""
    row = upsert_into(db, TelegramLink).values(id=_ONLY).on_conflict_do_nothing(index_elements=["id"])
    await db.execute(row)
    found = select(TelegramLink.heard_at).where(TelegramLink.id == _ONLY).with_for_update()
    return (await db.execute(found)).scalar()


async def find_heard_at(db: AsyncConnection) -> datetime | None:
    return (await db.execute(select(TelegramLink.heard_at).where(TelegramLink.id == _ONLY))).scalar()


async def update_heard_at(db: AsyncConnection, heard_at: datetime) -> None:
    await _upsert(db, heard_at=heard_at)


async def find_webhook_url(db: AsyncConnection) -> str | None:
    """The webhook that this installation has set last."""
    return (await db.execute(select(TelegramLink.webhook_url).where(TelegramLink.id == _ONLY))).scalar()


async def update_webhook_url(db: AsyncConnection, url: str | None) -> None:
    await _upsert(db, webhook_url=url)


async def _upsert(db: AsyncConnection, **values: datetime | str | None) -> None:
    row = upsert_into(db, TelegramLink).values(id=_ONLY, **values)
    await db.execute(row.on_conflict_do_update(index_elements=["id"], set_=values))
