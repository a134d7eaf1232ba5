"""Answers go first, deliveries take what room is left, and when Telegram asks one to wait, all wait."""

import asyncio
import time

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.exceptions import TelegramRetryAfter

from bot.sandbox.limits import Limits
from bot.sandbox.methods import BotApi
from bot.sandbox.world import TOKEN, World
from bot.telegram.traffic import Traffic, delivering
from tests.stage import DirectSession


def talking(traffic: Traffic, limits: Limits | None = None) -> tuple[Bot, World]:
    world = World()
    session = DirectSession(BotApi(world, limits))
    session.middleware(traffic)
    return Bot(TOKEN, session, DefaultBotProperties(parse_mode="HTML")), world


def person(world: World) -> int:
    someone = world.add_person("Visitor", "ru")
    someone.started = True
    return someone.id


async def seconds_of(traffic: Traffic, chat_id: int, gap: float = 0) -> float:
    begun = time.monotonic()
    await traffic.turn(chat_id, gap)
    return time.monotonic() - begun


async def test_a_delivery_waits_for_the_room_that_answers_have_taken() -> None:
    traffic = Traffic(most_a_second=3)
    bot, world = talking(traffic)
    for _answer in range(3):
        await bot.send_message(person(world), "Ответ")
    assert 0.5 < await seconds_of(traffic, 1) < 1.5
    assert await seconds_of(traffic, 2) < 0.5
    assert traffic.take_answers() == 3
    assert traffic.take_answers() == 0


async def test_while_people_tap_a_place_is_kept_for_the_next_answer() -> None:
    traffic = Traffic(most_a_second=10)
    bot, world = talking(traffic)
    await bot.send_message(person(world), "Ответ")
    for delivery in range(8):
        assert await seconds_of(traffic, delivery) < 0.2
    waiting = asyncio.create_task(seconds_of(traffic, 99))
    await asyncio.sleep(0)
    begun = time.monotonic()
    await bot.send_message(person(world), "Ответ")
    assert time.monotonic() - begun < 0.2
    assert await waiting > 0.5


async def test_while_nobody_taps_deliveries_have_every_place() -> None:
    traffic = Traffic(most_a_second=10)
    for delivery in range(10):
        assert await seconds_of(traffic, delivery) < 0.2
    assert await seconds_of(traffic, 99) > 0.5


async def test_answers_too_keep_to_what_telegram_allows() -> None:
    bot, world = talking(Traffic(most_a_second=3), Limits(per_second=3))
    begun = time.monotonic()
    await asyncio.gather(*(bot.send_message(person(world), "Ответ") for _answer in range(5)))
    assert 0.9 < time.monotonic() - begun < 2


async def test_a_delivery_leaves_a_gap_after_the_answer_before_it() -> None:
    traffic = Traffic(most_a_second=100)
    bot, world = talking(traffic)
    chat_id = person(world)
    await bot.send_message(chat_id, "Ответ")
    assert await seconds_of(traffic, chat_id + 1, gap=0.4) < 0.2
    assert 0.2 < await seconds_of(traffic, chat_id, gap=0.4) < 1


async def test_when_one_call_is_asked_to_wait_the_answers_wait_too_and_buttons_do_not_spin() -> None:
    traffic = Traffic(most_a_second=100)
    bot, world = talking(traffic, Limits(per_second=1))
    first, second = person(world), person(world)
    with delivering():
        await bot.send_message(first, "Извещение")
        with pytest.raises(TelegramRetryAfter):
            await bot.send_message(second, "Извещение")
    assert traffic.take_asked_to_wait() > 0
    begun = time.monotonic()
    await bot.get_me()
    assert time.monotonic() - begun < 0.2
    await bot.send_message(second, "Ответ")
    assert time.monotonic() - begun > 0.5


async def test_a_longer_pause_is_not_cut_short() -> None:
    traffic = Traffic(most_a_second=100)
    traffic.pause(0.5)
    traffic.pause(0.1)
    traffic.pause(-5)
    begun = time.monotonic()
    waiting = asyncio.create_task(traffic.clear())
    await asyncio.sleep(0.2)
    traffic.pause(0.6)
    await waiting
    assert 0.7 < time.monotonic() - begun < 1.5
