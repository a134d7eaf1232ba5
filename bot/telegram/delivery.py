"""Sends what the bot says of its own accord: rows written with their cause, claimed by lease, sent at a pace.

A row is claimed for a while, sent, and marked. A process that dies in between leaves the claim to
expire, and another sends the row: nothing is lost, and only what was on the wire may come twice.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Delivery, ResidentRow
from bot.db.session import Database
from bot.i18n import speaking
from bot.telegram.errors import passes
from bot.telegram.screen import Screen, send

log = structlog.get_logger()
Renderer = Callable[[Mapping[str, Any]], Screen]
CLAIM = 20
LEASE = timedelta(seconds=90)
IDLE_SECONDS = 1.0
# A message that still fails after so many tries will not arrive.
MOST_ATTEMPTS = 8
BLOCKED = "blocked"
_UNREACHABLE = ("chat not found", "user is deactivated", "can't initiate conversation")


@dataclass(frozen=True, slots=True)
class Claimed:
    id: int
    kind: str
    facts: Mapping[str, Any]
    attempts: int
    resident_id: int
    telegram_id: int
    language: str
    blocked_at: datetime | None


class Courier:
    """One sender; any number may share a PostgreSQL database."""

    def __init__(
        self, bot: Bot, database: Database, renderers: Mapping[str, Renderer], per_second: float
    ) -> None:
        self._bot = bot
        self._database = database
        self._renderers = renderers
        self._pause = 1 / per_second

    async def run(self) -> None:
        """Send until cancelled."""
        while True:
            try:
                sent = await self.send_due()
            except Exception as error:
                if not passes(error):
                    log.exception("the courier stumbled")
                sent = 0
            if not sent:
                await asyncio.sleep(IDLE_SECONDS)

    async def send_due(self) -> int:
        """Send what is due now, at most one claim of it; return how many rows were claimed."""
        async with self._database.read() as db:
            if (
                await db.execute(select(Delivery.id).where(_is_due(datetime.now(UTC))).limit(1))
            ).first() is None:
                return 0
        async with self._database.act() as db:
            claimed = await _claim(db)
        for delivery in claimed:
            await self._send(delivery)
            await asyncio.sleep(self._pause)
        return len(claimed)

    async def _send(self, delivery: Claimed) -> None:
        if delivery.blocked_at:
            # They know how to come back; until then they are left alone.
            await self._mark(delivery, failed_at=datetime.now(UTC), failure=BLOCKED)
            return
        try:
            with speaking(delivery.language):
                await send(self._bot, delivery.telegram_id, self._renderers[delivery.kind](delivery.facts))
        except TelegramRetryAfter as error:
            await self._postpone(delivery, error.retry_after)
            await asyncio.sleep(error.retry_after)
        except TelegramForbiddenError:
            await self._mark_blocked(delivery)
        except Exception as error:  # noqa: BLE001  # one bad message must not hold up the others
            await self._mark_trouble(delivery, error)
        else:
            await self._mark(delivery, sent_at=datetime.now(UTC))

    async def _mark_trouble(self, delivery: Claimed, error: Exception) -> None:
        unreachable = isinstance(error, TelegramBadRequest) and any(why in str(error) for why in _UNREACHABLE)
        if unreachable:
            await self._mark_blocked(delivery)
        elif passes(error) and delivery.attempts < MOST_ATTEMPTS:
            await self._postpone(delivery, 2**delivery.attempts)
        else:
            log.error("a delivery failed", delivery=delivery.id, exc_info=error)
            await self._mark(delivery, failed_at=datetime.now(UTC), failure=type(error).__name__)

    async def _postpone(self, delivery: Claimed, seconds: float) -> None:
        await self._mark(delivery, due_at=datetime.now(UTC) + timedelta(seconds=seconds), leased_until=None)

    async def _mark(self, delivery: Claimed, **values: object) -> None:
        async with self._database.act() as db:
            await db.execute(update(Delivery).where(Delivery.id == delivery.id).values(**values))

    async def _mark_blocked(self, delivery: Claimed) -> None:
        now = datetime.now(UTC)
        async with self._database.act() as db:
            await db.execute(
                update(Delivery).where(Delivery.id == delivery.id).values(failed_at=now, failure=BLOCKED)
            )
            await db.execute(
                update(ResidentRow).where(ResidentRow.id == delivery.resident_id).values(blocked_at=now)
            )


def _is_due(now: datetime) -> Any:
    return (
        Delivery.sent_at.is_(None)
        & Delivery.failed_at.is_(None)
        & (Delivery.due_at <= now)
        & or_(Delivery.leased_until.is_(None), Delivery.leased_until < now)
    )


async def _claim(db: AsyncConnection) -> list[Claimed]:
    now = datetime.now(UTC)
    due = (
        select(Delivery.id)
        .where(_is_due(now))
        .order_by(Delivery.due_at)
        .limit(CLAIM)
        .with_for_update(skip_locked=True)
    )
    claimed = await db.execute(
        update(Delivery)
        .where(Delivery.id.in_(due.scalar_subquery()))
        .values(leased_until=now + LEASE, attempts=Delivery.attempts + 1)
        .returning(Delivery.id)
    )
    rows = await db.execute(
        select(
            Delivery.id,
            Delivery.kind,
            Delivery.facts,
            Delivery.attempts,
            Delivery.resident_id,
            ResidentRow.telegram_id,
            ResidentRow.language,
            ResidentRow.blocked_at,
        )
        .join(ResidentRow, ResidentRow.id == Delivery.resident_id)
        .where(Delivery.id.in_(claimed.scalars().all()))
        .order_by(Delivery.id)
    )
    return [Claimed(*row) for row in rows]
