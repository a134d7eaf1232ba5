"""An answer is sent until it lands: it belongs to the act, and nobody else waits for it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import TelegramMethod

from bot.telegram.patience import PATIENCE_SECONDS
from bot.telegram.watchdog import Watchdog
from tests.telegram.in_no_time import in_no_time, now
from tests.telegram.talking import Talk, Trouble

PASSING = [TelegramNetworkError, TelegramServerError]


def trouble_until(moment: Callable[[], float], kind: type[Exception]) -> Trouble:
    """Every call fails in this way before the moment."""

    def trouble(method: TelegramMethod[Any]) -> Exception | None:
        return kind(method, "trouble") if now() < moment() else None

    return trouble


def away_for(seconds: float, kind: type[Exception] = TelegramNetworkError) -> Talk:
    """A bot whose Telegram cannot be reached for so long from now on."""
    until = now() + seconds
    return Talk(trouble=trouble_until(lambda: until, kind))


@pytest.mark.parametrize("kind", PASSING)
@in_no_time
async def test_a_message_that_does_not_get_through_is_repeated_ever_later(
    kind: type[Exception],
) -> None:
    talk, begun = away_for(30, kind), now()
    person = talk.person()
    async with Watchdog():
        await talk.bot.send_message(person, "Ответ")
    assert [moment - begun for moment in talk.session.moments(person)] == [
        0, 0.5, 1.5, 3.5, 8.5, 18.5, 28.5, 38.5,
    ]  # fmt: skip
    assert len(talk.world.messages(person)) == 1


@pytest.mark.parametrize("kind", PASSING)
@in_no_time
async def test_after_two_and_a_half_minutes_the_inbox_is_to_try_again(
    kind: type[Exception],
) -> None:
    talk, begun = away_for(1000, kind), now()
    async with Watchdog():
        with pytest.raises(kind):
            await talk.bot.send_message(talk.person(), "Ответ")
    assert PATIENCE_SECONDS - 15 < now() - begun <= PATIENCE_SECONDS


@in_no_time
async def test_when_telegram_asks_for_patience_there_is_no_end_to_it() -> None:
    talk, begun = Talk(), now()
    person = talk.person()
    async with Watchdog():
        for _time in range(3):
            talk.hold(person, 1000)
            await talk.bot.send_message(person, "Ответ")
    assert now() == begun + 3000
    assert len(talk.world.messages(person)) == 3


@pytest.mark.parametrize("call", ["answer_callback_query", "get_file", "get_me"])
@in_no_time
async def test_what_sends_nothing_is_repeated_as_well(call: str) -> None:
    talk, begun = away_for(3), now()
    arguments = {"answer_callback_query": ["1"], "get_file": ["x"], "get_me": []}[call]
    async with Watchdog():
        # It gets through; what Telegram says to it is another matter.
        with suppress(TelegramBadRequest):
            await getattr(talk.bot, call)(*arguments)
    assert now() == begun + 3.5


@in_no_time
async def test_outside_an_act_nothing_is_repeated() -> None:
    talk, begun = away_for(3), now()
    person = talk.person()
    with pytest.raises(TelegramNetworkError):
        await talk.bot.send_message(person, "Ответ")
    await asyncio.sleep(3)
    talk.hold(person, 10)
    with pytest.raises(TelegramRetryAfter):
        await talk.bot.send_message(person, "Ответ")
    assert now() == begun + 3


@in_no_time
async def test_neither_a_refusal_nor_a_file_that_is_too_large_is_repeated() -> None:
    talk = away_for(3, TelegramEntityTooLarge)
    async with Watchdog():
        with pytest.raises(TelegramEntityTooLarge):
            await talk.bot.send_message(talk.person(), "Ответ")
        await asyncio.sleep(3)
        with pytest.raises(TelegramBadRequest):
            await talk.bot.send_message(404, "Ответ")
    assert len(talk.session.made) == 2


@in_no_time
async def test_what_is_of_no_use_a_moment_later_is_not_repeated() -> None:
    talk = away_for(3)
    async with Watchdog():
        with pytest.raises(TelegramNetworkError):
            await talk.bot.answer_inline_query("1", [])
        with pytest.raises(TelegramNetworkError):
            await talk.bot.send_chat_action(talk.person(), "typing")
    assert len(talk.session.made) == 2


@in_no_time
async def test_while_one_persons_answer_is_repeated_the_others_get_theirs() -> None:
    begun = now()

    def trouble(method: TelegramMethod[Any]) -> Exception | None:
        unlucky = getattr(method, "chat_id", None) == poor and now() < begun + 60
        return TelegramServerError(method, "Bad Gateway") if unlucky else None

    talk = Talk(trouble=trouble)
    poor, *others = talk.people(30)

    async def act(person: int) -> float:
        async with Watchdog():
            await talk.bot.send_message(person, "Ответ")
        return now() - begun

    waited, *at_once = await asyncio.gather(*(act(each) for each in (poor, *others)))
    assert at_once == [0] * 29
    assert waited > 60
