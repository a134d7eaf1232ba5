"""While a bar creeps the clock of the act stands still, but not for ever."""

import asyncio
from datetime import UTC, datetime

import pytest
from aiogram.types import CallbackQuery, Chat, Message, User
from markupsafe import Markup

from bot.telegram import progress
from bot.telegram.progress import Progress, ProgressBelow
from bot.telegram.screen import Screen
from bot.telegram.watchdog import ActTimedOut, Watchdog

SOMEBODY = User(id=1, is_bot=False, first_name="Somebody")


def bar() -> Progress:
    """Of a tap below a message that is gone: nothing is drawn."""
    tap = CallbackQuery(id="1", from_user=SOMEBODY, chat_instance="1", data="x")
    return Progress(tap, lambda words: Screen(Markup(words)))


async def test_what_is_made_with_a_bar_may_take_longer_than_an_act() -> None:
    async with Watchdog(0.01), bar().creeping(1):
        await asyncio.sleep(0.1)


async def test_what_takes_for_ever_is_given_up_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "MOST_SECONDS", 0.01)
    with pytest.raises(ActTimedOut):
        async with bar().creeping(1):
            await asyncio.Event().wait()


async def test_an_error_inside_goes_through_as_it_is() -> None:
    with pytest.raises(TimeoutError, match="of the block"):
        async with bar().creeping(1):
            raise TimeoutError("of the block")


async def test_a_bar_below_a_message_is_not_drawn_for_what_is_done_at_once() -> None:
    sent = Message(
        message_id=1, date=datetime.now(UTC), chat=Chat(id=1, type="private"), from_user=SOMEBODY, text="x"
    )
    below = ProgressBelow(sent, lambda words: pytest.fail("drawn"))
    async with below.creeping(1, after=600):
        pass
    await below.vanish()
