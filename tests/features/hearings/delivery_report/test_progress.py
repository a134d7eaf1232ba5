"""The live progress bar: one message to whoever announced, edited until nothing waits any more."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.db.models import Broadcast, Delivery
from bot.domain.clock import BISHKEK, utc_now
from bot.domain.dispatch import Counts
from bot.domain.hearing import HearingNotice
from bot.features.hearings.delivery_report import progress_texts, screens, texts
from bot.features.hearings.delivery_report.jobs import show_progress
from bot.features.hearings.delivery_report.progress_queries import Progress
from bot.i18n import LANGUAGES, speaking
from bot.sandbox.people import Message
from tests.features.hearings.delivery_report.broadcasts import (
    broadcast_of,
    deliver,
    deliver_some,
    hearing,
    later,
    settle,
    tell,
)
from tests.features.people import beside
from tests.features.records import change
from tests.features.wording import worded
from tests.samples.dispatch import BAR
from tests.stage import UNHURRIED, Stage, Visitor


async def announced(stage: Stage, people: int = 20, language: str = "ru") -> tuple[Visitor, int]:
    """An officer who watches, and the broadcast."""
    officer = await stage.officer(language=language)
    await settle(stage, people)
    return officer, await tell(stage, await hearing(stage), officer)


def bars(officer: Visitor) -> list[Message]:
    return [message for message in officer.messages if "%" in (message.text or "")]


async def show(stage: Stage) -> None:
    await later(stage)
    await show_progress(stage.app.parts, utc_now())


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_bar_is_sent_once_and_then_edited(stage: Stage, language: str) -> None:
    officer, broadcast_id = await announced(stage, language=language)
    await show(stage)
    [bar] = bars(officer)
    assert worded(language, texts.kind, HearingNotice.ANNOUNCED) in (bar.text or "")
    assert "0 / 21" in (bar.text or "") or "0 из 21" in (bar.text or "")

    await deliver_some(stage)
    await show(stage)
    [bar] = bars(officer)
    assert "5 / 21" in (bar.text or "") or "5 из 21" in (bar.text or "")

    await deliver(stage)
    await show(stage)
    [bar] = bars(officer)
    assert "100" in (bar.text or "")
    assert (await broadcast_of(stage, broadcast_id)).progress_ended_at is not None
    assert [button["callback_data"] for row in bar.buttons for button in row] == ["disp:1", "home"]


async def test_an_ended_bar_is_left_alone(stage: Stage) -> None:
    officer, _broadcast_id = await announced(stage)
    await deliver(stage)
    await show(stage)
    await officer.press("home", bars(officer)[0].message_id)
    stage.session.calls.clear()
    await show(stage)

    assert stage.session.calls == []


async def test_a_bar_that_has_not_moved_is_not_edited(stage: Stage) -> None:
    officer, broadcast_id = await announced(stage)
    await deliver_some(stage)
    await show(stage)
    long_ago = datetime.now(UTC) - timedelta(minutes=5)
    await change(stage, update(Delivery).where(Delivery.sent_at.is_not(None)).values(sent_at=long_ago))
    stage.session.calls.clear()
    for _again in range(3):
        await later(stage, 3)
        before = (await broadcast_of(stage, broadcast_id)).progress_shown_at
        await show_progress(stage.app.parts, utc_now())
        assert (await broadcast_of(stage, broadcast_id)).progress_shown_at > before

    assert stage.session.calls == []
    assert len(bars(officer)) == 1


async def test_a_bar_goes_on_after_a_restart(stage: Stage) -> None:
    officer, broadcast_id = await announced(stage)
    await show(stage)
    restarted = beside(stage)
    await deliver(stage)
    await show(restarted)

    assert len(bars(officer)) == 1
    assert (await broadcast_of(stage, broadcast_id)).progress_ended_at is not None


async def test_of_many_processes_one_shows_the_bar(stage: Stage) -> None:
    officer, _broadcast_id = await announced(stage)
    processes = [stage, *(beside(stage) for _process in range(3))]
    shown = await asyncio.gather(*(show_progress(each.app.parts, utc_now()) for each in processes))

    assert sum(int(str(number)) for number in shown) == 1
    assert len(bars(officer)) == 1
    await asyncio.gather(*(show_progress(each.app.parts, utc_now()) for each in processes))
    assert len(bars(officer)) == 1


async def test_while_one_process_sends_the_first_bar_no_other_does(stage: Stage) -> None:
    officer, broadcast_id = await announced(stage)
    taken = {"progress_shown_at": datetime.now(UTC) - timedelta(seconds=15)}
    await change(stage, update(Broadcast).where(Broadcast.id == broadcast_id).values(taken))
    await show_progress(stage.app.parts, utc_now())
    assert bars(officer) == []
    await later(stage, 30)
    await show_progress(stage.app.parts, utc_now())
    assert len(bars(officer)) == 1


async def test_a_clock_put_back_does_not_hide_the_bar(stage: Stage) -> None:
    officer, broadcast_id = await announced(stage)
    ahead = {"progress_shown_at": datetime.now(UTC) + timedelta(days=1)}
    await change(stage, update(Broadcast).where(Broadcast.id == broadcast_id).values(ahead))
    await show_progress(stage.app.parts, utc_now())

    assert len(bars(officer)) == 1


def delete_bar(stage: Stage, officer: Visitor) -> None:
    del stage.world.chats[officer.id][bars(officer)[0].message_id]


def block_bot(stage: Stage, officer: Visitor) -> None:
    stage.world.people[officer.id].blocked = True


@pytest.mark.parametrize("leave", [delete_bar, block_bot])
async def test_an_officer_who_looks_no_more_ends_the_bar_quietly(
    stage: Stage, leave: Callable[[Stage, Visitor], None]
) -> None:
    officer, broadcast_id = await announced(stage)
    await show(stage)
    leave(stage, officer)
    await deliver_some(stage)
    await show(stage)
    assert (await broadcast_of(stage, broadcast_id)).progress_ended_at is not None

    seen = len(officer.messages)
    await deliver(stage)
    await show(stage)
    assert len(bars(officer)) == (1 if leave is block_bot else 0)
    assert len(officer.messages) >= seen


async def test_a_broadcast_that_nobody_watches_has_no_bar(stage: Stage) -> None:
    officer = await stage.officer()
    await tell(stage, await hearing(stage))
    await show(stage)

    assert bars(officer) == []


async def test_two_broadcasts_have_a_bar_each(stage: Stage) -> None:
    officer, _broadcast_id = await announced(stage)
    await tell(stage, await hearing(stage), officer)
    await show(stage)

    assert len(bars(officer)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bar_says_how_long_it_will_take(language: str) -> None:
    with speaking(language):
        half = Counts(sent=3000, waiting=3000)
        said = [
            screens.progress(BAR, Progress(half, None, pace), is_quiet=False).text for pace in (25.0, 0.0)
        ]
        assert progress_texts.minutes_left(2) in said[0]
        assert "\N{FULL BLOCK}" * 5 + "\N{LIGHT SHADE}" * 5 in said[0]
        assert said[1] in said[0]
        soon = screens.progress(BAR, Progress(Counts(waiting=20), None, 25.0), is_quiet=False).text
        assert progress_texts.minutes_left(0) in soon


async def test_at_night_the_bar_says_why_it_stands_still(stage: Stage) -> None:
    hour = datetime.now(BISHKEK).hour
    asleep = UNHURRIED.model_copy(update={"quiet_from": hour, "quiet_to": (hour + 2) % 24})
    night = Stage(stage.database, asleep, stage.world)
    officer, _broadcast_id = await announced(night)
    await show(night)

    assert worded("ru", progress_texts.at_night) in (bars(officer)[0].text or "")
