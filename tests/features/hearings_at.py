"""Hearings that are announced already, put into the database and told as an officer's confirmation does."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from bot.db.delivery_queries import broadcast, broadcast_to_chats, settled_in
from bot.db.models import Broadcast, Hearing, HearingVillage
from bot.domain.hearing import HearingKind, HearingNotice, HearingStatus
from bot.domain.notices import NoticeTopic
from bot.features.hearings.hearing_queries import HearingCard, find_hearing
from tests.features.records import change, municipality_id
from tests.stage import Stage

TOPIC = {"topic_ky": "2027-жылдын бюджетинин долбоору", "topic_ru": "Проект бюджета на 2027 год"}
PLACE = "Маданият үйү, Кара-Дыйкан"


def in_days(days: float) -> datetime:
    """A moment from now, without the fraction of a minute that no officer sets."""
    return (datetime.now(UTC) + timedelta(days=days)).replace(second=0, microsecond=0)


async def hearing(
    stage: Stage, *, municipality: str = "jazy", villages: Sequence[int] = (), **given: Any
) -> int:
    """A hearing in ten days, announced five days ago; `given` are columns."""
    now = datetime.now(UTC)
    values = {
        "municipality_id": await municipality_id(stage, municipality),
        "status": HearingStatus.ANNOUNCED,
        "kind": HearingKind.DRAFT_BUDGET,
        "starts_at": in_days(10),
        "place": PLACE,
        "organiser": "Айыл өкмөтү",
        "phone": "0700 123456",
        "created_at": now - timedelta(days=5),
        "announced_at": now - timedelta(days=5),
        **TOPIC,
        **given,
    }
    async with stage.database.act() as db:
        hearing_id = int(
            (await db.execute(insert(Hearing).values(values).returning(Hearing.id))).scalar_one()
        )
        for village_id in villages:
            await db.execute(insert(HearingVillage).values(hearing_id=hearing_id, village_id=village_id))
    return hearing_id


async def card_of(stage: Stage, hearing_id: int) -> HearingCard:
    async with stage.database.read() as db:
        found = await find_hearing(db, hearing_id)
    assert found is not None
    return found


async def tell(stage: Stage, hearing_id: int, *, days_ago: float = 5, **facts: Any) -> None:
    """Announce it to its residents and to the groups of its municipality, and send that."""
    card = await card_of(stage, hearing_id)
    told = {**card.announcement.as_facts(), **facts}
    about: dict[str, Any] = {"municipality_id": card.municipality_id, "hearing_id": hearing_id, "facts": told}
    who = settled_in(card.municipality_id, [village.id for village in card.villages])
    notice, posted = f"hearing:{hearing_id}:announced", f"hearing:{hearing_id}:posted"
    async with stage.database.act() as db:
        assert await broadcast(
            db, notice=notice, kind=HearingNotice.ANNOUNCED, to=who, topic=NoticeTopic.HEARINGS, **about
        )
        assert await broadcast_to_chats(db, notice=posted, kind=HearingNotice.POSTED, **about)
    await _date_back(stage, notice, days_ago)
    await stage.deliver()


async def _date_back(stage: Stage, notice: str, days_ago: float) -> None:
    told_at = datetime.now(UTC) - timedelta(days=days_ago)
    await change(stage, update(Broadcast).where(Broadcast.notice == notice).values(created_at=told_at))


async def announced(stage: Stage, **given: Any) -> int:
    """A hearing that everybody concerned was told of five days ago."""
    hearing_id = await hearing(stage, **given)
    await tell(stage, hearing_id)
    return hearing_id


async def moved(stage: Stage, hearing_id: int, starts_at: datetime, *, days_ago: float = 0) -> None:
    """Held at another time, and that told to everybody concerned so long ago."""
    before = (await card_of(stage, hearing_id)).announcement
    await change(
        stage,
        update(Hearing)
        .where(Hearing.id == hearing_id)
        .values(starts_at=starts_at, version=Hearing.version + 1),
    )
    card = await card_of(stage, hearing_id)
    facts = {**card.announcement.as_facts(), "changed": ["starts_at"], "before": before.as_facts()}
    notice = f"hearing:{hearing_id}:changed:{card.version}"
    async with stage.database.act() as db:
        assert await broadcast(
            db,
            notice=notice,
            municipality_id=card.municipality_id,
            kind=HearingNotice.CHANGED,
            facts=facts,
            to=settled_in(card.municipality_id),
            topic=None,
            hearing_id=hearing_id,
        )
    await _date_back(stage, notice, days_ago)
    await stage.deliver()


async def called_off(stage: Stage, hearing_id: int, reason: str = "Суу ташкыны") -> None:
    await change(
        stage,
        update(Hearing)
        .where(Hearing.id == hearing_id)
        .values(status=HearingStatus.CANCELLED, cancelled_at=datetime.now(UTC), cancel_reason=reason),
    )
