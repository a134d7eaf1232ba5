"""What was queued for officers and for the authors of questions: where it stands, and changing what waits."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Broadcast, Delivery
from bot.domain.notices import Failure


async def find_whether_sent(db: AsyncConnection, notice: str) -> bool:
    """Whether anybody has got this notice."""
    sent = exists().where(Delivery.notice == notice, Delivery.sent_at.is_not(None))
    return bool((await db.execute(select(sent))).scalar())


async def find_whether_queued(db: AsyncConnection, notice: str, resident_id: int) -> bool:
    """Whether this person was written to, whatever came of it."""
    queued = exists().where(Delivery.notice == notice, Delivery.resident_id == resident_id)
    return bool((await db.execute(select(queued))).scalar())


async def find_whether_on_its_way(db: AsyncConnection, notices: Collection[str]) -> bool:
    """Whether one of these was sent, or will be."""
    on_its_way = exists().where(Delivery.notice.in_(notices), Delivery.failed_at.is_(None))
    return bool((await db.execute(select(on_its_way))).scalar())


async def lock_facts(db: AsyncConnection, notice: str) -> dict[str, Any]:
    """What a broadcast tells; nobody else changes it before the transaction ends."""
    chosen = select(Broadcast.facts).where(Broadcast.notice == notice).with_for_update()
    return dict((await db.execute(chosen)).scalar_one())


async def save_facts(db: AsyncConnection, notice: str, facts: Mapping[str, Any]) -> None:
    """Let a broadcast tell this from now on."""
    await db.execute(update(Broadcast).where(Broadcast.notice == notice).values(facts=dict(facts)))


async def save_waiting_facts(db: AsyncConnection, notice: str, facts: Mapping[str, Any]) -> bool:
    """Whether the notice still waited, and tells this now."""
    waiting = update(Delivery).where(Delivery.notice == notice, _is_waiting())
    return (await db.execute(waiting.values(facts=dict(facts)))).rowcount > 0


async def save_taken_back(db: AsyncConnection, notices: Collection[str], now: datetime) -> None:
    """Whatever still waits of these will not be sent."""
    waiting = update(Delivery).where(Delivery.notice.in_(notices), _is_waiting())
    await db.execute(waiting.values(failed_at=now, failure=Failure.STOPPED))


def _is_waiting() -> ColumnElement[bool]:
    """No sender has it in hand, and none had."""
    return Delivery.sent_at.is_(None) & Delivery.failed_at.is_(None) & Delivery.leased_until.is_(None)
