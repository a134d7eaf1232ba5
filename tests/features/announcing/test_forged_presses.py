"""Every button of the announcing asks for the office anew: anyone can forge callback data."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy import select, update

from bot.db.models import GrantRow
from bot.domain.hearing import HearingKind
from bot.domain.hearing_draft import Step
from bot.features.announcing import callbacks
from bot.telegram import texts as common
from tests.features.announcing.officers import JAZY, announce, hearings, in_days, rewrite, write
from tests.features.records import change, everything, village_ids
from tests.features.wording import worded
from tests.house.test_wire_format import callback_classes
from tests.stage import Stage, Visitor

ANNOUNCED, REVISION, DRAFT = 1, 2, 3
SECRET = "Купуя тема"


def of_a_draft(hearing_id: int, village_id: int) -> list[CallbackData]:
    day = int(f"{in_days(5):%Y%m%d}")
    return [
        callbacks.ContinueAnnouncement(hearing_id=hearing_id),
        callbacks.GoToLine(hearing_id=hearing_id, step=Step.TOPIC),
        callbacks.SkipLine(hearing_id=hearing_id, step=Step.TOPIC),
        callbacks.SetHearingKind(hearing_id=hearing_id, kind=HearingKind.OTHER),
        callbacks.TurnMonth(hearing_id=hearing_id, month=day // 100),
        callbacks.SetHearingDay(hearing_id=hearing_id, day=day),
        callbacks.SetHearingTime(hearing_id=hearing_id, at=840),
        callbacks.UseLast(hearing_id=hearing_id, step=Step.PLACE),
        callbacks.DropDocuments(hearing_id=hearing_id),
        callbacks.ListInvited(hearing_id=hearing_id, page=0),
        callbacks.InviteVillage(hearing_id=hearing_id, village_id=village_id, page=0, on=True),
        callbacks.InviteAll(hearing_id=hearing_id),
        callbacks.PreviewIn(hearing_id=hearing_id, language="ky"),
        callbacks.ListLines(hearing_id=hearing_id, page=0),
        callbacks.AnnounceHearing(hearing_id=hearing_id),
        callbacks.AskToDiscard(hearing_id=hearing_id),
        callbacks.DiscardDraft(hearing_id=hearing_id),
    ]


def of_the_room(village_id: int) -> list[CallbackData]:
    """Every button that only an officer of the municipality may press, on all it could be pressed for."""
    return [
        callbacks.StartAnnouncement(municipality_id=JAZY),
        *of_a_draft(DRAFT, village_id),
        *of_a_draft(REVISION, village_id),
        *of_a_draft(ANNOUNCED, village_id),
        callbacks.ChangeHearing(hearing_id=ANNOUNCED),
        callbacks.ConfirmChanges(hearing_id=ANNOUNCED, tell=True),
        callbacks.AskToCancelHearing(hearing_id=ANNOUNCED),
        callbacks.SkipReason(hearing_id=ANNOUNCED),
        callbacks.CancelHearing(hearing_id=ANNOUNCED),
    ]


def test_no_class_of_the_room_is_forgotten() -> None:
    known = {each for each in callback_classes() if each.__module__ == callbacks.__name__}
    assert {type(each) for each in of_the_room(1)} == known


async def plain_resident(stage: Stage) -> Visitor:
    return await stage.resident()


async def facilitator(stage: Stage) -> Visitor:
    return await stage.facilitator()


async def officer_elsewhere(stage: Stage) -> Visitor:
    return await stage.officer("shark")


async def withdrawn_officer(stage: Stage) -> Visitor:
    former = await stage.officer()
    await withdraw_newest(stage)
    return former


async def withdraw_newest(stage: Stage) -> None:
    newest = select(GrantRow.id).order_by(GrantRow.id.desc()).limit(1).scalar_subquery()
    withdrawn = update(GrantRow).where(GrantRow.id == newest)
    await change(stage, withdrawn.values(withdrawn_at=datetime.now(UTC)))


@pytest.mark.parametrize("forger", [plain_resident, facilitator, officer_elsewhere, withdrawn_officer])
async def test_a_forged_press_is_refused_and_changes_nothing(
    stage: Stage, forger: Callable[[Stage], Awaitable[Visitor]]
) -> None:
    officer = await stage.officer()
    await announce(officer)
    await rewrite(officer, Step.PLACE, "Жазы, мектеп")
    await write(officer, topic=SECRET)
    assert [row.id for row in await hearings(stage)] == [ANNOUNCED, REVISION, DRAFT]
    person = await forger(stage)
    before, seen = await everything(stage), len(person.messages)

    for each in of_the_room((await village_ids(stage, "jazy"))[0]):
        await person.press(each)
        assert person.alert == worded("ru", common.not_allowed, None), each

    assert await everything(stage) == before
    assert len(person.messages) == seen
    assert SECRET not in person.text


async def test_an_officer_dismissed_in_the_middle_of_a_question_writes_nothing_into_the_draft(
    stage: Stage,
) -> None:
    officer = await stage.officer()
    await officer.press(callbacks.StartAnnouncement(municipality_id=JAZY))
    await officer.tap("hkind:")
    await withdraw_newest(stage)
    await officer.send(SECRET)
    assert officer.text == worded("ru", common.not_allowed, None)
    assert (await hearings(stage))[0].topic_ru is None
    # What is written next is taken for a report, as from any resident.
    await officer.send("Көпүрө бузулган, балдар айланып барат")
    assert any(data.startswith("offer:") for data in officer.data)


async def test_a_village_of_another_municipality_cannot_be_invited(stage: Stage) -> None:
    officer = await stage.officer()
    await write(officer)
    foreign = (await village_ids(stage, "shark"))[0]
    await officer.press(callbacks.InviteVillage(hearing_id=1, village_id=foreign, page=0, on=True))
    assert officer.alert == worded("ru", common.gone, None)


@pytest.mark.parametrize(
    "data", ["hday:1:20261345", "hday:1:-5", "htime:1:99999", "htime:1:-1", "hprev:1:en", "hlast:1:kind"]
)
async def test_a_forged_answer_changes_nothing(stage: Stage, data: str) -> None:
    officer = await stage.officer()
    await write(officer)
    before = await everything(stage)
    await officer.press(data)
    assert officer.alert
    assert await everything(stage) == before


@pytest.mark.parametrize("data", ["hmon:1:0", "hmon:1:202013", "hmon:1:999912", "hmon:1:202001"])
async def test_a_forged_month_is_the_nearest_there_is(stage: Stage, data: str) -> None:
    officer = await stage.officer()
    await write(officer)
    await officer.press(data)
    assert any(each.startswith("hday:") for each in officer.data)
