"""What the bot says of its own accord: once to each, at Telegram's pace, and not to those who left."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.methods import TelegramMethod
from sqlalchemy import insert, select, update

from bot.app import RENDERERS
from bot.db.models import Delivery, ResidentRow
from bot.db.queries import save_delivery
from bot.db.session import Database
from bot.features.moderation import texts
from bot.features.moderation.deliveries import PUBLISHED
from bot.sandbox.limits import Limits
from bot.sandbox.methods import BotApi
from bot.sandbox.world import TOKEN
from bot.telegram.delivery import Courier
from tests.features.people import read_queue, report
from tests.features.records import change, deliveries, resident_of
from tests.features.wording import worded
from tests.stage import DirectSession, Stage, Visitor

FAST = 1000


def courier(stage: Stage, database: Database | None = None, session: DirectSession | None = None) -> Courier:
    session = session or DirectSession(BotApi(stage.world))
    bot = Bot(TOKEN, session, DefaultBotProperties(parse_mode="HTML"))
    return Courier(bot, database or stage.database, RENDERERS, FAST)


async def residents(stage: Stage, count: int) -> list[Visitor]:
    """People who may be written to."""
    people = [stage.visitor() for _each in range(count)]
    now = datetime.now(UTC)
    for each in people:
        stage.world.people[each.id].started = True
    known = [{"telegram_id": each.id, "language": "ru", "created_at": now} for each in people]
    await change(stage, insert(ResidentRow).values(known))
    return people


async def tell(stage: Stage, person: Visitor, number: int = 1) -> None:
    resident_id = (await resident_of(stage, person)).id
    async with stage.database.act() as db:
        await save_delivery(
            db,
            notice=f"problem:{number}:published",
            resident_id=resident_id,
            kind=PUBLISHED,
            facts={"number": number, "text": "Мост сломан"},
        )


def heard(person: Visitor) -> list[str]:
    return [message.text or "" for message in person.messages if message.from_bot]


def word(number: int = 1) -> str:
    return worded("ru", texts.heard_published, number, "Мост сломан")


async def test_whoever_has_blocked_the_bot_is_left_alone_until_they_write(stage: Stage) -> None:
    [person] = await residents(stage, 1)
    # The person blocks; the news of it never reached the bot.
    stage.world.people[person.id].blocked = True
    await tell(stage, person, 1)
    await courier(stage).send_due()
    assert (await resident_of(stage, person)).blocked_at is not None

    session = DirectSession(BotApi(stage.world))
    await tell(stage, person, 2)
    await courier(stage, session=session).send_due()
    assert session.calls == []
    assert [(row.failure, row.sent_at) for row in await deliveries(stage)] == [("blocked", None)] * 2

    await person.send("Я вернулся")
    assert (await resident_of(stage, person)).blocked_at is None
    await tell(stage, person, 3)
    await courier(stage).send_due()
    assert heard(person)[-1] == word(3)


async def test_telegram_s_word_that_somebody_blocked_or_came_back_is_noted(stage: Stage) -> None:
    [person] = await residents(stage, 1)
    stage.world.block(person.id)
    await stage.handle_all()
    assert (await resident_of(stage, person)).blocked_at is not None
    stage.world.unblock(person.id)
    await stage.handle_all()
    assert (await resident_of(stage, person)).blocked_at is None


async def test_too_many_messages_wait_as_long_as_telegram_asks(stage: Stage) -> None:
    [person] = await residents(stage, 1)
    for number in (1, 2):
        await tell(stage, person, number)
    limited = courier(stage, session=DirectSession(BotApi(stage.world, Limits(per_chat_per_second=1))))
    begun = datetime.now(UTC)
    while any(row.sent_at is None for row in await deliveries(stage)):
        await limited.send_due()
        await asyncio.sleep(0.05)
    assert heard(person) == [word(1), word(2)]
    assert datetime.now(UTC) - begun >= timedelta(seconds=1)
    assert [row.attempts for row in await deliveries(stage)] == [1, 2]


async def test_four_couriers_on_one_database_send_each_message_once(stage: Stage, database_url: str) -> None:
    people = await residents(stage, 30)
    for person in people:
        await tell(stage, person)
    databases = [Database(database_url) for _process in range(4)]
    couriers = [courier(stage, database) for database in databases]
    while sum(await asyncio.gather(*(each.send_due() for each in couriers))):
        pass
    for database in databases:
        await database.close()
    assert [heard(person) for person in people] == [[word()]] * 30
    assert {row.attempts for row in await deliveries(stage)} == {1}


class Hanging(DirectSession):
    """A connection that never answers."""

    def __init__(self, api: BotApi) -> None:
        super().__init__(api)
        self.reached = asyncio.Event()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109  # aiogram's signature
    ) -> Any:
        self.reached.set()
        await asyncio.Event().wait()


async def test_a_claim_whose_process_died_is_sent_by_another_after_its_lease(stage: Stage) -> None:
    [person] = await residents(stage, 1)
    await tell(stage, person)
    hanging = Hanging(BotApi(stage.world))
    dying = asyncio.create_task(courier(stage, session=hanging).send_due())
    await hanging.reached.wait()
    dying.cancel()
    await asyncio.wait([dying])

    assert await courier(stage).send_due() == 0
    assert heard(person) == []
    await change(stage, update(Delivery).values(leased_until=datetime.now(UTC) - timedelta(seconds=1)))
    assert await courier(stage).send_due() == 1
    assert heard(person) == [word()]
    assert await courier(stage).send_due() == 0


async def test_one_message_that_cannot_be_made_does_not_hold_up_the_others(stage: Stage) -> None:
    first, second = await residents(stage, 2)
    for person in (first, second):
        await tell(stage, person)
    broken = select(Delivery.id).order_by(Delivery.id).limit(1).scalar_subquery()
    await change(stage, update(Delivery).where(Delivery.id == broken).values(facts={}))
    await courier(stage).send_due()
    assert heard(first) == []
    assert heard(second) == [word()]
    assert [row.failure for row in await deliveries(stage)] == ["KeyError", None]


async def test_an_author_who_has_left_does_not_keep_the_desk_from_working(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author)
    stage.world.block(author.id)
    await stage.handle_all()
    await read_queue(facilitator)
    await facilitator.tap("pub:")
    await stage.deliver()
    assert [row.failure for row in await deliveries(stage)] == ["blocked"]
