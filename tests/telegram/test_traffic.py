"""Answers go at once and learn chat by chat; deliveries take the room that is left and wait when asked."""

import asyncio

import pytest
from aiogram.exceptions import TelegramRetryAfter

from bot.sandbox.limits import Limits
from bot.settings import Settings
from bot.telegram.traffic import Asked, delivering
from bot.telegram.watchdog import Watchdog
from tests.telegram.in_no_time import in_no_time, now
from tests.telegram.talking import Talk


async def answer(talk: Talk, chat_id: int) -> float:
    """In an act, as the answer to a person; the moment at which it has arrived."""
    async with Watchdog():
        await talk.bot.send_message(chat_id, "Ответ")
    return now()


async def deliver(talk: Talk, chat_id: int, gap: float = 0) -> float:
    """In its turn; the moment at which it went."""
    await talk.traffic.turn(chat_id, gap)
    with delivering():
        await talk.bot.send_message(chat_id, "Извещение")
    return now()


async def refused(talk: Talk, chat_id: int, seconds: int) -> None:
    """An answer outside any act, which nobody repeats."""
    talk.hold(chat_id, seconds)
    with pytest.raises(TelegramRetryAfter):
        await talk.bot.send_message(chat_id, "Ответ")


async def pass_time(seconds: float) -> None:
    await asyncio.sleep(seconds)


@in_no_time
async def test_when_three_hundred_people_tap_at_once_no_answer_awaits_a_place() -> None:
    talk = Talk(Settings(_env_file=None).messages_per_second)
    begun = now()
    arrived = await asyncio.gather(*(answer(talk, each) for each in talk.people(300)))
    assert set(arrived) == {begun}
    assert talk.traffic.take_answers() == 300
    assert talk.traffic.take_answers() == 0


@in_no_time
async def test_a_chat_that_telegram_asks_to_wait_waits_alone_and_gets_its_answer() -> None:
    talk = Talk()
    waiting, *others = talk.people(30)
    talk.hold(waiting, 100)
    begun = now()
    arrived = await asyncio.gather(answer(talk, waiting), *(answer(talk, each) for each in others))
    assert arrived == [begun + 100, *[begun] * 29]
    assert [each.text for each in talk.world.messages(waiting)] == ["Ответ"]
    assert talk.session.server.pace.tally.disobeyed == 0


@in_no_time
async def test_what_else_is_for_a_chat_that_waits_is_not_even_tried() -> None:
    talk = Talk()
    waiting = talk.person()
    talk.hold(waiting, 1386)
    begun = now()
    first = asyncio.create_task(answer(talk, waiting))
    await pass_time(5)
    # Nor outside an act: whoever is not repeated would otherwise fail for nothing.
    await asyncio.gather(answer(talk, waiting), talk.bot.send_message(waiting, "Ответ"), first)
    assert now() == begun + 1386
    assert talk.session.moments(waiting) == [begun, *[begun + 1386] * 3]


@in_no_time
async def test_the_tap_of_whoever_waits_is_acknowledged_at_once() -> None:
    talk = Talk()
    waiting = talk.person()
    talk.hold(waiting, 100)
    begun = now()
    slow = asyncio.create_task(answer(talk, waiting))
    await pass_time(1)
    await talk.bot.get_me()
    assert now() == begun + 1
    await slow


@in_no_time
async def test_two_chats_that_are_refused_at_once_are_a_matter_of_theirs() -> None:
    talk = Talk()
    for each in talk.people(2):
        await refused(talk, each, 60)
    begun = now()
    assert await answer(talk, talk.person()) == begun
    assert await deliver(talk, talk.person()) == begun
    assert talk.traffic.take_asked_to_wait() == Asked()


@in_no_time
async def test_when_three_chats_are_refused_within_a_second_all_wait_for_the_shortest_time() -> None:
    talk = Talk()
    for each, seconds in zip(talk.people(3), (300, 20, 60), strict=True):
        await pass_time(0.3)
        await refused(talk, each, seconds)
    assert talk.traffic.take_asked_to_wait() == Asked(20, 20)
    assert talk.traffic.take_asked_to_wait() == Asked()
    begun = now()
    arrived = await asyncio.gather(answer(talk, talk.person()), talk.traffic.clear())
    assert arrived[0] == begun + 20


@in_no_time
async def test_chats_refused_one_after_another_do_not_stop_all() -> None:
    talk = Talk()
    for each in talk.people(6):
        await refused(talk, each, 60)
        await pass_time(0.6)
    begun = now()
    assert await answer(talk, talk.person()) == begun


@in_no_time
async def test_impatient_people_stop_only_themselves_however_many_they_are() -> None:
    talk = Talk()
    impatient = talk.people(10)
    for each in impatient:
        await talk.bot.send_message(each, "Ответ")
    for each in impatient:
        await refused(talk, each, 300)
    begun = now()
    assert await answer(talk, talk.person()) == begun
    assert await deliver(talk, talk.person()) == begun


@in_no_time
async def test_whoever_had_to_wait_a_moment_ago_rings_no_alarm_when_it_happens_again() -> None:
    talk = Talk()
    people = talk.people(3)
    for each in people:
        await refused(talk, each, 5)
        await pass_time(2)
    await pass_time(10)
    for each in people:
        await refused(talk, each, 40)
    begun = now()
    assert await answer(talk, talk.person()) == begun


@in_no_time
async def test_a_refused_delivery_makes_deliveries_wait_but_no_answer() -> None:
    talk = Talk()
    told = talk.person()
    talk.hold(told, 30)
    with pytest.raises(TelegramRetryAfter):
        await deliver(talk, told)
    assert talk.traffic.pause_left == 30
    assert talk.traffic.held_for(told) == 0
    assert talk.traffic.take_asked_to_wait() == Asked(deliveries=30)
    begun = now()
    assert await answer(talk, talk.person()) == begun
    await talk.traffic.clear()
    assert now() == begun + 30


@in_no_time
async def test_a_delivery_refused_because_much_was_written_to_its_chat_holds_up_nobody_else() -> None:
    talk = Talk()
    busy, other = talk.people(2)
    await answer(talk, busy)
    talk.hold(busy, 30)
    with pytest.raises(TelegramRetryAfter):
        await deliver(talk, busy)
    assert talk.traffic.held_for(busy) == 30
    assert talk.traffic.pause_left == 0
    begun = now()
    assert await deliver(talk, other) == begun


@in_no_time
async def test_a_group_that_was_written_to_within_three_seconds_is_refused_on_its_own_account() -> None:
    talk = Talk()
    group = talk.world.group("Айыл", talk.person()).id
    await answer(talk, group)
    await pass_time(2)
    talk.hold(group, 30)
    with pytest.raises(TelegramRetryAfter):
        await deliver(talk, group)
    assert talk.traffic.pause_left == 0


@in_no_time
async def test_a_longer_pause_is_not_cut_short() -> None:
    talk = Talk()
    begun = now()
    for seconds in (50, 10, -5):
        talk.traffic.pause(Asked(deliveries=seconds))
    waiting = asyncio.create_task(talk.traffic.clear())
    await pass_time(20)
    talk.traffic.pause(Asked(deliveries=60))
    await waiting
    assert now() == begun + 80


@in_no_time
async def test_a_delivery_waits_for_the_room_that_answers_have_taken() -> None:
    talk = Talk(most_a_second=3)
    begun = now()
    for each in talk.people(3):
        await answer(talk, each)
    # One place is kept for deliveries; the next is free when the answers count no more.
    assert [await deliver(talk, each) for each in talk.people(2)] == [begun, begun + 1]


@in_no_time
async def test_while_people_tap_a_place_is_left_for_the_next_answer() -> None:
    talk = Talk(most_a_second=10)
    begun = now()
    await answer(talk, talk.person())
    went = [await deliver(talk, each) for each in talk.people(9)]
    assert went == [*[begun] * 8, begun + 1]


@in_no_time
async def test_while_nobody_taps_deliveries_have_every_place() -> None:
    talk = Talk(most_a_second=10)
    begun = now()
    went = [await deliver(talk, each) for each in talk.people(11)]
    assert went == [*[begun] * 10, begun + 1]


@in_no_time
async def test_beside_answers_deliveries_slow_down_and_both_keep_to_what_telegram_allows() -> None:
    talk = Talk(limits=Limits(per_second=30))
    assert 14 <= await deliveries_a_second(talk, answers=12) <= 16
    assert talk.session.server.pace.tally.refused == 0


@in_no_time
async def test_however_many_people_tap_deliveries_go_on() -> None:
    assert 2.9 <= await deliveries_a_second(Talk(), answers=200) <= 3.1


async def deliveries_a_second(talk: Talk, answers: int) -> float:
    """How many go, 25 a second at most, while so many answers do."""
    tapping = asyncio.create_task(tap_on(talk, answers, now() + 60))
    await pass_time(2)
    begun, delivered = now(), 0
    while now() < begun + 40:
        await deliver(talk, talk.person())
        delivered += 1
        await pass_time(1 / 25)
    seconds = now() - begun
    await tapping
    return delivered / seconds


async def tap_on(talk: Talk, times_a_second: int, stop: float) -> None:
    people = talk.people(times_a_second * 2)
    while now() < stop:
        for each in people:
            await pass_time(1 / times_a_second)
            await answer(talk, each)


@in_no_time
async def test_a_delivery_leaves_a_gap_after_the_answer_before_it() -> None:
    talk = Talk()
    first, second = talk.people(2)
    begun = now()
    await answer(talk, first)
    assert await deliver(talk, second, gap=4) == begun
    assert await deliver(talk, first, gap=4) == begun + 4
