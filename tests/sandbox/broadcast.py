"""A broadcast to many: who is told, and what became of it in the chats and in the rows."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web
from sqlalchemy import insert, select

from bot.app import RENDERERS, create_bot
from bot.db.delivery_queries import broadcast, settled_in
from bot.db.models import Broadcast, Delivery, Municipality, ResidentRow, Village
from bot.db.session import Database
from bot.features.votes.rounds.deliveries import OPENED, opened_facts
from bot.sandbox.limits import Tally
from bot.sandbox.people import Person
from bot.sandbox.server import API
from bot.sandbox.world import TOKEN, World
from bot.settings import Settings
from bot.telegram.delivery import Clock, Courier, Rhythm, wall_clock
from bot.telegram.traffic import Traffic

SENT, WAITS = "sent", "waits"
# At any hour.
AWAKE: dict[str, Any] = {"quiet_from": 0, "quiet_to": 0}


async def settle(database: Database, world: World, number: int) -> list[Person]:
    """So many people of the crowd, who live in one municipality and may be written to."""
    people = world.extras(number)
    for each in people:
        each.started = True
    async with database.act() as db:
        place = select(Village.id, Village.municipality_id).join(Municipality)
        village_id, municipality_id = (
            await db.execute(place.where(Municipality.slug == "jazy").order_by(Village.id).limit(1))
        ).one()
        now = datetime.now(UTC)
        common = {
            "municipality_id": municipality_id,
            "village_id": village_id,
            "agreed_at": now,
            "created_at": now,
        }
        rows = [{"telegram_id": each.id, "language": each.language_code, **common} for each in people]
        await db.execute(insert(ResidentRow), rows)
    return people


async def tell(database: Database, number: int = 1, villages: Sequence[int] = ()) -> None:
    """Queue a broadcast, the first or a further one, to everybody who lives there or in some villages."""
    async with database.act() as db:
        place = select(Municipality.id).where(Municipality.slug == "jazy")
        municipality_id = (await db.execute(place)).scalar_one()
        facts = opened_facts(1, 3, datetime.now(UTC) + timedelta(days=3))
        assert await broadcast(
            db,
            notice=f"round:{number}:opened",
            municipality_id=municipality_id,
            kind=OPENED,
            facts=facts,
            to=settled_in(municipality_id, villages),
            topic=None,
        )


def tally_of(app: web.Application) -> Tally:
    """What a server with limits has seen of them; it goes on counting."""
    return app[API].pace.tally


async def outcome(database: Database) -> Counter[str]:
    """How many rows of all broadcasts were sent, wait still, or failed, by cause."""
    query = select(Delivery.sent_at, Delivery.failure).join(Broadcast)
    async with database.read() as db:
        rows = (await db.execute(query)).all()
    return Counter(SENT if row.sent_at else row.failure or WAITS for row in rows)


async def until_told(database: Database, seconds: float) -> Counter[str]:
    """Wait until nothing waits any more."""
    async with asyncio.timeout(seconds):
        while (found := await outcome(database))[WAITS]:
            await asyncio.sleep(0.1)
    return found


async def unmarked(database: Database, world: World) -> set[int]:
    """Who has the message while the database does not know it: what was on the wire, if the bot is dead."""
    query = select(ResidentRow.telegram_id).join(Delivery).where(Delivery.sent_at.is_(None))
    async with database.read() as db:
        waiting = set(await db.scalars(query))
    return {each for each in waiting if copies(world)[each]}


def copies(world: World) -> Counter[int]:
    """How many messages of the bot everybody has, by person."""
    return Counter(
        {chat: sum(each.from_bot for each in messages.values()) for chat, messages in world.chats.items()}
    )


def doubles(world: World, broadcasts: int = 1) -> int:
    """How many messages somebody has beyond one of each broadcast."""
    return sum(max(number - broadcasts, 0) for number in copies(world).values())


@asynccontextmanager
async def sending(
    database: Database, address: str, clock: Clock = wall_clock, **settings: Any
) -> AsyncIterator[None]:
    """The bot's sender at work on this database, over HTTP, in this very process."""
    chosen = Settings(_env_file=None, api_url=address, **AWAKE, **settings)
    bot = create_bot(chosen, TOKEN)
    traffic = Traffic(chosen.messages_per_second)
    bot.session.middleware(traffic)
    courier = Courier(bot, database, RENDERERS, Rhythm.of(chosen), traffic, clock)
    task = asyncio.create_task(courier.run())
    try:
        yield
        assert not task.done()
    finally:
        task.cancel()
        await asyncio.wait([task])
        await bot.session.close()
