"""Updates come in twice, at once, late, or while something is out of order."""

import asyncio
import re
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from sqlalchemy import select, update

from bot.db.models import Draft
from bot.sandbox.methods import BotApi
from bot.telegram import texts
from tests.features.people import NEED
from tests.features.records import change, rows
from tests.features.wording import worded
from tests.stage import DirectSession, Stage


async def test_one_person_s_messages_are_handled_in_the_order_they_were_sent(stage: Stage) -> None:
    resident = await stage.resident()
    for words in ("/report", NEED, "Жээренчи"):
        stage.world.say(resident.id, words)
    await asyncio.gather(*(stage.handle(each) for each in stage.world.take_updates()))
    assert [tuple(row) for row in await rows(stage, select(Draft.text, Draft.step))] == [(NEED, "topic")]


class Unsteady(DirectSession):
    """A connection that breaks once, at the first message."""

    broken = False

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109  # aiogram's signature
    ) -> Any:
        if not self.broken and method.__api_method__ == "sendMessage":
            self.broken = True
            raise TelegramNetworkError(method=method, message="the connection was reset")
        return await super().make_request(bot, method, timeout)


async def test_after_a_broken_connection_the_answer_comes_and_the_act_is_done_once(stage: Stage) -> None:
    resident = await stage.resident()
    stage.bot.session = Unsteady(BotApi(stage.world))
    before = len(resident.messages)
    await resident.send(NEED)
    assert [row.offered for row in await rows(stage, select(Draft.offered))] == [NEED]
    assert [message.from_bot for message in resident.messages[before:]] == [False, True]


async def test_what_nobody_expected_is_apologised_for_with_a_code_that_is_in_the_log(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    await change(stage, update(Draft).values(step="nonsense"))
    with structlog.testing.capture_logs() as logged:
        await resident.send(NEED)
        apology = resident.text
        await resident.press("rep")
    codes = [re.findall(r"\b[0-9A-F]{6}\b", words)[-1] for words in (apology, resident.alert or "")]
    assert apology == worded("ru", texts.apology, codes[0])
    assert resident.alert == worded("ru", texts.apology_alert, codes[1])
    assert [(each["event"], each["code"], each["exc_info"]) for each in logged if "code" in each] == [
        ("an act failed", code, True) for code in codes
    ]

    await change(stage, update(Draft).values(step="text"))
    await resident.send(NEED)
    assert "dvil:" in "".join(resident.data)


async def test_a_tap_that_telegram_no_longer_lets_us_answer_is_still_done(stage: Stage) -> None:
    resident = await stage.resident()
    callback_id = stage.world.tap(resident.id, resident.screen.message_id, "rep")
    del stage.world.callbacks[callback_id]
    await stage.handle_all()
    assert [row.step for row in await rows(stage, select(Draft.step))] == ["text"]
    assert "leave" in resident.data


async def test_a_button_of_a_message_that_is_gone_is_answered_below(stage: Stage) -> None:
    resident = await stage.resident()
    old = resident.screen.message_id
    del stage.world.chats[resident.id][old]
    await resident.start()
    await resident.press("rep", old)
    assert resident.screen.message_id > old
    assert "leave" in resident.data


async def test_a_person_who_blocks_while_acting_stops_nothing(stage: Stage) -> None:
    resident, other = await stage.resident(), await stage.resident()
    stage.world.say(resident.id, NEED)
    stage.world.people[resident.id].blocked = True
    await stage.handle_all()
    assert [row.offered for row in await rows(stage, select(Draft.offered))] == [NEED]
    await other.send("/report")
    assert "leave" in other.data
