"""An act that hangs is given up; one that waits for Telegram is not."""

import asyncio

import pytest

from bot.telegram.watchdog import ActTimedOut, Watchdog, is_on_watch, resting


async def test_what_works_for_too_long_is_given_up() -> None:
    async def act() -> None:
        async with Watchdog(0.05):
            assert is_on_watch()
            await asyncio.sleep(30)

    with pytest.raises(ActTimedOut):
        await act()
    assert not is_on_watch()


async def test_what_ends_in_time_ends_as_it_would_without() -> None:
    async with Watchdog(30):
        pass
    with pytest.raises(TimeoutError):
        async with Watchdog(30):
            raise TimeoutError
    with pytest.raises(LookupError):
        async with Watchdog(30):
            raise LookupError


async def test_waiting_for_telegram_does_not_count_however_many_wait_at_once() -> None:
    async def wait(seconds: float) -> None:
        with resting():
            await asyncio.sleep(seconds)

    async def act(work: float) -> None:
        async with Watchdog(0.2):
            await asyncio.gather(wait(0.3), wait(0.4))
            await asyncio.sleep(work)

    await act(0)
    with pytest.raises(ActTimedOut):
        await act(30)


async def test_whoever_stops_the_bot_is_not_told_that_an_act_took_too_long() -> None:
    async def act() -> None:
        async with Watchdog(30):
            await asyncio.sleep(30)

    task = asyncio.create_task(act())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
