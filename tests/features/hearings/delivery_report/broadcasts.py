"""Hearings with many recipients, told by a courier of the tests' own."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from markupsafe import Markup
from sqlalchemy import func, insert, select, update

from bot.db.delivery_queries import broadcast, broadcast_to_chats, settled_in
from bot.db.models import Broadcast, Chat, Hearing, ResidentRow
from bot.domain.hearing import HearingKind, HearingNotice, HearingStatus
from bot.domain.notices import NoticeTopic
from bot.features.hearings.hearing_queries import find_hearing
from bot.sandbox.methods import BotApi
from bot.sandbox.world import TOKEN
from bot.telegram.delivery import Courier, Rhythm
from bot.telegram.screen import Screen
from bot.telegram.traffic import Traffic
from tests.features.records import (
    Record,
    change,
    id_of_broadcast,
    municipality_id,
    resident_of,
    rows,
    village_ids,
)
from tests.stage import UNHURRIED, DirectSession, Stage, Visitor

TOPIC = "Бюджет <2027> & #let *план*"


async def hearing(stage: Stage, slug: str = "jazy", **values: Any) -> int:
    """A hearing that was announced."""
    now = datetime.now(UTC)
    facts = {
        "municipality_id": await municipality_id(stage, slug),
        "status": HearingStatus.ANNOUNCED,
        "kind": HearingKind.DRAFT_BUDGET,
        "topic_ky": TOPIC,
        "agenda_ky": "Кирешелер\nЧыгашалар",
        "starts_at": now + timedelta(days=10),
        "place": "Жазы, маданият үйү",
        "created_at": now,
        "announced_at": now,
    }
    async with stage.database.act() as db:
        return int(
            (await db.execute(insert(Hearing).values({**facts, **values}).returning(Hearing.id))).scalar_one()
        )


async def settle(stage: Stage, count: int, slug: str = "jazy") -> list[Visitor]:
    """So many residents, of the villages in turn and every third reading Russian."""
    place, villages = await municipality_id(stage, slug), await village_ids(stage, slug)
    people = [stage.visitor() for _each in range(count)]
    now = datetime.now(UTC)
    for each in people:
        stage.world.people[each.id].started = True
    settled = [
        {
            "telegram_id": each.id,
            "language": "ky" if number % 3 else "ru",
            "municipality_id": place,
            "village_id": villages[number % len(villages)],
            "created_at": now,
            "agreed_at": now,
        }
        for number, each in enumerate(people)
    ]
    await change(stage, insert(ResidentRow).values(settled))
    return people


async def link_group(stage: Stage, telegram_id: int = -4001, slug: str = "jazy") -> None:
    place = await municipality_id(stage, slug)
    await change(
        stage,
        insert(Chat).values(
            telegram_id=telegram_id,
            municipality_id=place,
            title="Жазы",
            is_channel=False,
            linked_at=datetime.now(UTC),
        ),
    )


async def tell(
    stage: Stage,
    hearing_id: int,
    officer: Visitor | None = None,
    kind: HearingNotice = HearingNotice.ANNOUNCED,
    expires_at: datetime | None = None,
) -> int:
    """Begin to tell the whole municipality; `officer` sees the bar."""
    watcher_id = (await resident_of(stage, officer)).id if officer else None
    async with stage.database.act() as db:
        found = await find_hearing(db, hearing_id)
        assert found is not None
        about: dict[str, Any] = {
            "notice": f"hearing:{hearing_id}:{kind}",
            "municipality_id": found.municipality_id,
            "kind": kind,
            "facts": found.announcement.as_facts(),
            "hearing_id": hearing_id,
            "expires_at": expires_at,
        }
        if kind is HearingNotice.POSTED:
            assert await broadcast_to_chats(db, **about)
        else:
            settled, topic = settled_in(found.municipality_id), NoticeTopic.HEARINGS
            assert await broadcast(db, to=settled, topic=topic, watcher_id=watcher_id, **about)
    return await id_of_broadcast(stage, about["notice"])


def _plain(facts: Mapping[str, Any]) -> Screen:
    return Screen(Markup("{}").format(facts["topic"]["ky"]))


def courier(stage: Stage, pace: float = 1000) -> Courier:
    """One that needs no other feature to word a notice."""
    session = DirectSession(BotApi(stage.world))
    traffic = Traffic(most_a_second=1000)
    settings = UNHURRIED.model_copy(update={"deliveries_per_second": pace})
    renderers = {kind.value: _plain for kind in HearingNotice}
    bot = Bot(TOKEN, session, DefaultBotProperties(parse_mode="HTML"))
    return Courier(bot, stage.database, renderers, Rhythm.of(settings), traffic)


async def deliver(stage: Stage) -> None:
    sender = courier(stage)
    # A claim that finds only what came too late sends nothing, and yet there may be more.
    while await sender.send_due() or await sender.send_due():
        pass


async def deliver_some(stage: Stage) -> int:
    """One small claim, so that something still waits afterwards."""
    return await courier(stage, pace=10).send_due()


async def broadcast_of(stage: Stage, broadcast_id: int) -> Record:
    return (await rows(stage, select(Broadcast.__table__).where(Broadcast.id == broadcast_id)))[0]


async def later(stage: Stage, seconds: float = 10) -> None:
    """As if the bars were shown and the broadcasts stopped so long ago."""
    for column in (Broadcast.progress_shown_at, Broadcast.stopped_at):
        found = await rows(stage, select(Broadcast.id, column).where(column.is_not(None)))
        for broadcast_id, moment in found:
            earlier = {column.key: moment - timedelta(seconds=seconds)}
            await change(stage, update(Broadcast).where(Broadcast.id == broadcast_id).values(earlier))


async def count(stage: Stage, what: Any) -> int:
    return int((await rows(stage, select(func.count()).where(what)))[0][0])
