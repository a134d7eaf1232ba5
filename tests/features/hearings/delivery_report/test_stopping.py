"""Stopping a broadcast in the middle: what was sent stays, the rest is counted as stopped."""

import pytest
from sqlalchemy import update

from bot.db.models import Broadcast, Delivery
from bot.domain.clock import utc_now
from bot.domain.hearing import HearingNotice
from bot.domain.notices import Failure
from bot.features.hearings.delivery_report import progress_texts, texts
from bot.features.hearings.delivery_report.callbacks import AskToStop, ShowDispatch, StopBroadcast
from bot.features.hearings.delivery_report.jobs import show_progress
from bot.features.hearings.delivery_report.queries import BroadcastFacts, find_broadcast
from tests.features.hearings.delivery_report.broadcasts import (
    broadcast_of,
    courier,
    deliver,
    deliver_some,
    hearing,
    later,
    settle,
    tell,
)
from tests.features.records import change, deliveries, journal, resident_of
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def announced(stage: Stage, people: int = 20) -> tuple[Visitor, int]:
    officer = await stage.officer()
    await settle(stage, people)
    return officer, await tell(stage, await hearing(stage), officer)


async def facts(stage: Stage, broadcast_id: int) -> BroadcastFacts:
    async with stage.database.read() as db:
        found = await find_broadcast(db, broadcast_id)
    assert found is not None
    return found


async def test_a_broadcast_is_stopped_in_the_middle(stage: Stage) -> None:
    officer, broadcast_id = await announced(stage)
    await show_progress(stage.app.parts, utc_now())
    await deliver_some(stage)
    await officer.tap("stopq:")
    assert worded(
        "ru", progress_texts.sure_to_stop, "hearing.announced", (await facts(stage, broadcast_id)).counts
    ) == (officer.text)
    await officer.tap("stopb:")
    await deliver(stage)

    counts = (await facts(stage, broadcast_id)).counts
    assert counts.recipients == 21
    assert (counts.sent, counts.waiting, counts.failures) == (5, 0, {Failure.STOPPED: 16})
    assert worded("ru", progress_texts.stopped, "hearing.announced", counts) == officer.text
    assert f"{worded('ru', texts.failure, Failure.STOPPED)}: 16" in officer.text
    row = await broadcast_of(stage, broadcast_id)
    assert row.stopped_by == (await resident_of(stage, officer)).id
    assert len(await journal(stage, "broadcast.stopped")) == 1


async def test_the_question_does_not_disappear_under_the_bar(stage: Stage) -> None:
    officer, _broadcast_id = await announced(stage)
    await show_progress(stage.app.parts, utc_now())
    await officer.tap("stopq:")
    question, words = officer.screen, officer.text
    await deliver_some(stage)
    await later(stage)
    await show_progress(stage.app.parts, utc_now())

    assert stage.world.chats[officer.id][question.message_id].text == words


async def test_going_on_leads_to_the_numbers(stage: Stage) -> None:
    officer, broadcast_id = await announced(stage)
    await show_progress(stage.app.parts, utc_now())
    await officer.tap("stopq:")
    await officer.tap("disp:")

    assert worded("ru", texts.title) in officer.text
    assert (await broadcast_of(stage, broadcast_id)).stopped_at is None


async def test_the_bar_ends_as_stopped_with_what_was_on_the_wire(stage: Stage) -> None:
    officer, broadcast_id = await announced(stage)
    await show_progress(stage.app.parts, utc_now())
    bar = officer.screen
    await deliver_some(stage)
    await officer.press(StopBroadcast(broadcast_id=broadcast_id), bar.message_id - 1)
    await change(stage, update(Broadcast).values(progress_shown_at=None))
    await show_progress(stage.app.parts, utc_now())
    shown = stage.world.chats[officer.id][bar.message_id]
    assert "16" in (shown.text or "")
    assert not shown.buttons
    assert (await broadcast_of(stage, broadcast_id)).progress_ended_at is None

    # One message was with Telegram already, and arrives after all.
    last = (await deliveries(stage))[-1]
    arrived = {"sent_at": last.failed_at, "failed_at": None, "failure": None, "language": "ky"}
    await change(stage, update(Delivery).where(Delivery.id == last.id).values(arrived))
    await later(stage)
    await show_progress(stage.app.parts, utc_now())
    assert "15" in (shown.text or "")
    assert shown.buttons
    assert (await broadcast_of(stage, broadcast_id)).progress_ended_at is not None


async def test_a_second_press_is_harmless(stage: Stage) -> None:
    officer, broadcast_id = await announced(stage)
    await deliver_some(stage)
    await officer.press(StopBroadcast(broadcast_id=broadcast_id))
    first, counts = await broadcast_of(stage, broadcast_id), (await facts(stage, broadcast_id)).counts
    await officer.press(StopBroadcast(broadcast_id=broadcast_id))
    await officer.press(AskToStop(broadcast_id=broadcast_id))

    assert await broadcast_of(stage, broadcast_id) == first
    assert (await facts(stage, broadcast_id)).counts == counts
    assert worded("ru", progress_texts.nothing_to_stop, "hearing.announced", counts) == officer.text
    assert len(await journal(stage, "broadcast.stopped")) == 1


async def test_what_is_already_sent_to_all_is_not_called_stopped(stage: Stage) -> None:
    officer, broadcast_id = await announced(stage)
    await deliver(stage)
    await officer.press(StopBroadcast(broadcast_id=broadcast_id))

    assert (await broadcast_of(stage, broadcast_id)).stopped_at is None
    assert (await facts(stage, broadcast_id)).counts.sent == 21


async def test_a_claimed_message_is_not_sent_after_the_stop(stage: Stage) -> None:
    officer, broadcast_id = await announced(stage)
    sender = courier(stage, pace=10)
    claimed = await sender._claim()
    await officer.press(StopBroadcast(broadcast_id=broadcast_id))
    for slot, delivery in claimed:
        await sender._deliver(slot, delivery)

    assert (await facts(stage, broadcast_id)).counts.sent == 0


@pytest.mark.parametrize("press", [AskToStop, StopBroadcast])
async def test_an_officer_of_another_municipality_is_refused(
    stage: Stage, press: type[AskToStop] | type[StopBroadcast]
) -> None:
    _officer, broadcast_id = await announced(stage)
    other = await stage.officer("shark")
    await other.press(press(broadcast_id=broadcast_id))

    assert other.alert
    assert (await broadcast_of(stage, broadcast_id)).stopped_at is None
    await other.press(press(broadcast_id=99_999))
    assert other.alert


async def test_a_hearing_with_two_running_broadcasts_has_a_button_for_each(stage: Stage) -> None:
    officer = await stage.officer()
    await settle(stage, 5)
    hearing_id = await hearing(stage)
    await tell(stage, hearing_id)
    await tell(stage, hearing_id, kind=HearingNotice.REMINDER)
    await officer.press(ShowDispatch(hearing_id=hearing_id))

    assert [data for data in officer.data if data.startswith("stopq:")] == ["stopq:1", "stopq:2"]
