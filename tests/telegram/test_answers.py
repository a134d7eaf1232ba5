"""Whatever happens on the way, a person gets the very screen that belongs to what they did."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware
from aiogram.exceptions import TelegramNetworkError, TelegramServerError
from aiogram.methods import TelegramMethod

from tests.stage import Stage

WORDS = "В нашем селе третий год нет света на улице"


class Unlucky(BaseRequestMiddleware):
    """The next call of a method fails so many times; it sits between the bot and Telegram."""

    def __init__(self, method: str, kind: type[Exception], times: int) -> None:
        self._method = method
        self._kind = kind
        self.left = times

    async def __call__(self, make_request: Any, bot: Bot, method: TelegramMethod[Any]) -> Any:
        if method.__api_method__ == self._method and self.left:
            self.left -= 1
            raise self._kind(method, "trouble")
        return await make_request(bot, method)


@pytest.mark.parametrize("kind", [TelegramServerError, TelegramNetworkError])
async def test_words_out_of_the_blue_are_offered_although_the_answer_failed_twice(
    stage: Stage, kind: type[Exception]
) -> None:
    lucky, unlucky = [await stage.resident() for _each in range(2)]
    await lucky.send(WORDS)
    trouble = Unlucky("sendMessage", kind, 2)
    stage.bot.session.middleware(trouble)
    await unlucky.send(WORDS)
    assert trouble.left == 0
    assert (unlucky.text, unlucky.labels) == (lucky.text, lucky.labels)


async def test_a_screen_that_a_chat_must_wait_for_comes_in_the_end(stage: Stage) -> None:
    lucky, impatient = [await stage.resident() for _each in range(2)]
    await lucky.send(WORDS)
    stage.session.server.pace.hold(impatient.id, 1)
    await impatient.send(WORDS)
    assert (impatient.text, impatient.labels) == (lucky.text, lucky.labels)
    # The tap edits the message; it is answered, and the edit comes when it may.
    stage.session.server.pace.hold(impatient.id, 1)
    await lucky.tap(lucky.data[0])
    await impatient.tap(impatient.data[0])
    assert (impatient.text, impatient.labels) == (lucky.text, lucky.labels)


async def test_what_failed_and_was_repeated_is_stored_once(stage: Stage) -> None:
    resident = await stage.resident()
    before = len(resident.messages)
    stage.bot.session.middleware(Unlucky("sendMessage", TelegramServerError, 1))
    await resident.send(WORDS)
    assert len(resident.messages) == before + 2
