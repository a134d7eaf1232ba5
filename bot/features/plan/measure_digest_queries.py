"""News of measures for those who follow them, gathered into one message an evening.

Call it in the transaction of the cause.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Delivery, MeasureFollower, Muted, ResidentRow
from bot.domain.notices import Failure, NoticeTopic
from bot.domain.plan import PlanNotice
from bot.domain.word_back import gathering_moment

_GATHERED = "news:"


async def save_news(
    db: AsyncConnection,
    measure_id: int,
    item: Mapping[str, Any],
    *,
    besides: int,
    now: datetime,
) -> None:
    """Tell every follower but the one who knows; later news of the same measure replace the earlier ones."""
    followers = await db.execute(
        select(ResidentRow.id, ResidentRow.village_id, ResidentRow.blocked_at, Muted.topic)
        .join(MeasureFollower, MeasureFollower.resident_id == ResidentRow.id)
        .outerjoin(Muted, (Muted.resident_id == ResidentRow.id) & (Muted.topic == NoticeTopic.PLAN))
        .where(MeasureFollower.measure_id == measure_id, ResidentRow.id != besides)
        .order_by(ResidentRow.id)
        # Two acts that gather news for the same person take turns.
        .with_for_update(of=ResidentRow)
    )
    for each in followers.all():
        failure = Failure.BLOCKED if each.blocked_at else Failure.MUTED if each.topic else None
        own = {**item, "measure_id": measure_id}
        await _gather(db, each.id, each.village_id, failure, own, now)


async def _gather(
    db: AsyncConnection,
    resident_id: int,
    village_id: int | None,
    failure: Failure | None,
    item: dict[str, Any],
    now: datetime,
) -> None:
    """Add to what waits for the evening; the first of a day begins it."""
    if await _add(db, resident_id, item, now):
        return
    last = (
        await db.execute(
            select(func.max(Delivery.notice)).where(
                Delivery.resident_id == resident_id, Delivery.kind == PlanNotice.NEWS
            )
        )
    ).scalar()
    due = gathering_moment(now, date.fromisoformat(last.removeprefix(_GATHERED)) if last else None)
    await db.execute(
        insert(Delivery).values(
            notice=f"{_GATHERED}{due.date().isoformat()}",
            resident_id=resident_id,
            kind=PlanNotice.NEWS,
            facts={"items": [item]},
            due_at=due,
            village_id=village_id,
            failed_at=now if failure else None,
            failure=failure,
        )
    )


async def _add(db: AsyncConnection, resident_id: int, item: dict[str, Any], now: datetime) -> bool:
    """Whether something waited that it could be added to."""
    waiting = (
        await db.execute(
            select(Delivery.id, Delivery.facts).where(
                Delivery.resident_id == resident_id,
                Delivery.kind == PlanNotice.NEWS,
                Delivery.sent_at.is_(None),
                Delivery.failed_at.is_(None),
                # What is due may be in a sender's hand: it must not change any more.
                Delivery.due_at > now,
            )
        )
    ).first()
    if waiting is None:
        return False
    others = [each for each in waiting.facts["items"] if each["measure_id"] != item["measure_id"]]
    facts = {"items": [*others, item]}
    await db.execute(update(Delivery).where(Delivery.id == waiting.id).values(facts=facts))
    return True
