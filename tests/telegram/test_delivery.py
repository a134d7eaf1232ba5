"""What the bot says of its own accord: once to each, at Telegram's pace, and not to those who left."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import TelegramMethod
from sqlalchemy import insert, select, update

from bot.app import RENDERERS
from bot.db.delivery_queries import broadcast, save_delivery, save_stopped, settled_in
from bot.db.models import Delivery, Muted, ResidentRow
from bot.db.outbox_queries import LONGEST_PUT_OFF, Pause, save_pause, save_slots, save_turn
from bot.db.session import Database
from bot.domain.clock import BISHKEK
from bot.domain.notices import NoticeTopic
from bot.domain.problem import Word
from bot.features.problems.status_notice_queries import WORD
from bot.features.problems.status_notices import texts
from bot.features.votes.rounds.deliveries import OPENED, opened_facts
from bot.sandbox.limits import Limits
from bot.sandbox.methods import BotApi
from bot.sandbox.world import TOKEN
from bot.telegram import chat_limits
from bot.telegram.delivery import Clock, Courier, Rhythm, wall_clock
from bot.telegram.traffic import Traffic
from tests.features.people import read_queue, report
from tests.features.records import change, deliveries, id_of_broadcast, resident_of
from tests.features.wording import worded
from tests.stage import UNHURRIED, DirectSession, Stage, Visitor

RHYTHM = Rhythm.of(UNHURRIED)
JAZY = 9


def courier(
    stage: Stage,
    database: Database | None = None,
    session: DirectSession | None = None,
    rhythm: Rhythm = RHYTHM,
    clock: Clock = wall_clock,
    traffic: Traffic | None = None,
) -> Courier:
    """A process of its own, which knows of the others only by the database."""
    session = session or DirectSession(BotApi(stage.world))
    bot = Bot(TOKEN, session, DefaultBotProperties(parse_mode="HTML"))
    traffic = traffic or Traffic(most_a_second=1000)
    session.middleware(traffic)
    return Courier(bot, database or stage.database, RENDERERS, rhythm, traffic, clock)


async def residents(stage: Stage, count: int) -> list[Visitor]:
    """People who may be written to."""
    people = [stage.visitor() for _each in range(count)]
    now = datetime.now(UTC)
    for each in people:
        stage.world.people[each.id].started = True
    known = [{"telegram_id": each.id, "language": "ru", "created_at": now} for each in people]
    await change(stage, insert(ResidentRow).values(known))
    return people


def facts(number: int) -> dict[str, Any]:
    wording = ["Мост сломан", "ru", None]
    return {
        "word": Word.PUBLISHED,
        "problem_id": number,
        "number": number,
        "wording": wording,
        "is_author": True,
    }


async def tell(stage: Stage, person: Visitor, number: int = 1) -> None:
    resident_id = (await resident_of(stage, person)).id
    async with stage.database.act() as db:
        await save_delivery(
            db,
            notice=f"problem:{number}:published",
            resident_id=resident_id,
            kind=WORD,
            facts=facts(number),
        )


def heard(person: Visitor) -> list[str]:
    return [message.text or "" for message in person.messages if message.from_bot]


def word(number: int = 1) -> str:
    return worded("ru", texts.heard, facts(number))


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
    assert set(session.calls) <= {"getMe"}
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
    # To be asked to wait is no failure of the message.
    assert [row.attempts for row in await deliveries(stage)] == [0, 0]


async def test_a_chat_that_must_wait_holds_up_its_own_messages_alone(stage: Stage) -> None:
    busy, other = await residents(stage, 2)
    session, begun = DirectSession(BotApi(stage.world)), datetime.now(UTC)
    sending = courier(stage, session=session)
    await Bot(TOKEN, session).send_message(busy.id, "Ответ")
    session.server.pace.hold(busy.id, 1000)
    await tell(stage, busy, 1)
    await sending.send_due()
    for person, number in ((busy, 2), (other, 1)):
        await tell(stage, person, number)
    while await sending.send_due():
        pass
    assert (heard(busy), heard(other)) == (["Ответ"], [word()])
    # Each waits with its chat; neither was tried again, and to wait is no failure.
    tally = session.server.pace.tally
    assert (tally.refused, tally.disobeyed) == (1, 0)
    waiting = [row for row in await deliveries(stage) if row.sent_at is None]
    assert [(row.attempts, row.leased_until) for row in waiting] == [(0, None)] * 2
    assert all(row.due_at > begun + timedelta(seconds=990) for row in waiting)


async def test_what_had_to_wait_with_its_chat_comes_in_its_order(stage: Stage) -> None:
    [busy] = await residents(stage, 1)
    session = DirectSession(BotApi(stage.world))
    sending = courier(stage, session=session)
    await Bot(TOKEN, session).send_message(busy.id, "Ответ")
    session.server.pace.hold(busy.id, 1)
    for number in (1, 2, 3):
        await tell(stage, busy, number)
    while any(row.sent_at is None for row in await deliveries(stage)):
        await sending.send_due()
        await asyncio.sleep(0.05)
    assert heard(busy) == ["Ответ", word(1), word(2), word(3)]


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
    assert {row.attempts for row in await deliveries(stage)} == {0}


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
    assert [row.failure for row in await deliveries(stage)] == ["refused", None]


async def test_an_author_who_has_left_does_not_keep_the_desk_from_working(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author)
    stage.world.block(author.id)
    await stage.handle_all()
    await read_queue(facilitator)
    await facilitator.tap("pub:")
    await stage.deliver()
    assert [row.failure for row in await deliveries(stage)] == ["blocked"]


async def tell_all(
    stage: Stage, notice: str = "round:1:opened", topic: NoticeTopic | None = None, **options: Any
) -> bool:
    """Whether this call began it."""
    async with stage.database.act() as db:
        return await broadcast(
            db,
            notice=notice,
            municipality_id=JAZY,
            kind=OPENED,
            facts=opened_facts(1, 3, datetime.now(UTC) + timedelta(days=3)),
            to=settled_in(JAZY),
            topic=topic,
            **options,
        )


async def test_a_broadcast_has_a_row_for_everybody_whether_or_not_they_can_be_reached(stage: Stage) -> None:
    reached, blocked, tired = [await stage.resident() for _each in range(3)]
    before = [heard(reached), heard(tired)]
    stage.world.block(blocked.id)
    await stage.handle_all()
    resident_id = (await resident_of(stage, tired)).id
    await change(stage, insert(Muted).values(resident_id=resident_id, topic=NoticeTopic.VOTES))
    await tell_all(stage, topic=NoticeTopic.VOTES)
    await stage.deliver()
    rows = await deliveries(stage)
    assert [(row.failure, row.language) for row in rows] == [(None, "ru"), ("blocked", None), ("muted", None)]
    assert [heard(reached)[:-1], heard(tired)] == before


async def test_the_same_notice_is_never_begun_twice(stage: Stage) -> None:
    await stage.resident()
    assert await tell_all(stage)
    assert not await tell_all(stage)
    assert len(await deliveries(stage)) == 1


async def test_nobody_is_woken_in_the_quiet_hours(stage: Stage) -> None:
    [person] = await residents(stage, 1)
    await tell(stage, person)
    hour = datetime.now(BISHKEK).hour
    asleep = replace(RHYTHM, quiet_from=hour, quiet_to=(hour + 2) % 24)
    assert await courier(stage, rhythm=asleep).send_due() == 0
    awake = replace(RHYTHM, quiet_from=(hour + 2) % 24, quiet_to=hour)
    assert await courier(stage, rhythm=awake).send_due() == 1
    assert heard(person) == [word()]


@pytest.mark.parametrize(
    ("quiet_from", "quiet_to", "quiet"),
    [(21, 8, {21, 22, 23, *range(8)}), (1, 5, {1, 2, 3, 4}), (0, 0, set()), (9, 9, set())],
)
def test_quiet_hours_are_by_the_clock_of_bishkek(quiet_from: int, quiet_to: int, quiet: set[int]) -> None:
    rhythm = replace(RHYTHM, quiet_from=quiet_from, quiet_to=quiet_to)
    day = [datetime(2026, 11, 27, hour, 30, tzinfo=BISHKEK).astimezone(UTC) for hour in range(24)]
    assert {hour for hour, moment in enumerate(day) if rhythm.is_quiet(moment)} == quiet


async def test_what_comes_too_late_to_be_of_use_is_not_sent(stage: Stage) -> None:
    person = await stage.resident()
    before = heard(person)
    await tell_all(stage, expires_at=datetime.now(UTC) - timedelta(seconds=1))
    await stage.deliver()
    assert heard(person) == before
    assert [row.failure for row in await deliveries(stage)] == ["expired"]


async def test_one_person_hears_two_things_a_second_apart_from_any_two_couriers(stage: Stage) -> None:
    [person] = await residents(stage, 1)
    for number in (1, 2):
        await tell(stage, person, number)
    slow = replace(RHYTHM, gaps=replace(RHYTHM.gaps, person=timedelta(seconds=1)))
    first, second = courier(stage, rhythm=slow), courier(stage, rhythm=slow)
    assert await first.send_due() == 1
    assert await second.send_due() == 0
    await asyncio.sleep(1)
    assert await second.send_due() == 1
    assert heard(person) == [word(1), word(2)]


async def test_a_pause_that_telegram_asks_of_one_is_obeyed_by_all(stage: Stage) -> None:
    people = await residents(stage, 3)
    for person in people:
        await tell(stage, person)
    strict = DirectSession(BotApi(stage.world, Limits(per_second=1)))
    asked, other = courier(stage, session=strict), courier(stage)
    await asked.send_due()
    assert await other.send_due() == 0
    assert sum(len(heard(person)) for person in people) == 1
    await asyncio.sleep(1.1)
    assert await other.send_due() == 2
    assert [heard(person) for person in people] == [[word()]] * 3


async def test_a_pause_of_deliveries_holds_up_no_answer_of_any_process(stage: Stage) -> None:
    [person] = await residents(stage, 1)
    await tell(stage, person)
    traffic = Traffic(most_a_second=1000)
    await pause(stage, Pause(deliveries=datetime.now(UTC) + timedelta(seconds=1000)))
    assert await courier(stage, traffic=traffic).send_due() == 0
    assert traffic.pause_left > 0
    assert traffic.stop_left == 0


async def test_when_all_are_asked_to_wait_the_answers_of_other_processes_wait_as_well(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow the machine is.
    monkeypatch.setattr(chat_limits, "_AT_ONCE_SECONDS", 1000)
    session, others = DirectSession(BotApi(stage.world)), Traffic(most_a_second=1000)
    asked = courier(stage, session=session)
    for person in await residents(stage, 3):
        session.server.pace.hold(person.id, 1000)
        with pytest.raises(TelegramRetryAfter):
            await Bot(TOKEN, session).send_message(person.id, "Ответ")
    assert await courier(stage, traffic=others).send_due() == 0
    assert others.stop_left == 0
    await asked.send_due()
    await courier(stage, traffic=others).send_due()
    assert others.stop_left > 0


async def test_however_many_answers_go_out_the_next_slots_are_not_far_away(stage: Stage) -> None:
    now = datetime.now(UTC)
    async with stage.database.act() as db:
        await save_turn(db, now)
        assert await save_slots(db, now, seconds=1, seconds_of_answers=0.5) == now
        assert await save_slots(db, now, seconds=1, seconds_of_answers=9999) == now + timedelta(seconds=1.5)
        assert await save_slots(db, now, seconds=1, seconds_of_answers=9999) == now + LONGEST_PUT_OFF
        # What was given away before stays given away.
        assert await save_slots(db, now, seconds=1, seconds_of_answers=9999) == now + timedelta(seconds=4)


async def pause(stage: Stage, asked: Pause) -> None:
    async with stage.database.act() as db:
        await save_turn(db, datetime.now(UTC))
        await save_pause(db, asked)


async def test_a_stopped_broadcast_ends_at_once_and_what_was_sent_stays(stage: Stage) -> None:
    people = [await stage.resident() for _each in range(3)]
    before = sum(len(heard(person)) for person in people)
    await tell_all(stage)
    broadcast_id = await id_of_broadcast(stage, "round:1:opened")
    one_by_one = courier(stage, rhythm=replace(RHYTHM, pace=1.5))
    assert await one_by_one.send_due() == 1
    async with stage.database.act() as db:
        assert await save_stopped(db, broadcast_id, (await resident_of(stage, people[0])).id) == 2
    await stage.deliver()
    assert sum(len(heard(person)) for person in people) == before + 1
    assert sorted(str(row.failure) for row in await deliveries(stage)) == ["None", "stopped", "stopped"]


@pytest.mark.parametrize("hours", [1, -1])
async def test_a_clock_changed_in_the_middle_neither_doubles_nor_delays(stage: Stage, hours: int) -> None:
    people = await residents(stage, 30)
    for person in people:
        await tell(stage, person)
    shift = timedelta()
    working = courier(stage, rhythm=replace(RHYTHM, pace=40), clock=lambda: datetime.now(UTC) + shift)
    sending = asyncio.create_task(working.run())
    async with asyncio.timeout(10):
        while not heard(people[5]):
            await asyncio.sleep(0.02)
        shift = timedelta(hours=hours)
        while not all(heard(person) for person in people):
            await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)
    sending.cancel()
    await asyncio.wait([sending])
    assert [heard(person) for person in people] == [[word()]] * 30


async def test_a_clock_put_back_while_a_claim_waits_for_its_turn_delays_nobody(stage: Stage) -> None:
    people = await residents(stage, 2)
    await tell(stage, people[0])
    looks: list[timedelta] = []

    def clock() -> datetime:
        return datetime.now(UTC) + (looks.pop(0) if looks else timedelta(hours=-1))

    looks += [timedelta()] * 50
    working = courier(stage, rhythm=replace(RHYTHM, pace=0.5), clock=clock)
    await working.send_due()
    await tell(stage, people[1])
    # The claim looks once before it has its turn; from then on the clock is an hour behind.
    looks[:] = [timedelta()]
    async with asyncio.timeout(30):
        await working.send_due()
    assert [heard(person) for person in people] == [[word()]] * 2
