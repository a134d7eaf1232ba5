"""A hearing is called off: for a reason or none, after one more question, and told once."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.db.models import Broadcast, Hearing
from bot.domain import refusals
from bot.domain.hearing import HearingNotice
from bot.domain.hearing_draft import Step
from bot.domain.notices import Failure
from bot.features.hearings.announcing import texts
from bot.features.hearings.announcing.callbacks import (
    AnnounceHearing,
    AskToCancelHearing,
    CancelHearing,
    ChangeHearing,
    SkipReason,
)
from bot.features.problems.reporting import texts as problem_texts
from tests.features.hearings.announcing.officers import (
    ANNOUNCED,
    announce,
    broadcasts,
    hearings,
    now,
    rewrite,
    told,
)
from tests.features.people import answers
from tests.features.records import change, journal, resident_of, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor

CALLED_OFF = [*ANNOUNCED, HearingNotice.CANCELLED, HearingNotice.POSTED]
REASON = "Суу ташкыны, жол <жабык> & көпүрө жок"


async def ask(officer: Visitor, reason: str | None = None) -> None:
    """Up to the last question before it is called off."""
    await officer.press(AskToCancelHearing(hearing_id=1))
    if reason is None:
        await officer.tap("hcannr:")
    else:
        await officer.send(reason)


async def facts(stage: Stage) -> dict[str, Any]:
    found = await rows(stage, select(Broadcast.facts).where(Broadcast.kind == HearingNotice.CANCELLED))
    return dict(found[0].facts)


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_a_hearing_is_called_off_for_a_reason(stage: Stage, language: str) -> None:
    reader, officer = await stage.resident(language), await stage.officer(language=language)
    await announce(officer)
    await stage.deliver()
    seen = len(reader.messages)
    await ask(officer, REASON)
    assert REASON in officer.text
    assert (await hearings(stage))[0].status == "announced"
    assert await broadcasts(stage) == ANNOUNCED

    await officer.tap("hcan:")
    await stage.deliver()
    assert await broadcasts(stage) == CALLED_OFF
    assert await told(stage, HearingNotice.CANCELLED) == [(reader.id, None), (officer.id, None)]
    assert REASON in reader.text
    assert len(reader.messages) == seen + 1
    [row] = await hearings(stage)
    assert (row.status, row.cancel_reason) == ("cancelled", REASON)
    assert (await resident_of(stage, officer)).awaiting is None
    assert len(await journal(stage, "hearing.cancelled")) == 1


async def test_no_reason_need_be_given_and_one_written_before_is_forgotten(stage: Stage) -> None:
    officer = await stage.officer()
    await announce(officer)
    await ask(officer, REASON)
    await ask(officer)
    await officer.tap("hcan:")
    assert (await facts(stage))["reason"] is None
    assert (await hearings(stage))[0].cancel_reason is None


async def test_the_same_press_again_tells_nobody(stage: Stage) -> None:
    officer = await stage.officer()
    await announce(officer)
    await ask(officer)
    for _press in range(2):
        await officer.press(CancelHearing(hearing_id=1))
        assert officer.text == worded("ru", texts.cancelled)
    assert await broadcasts(stage) == CALLED_OFF


async def test_two_officers_at_once_call_it_off_once(stage: Stage) -> None:
    officers = [await stage.officer(), await stage.officer()]
    await announce(officers[0])
    for officer in officers:
        await ask(officer)
    for officer in officers:
        stage.world.tap(officer.id, officer.screen.message_id, CancelHearing(hearing_id=1).pack())
    await asyncio.gather(*(stage.handle(each) for each in stage.world.take_updates()))
    assert await broadcasts(stage) == CALLED_OFF
    assert len(await journal(stage, "hearing.cancelled")) == 1


async def test_whoever_still_waits_hears_only_that_it_is_off(stage: Stage) -> None:
    reader, officer = await stage.resident(), await stage.officer()
    await announce(officer)
    await ask(officer)
    await officer.tap("hcan:")
    seen = len(reader.messages)
    await stage.deliver()
    assert (reader.id, Failure.EXPIRED) in await told(stage, HearingNotice.ANNOUNCED)
    assert len(reader.messages) == seen + 1


async def test_a_hearing_that_was_called_off_cannot_be_changed_or_announced_anew(stage: Stage) -> None:
    officer = await stage.officer()
    await announce(officer)
    await rewrite(officer, Step.PLACE, "Жазы, мектеп")
    await ask(officer)
    await officer.tap("hcan:")
    # The draft of changes went with it.
    assert [row.id for row in await hearings(stage)] == [1]
    for each in (ChangeHearing, AskToCancelHearing, SkipReason, AnnounceHearing):
        await officer.press(each(hearing_id=1))
        assert officer.alert == worded("ru", texts.is_over, None), each
    assert await broadcasts(stage) == CALLED_OFF


async def test_a_past_hearing_is_not_called_off(stage: Stage) -> None:
    officer = await stage.officer()
    await announce(officer)
    await ask(officer, REASON)
    await change(stage, update(Hearing).values(starts_at=now() - timedelta(minutes=1)))
    for each in (AskToCancelHearing, SkipReason, CancelHearing):
        await officer.press(each(hearing_id=1))
        assert officer.alert == worded("ru", texts.is_over, None)
    assert await broadcasts(stage) == ANNOUNCED


async def test_a_reason_that_is_too_long_is_refused_with_its_bound(stage: Stage) -> None:
    officer = await stage.officer()
    await announce(officer)
    await ask(officer, "ө" * 301)
    too_long = refusals.TextTooLong(at_most=300, length=301)
    assert officer.text == worded("ru", problem_texts.REFUSALS[refusals.TextTooLong], too_long)
    await officer.send(REASON)
    assert REASON in officer.text


async def test_an_officer_no_longer_in_office_is_told_once_and_let_go(stage: Stage) -> None:
    officer, colleague = await stage.officer(), await stage.officer()
    await announce(officer)
    await officer.press(AskToCancelHearing(hearing_id=1))
    await ask(colleague)
    await colleague.tap("hcan:")
    await officer.send(REASON)
    assert answers(officer)[0] == worded("ru", texts.is_over, None)
    assert any(data.startswith("offer:") for data in officer.data)
