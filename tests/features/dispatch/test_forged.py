"""Anyone can forge a button of the dispatch report: each asks for the officer's role anew."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy import select, update

from bot.db.models import GrantRow
from bot.features.dispatch import callbacks as dispatch
from tests.features.dispatch.broadcasts import hearing, tell
from tests.features.records import change, everything
from tests.house.test_wire_format import callback_classes
from tests.stage import Stage, Visitor


def for_officers(hearing_id: int, broadcast_id: int) -> list[CallbackData]:
    return [
        dispatch.ShowDispatch(hearing_id=hearing_id),
        dispatch.MakePoster(hearing_id=hearing_id),
        dispatch.ExportDispatch(hearing_id=hearing_id, form=dispatch.Form.PDF),
        dispatch.AskToStop(broadcast_id=broadcast_id),
        dispatch.StopBroadcast(broadcast_id=broadcast_id),
    ]


def test_no_class_is_forgotten() -> None:
    known = {each for each in callback_classes() if each.__module__ == dispatch.__name__}
    assert {type(each) for each in for_officers(1, 1)} == known


async def plain_resident(stage: Stage) -> Visitor:
    return await stage.resident()


async def facilitator(stage: Stage) -> Visitor:
    return await stage.facilitator()


async def officer_elsewhere(stage: Stage) -> Visitor:
    return await stage.officer("shark")


async def withdrawn_officer(stage: Stage) -> Visitor:
    former = await stage.officer()
    newest = select(GrantRow.id).order_by(GrantRow.id.desc()).limit(1).scalar_subquery()
    await change(stage, update(GrantRow).where(GrantRow.id == newest).values(withdrawn_at=datetime.now(UTC)))
    return former


@pytest.mark.parametrize("forger", [plain_resident, facilitator, officer_elsewhere, withdrawn_officer])
async def test_a_forged_press_is_refused_and_changes_nothing(
    stage: Stage, forger: Callable[[Stage], Awaitable[Visitor]]
) -> None:
    await stage.resident()
    hearing_id = await hearing(stage)
    broadcast_id = await tell(stage, hearing_id)
    person = await forger(stage)
    before, seen = await everything(stage), len(person.messages)

    for each in for_officers(hearing_id, broadcast_id):
        await person.press(each)
        assert person.alert, each

    assert await everything(stage) == before
    assert len(person.messages) == seen
