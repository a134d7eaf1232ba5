"""Every button of the announcing asks for the office anew: anyone can forge callback data."""

import pytest

from bot.features.hearings.announcing import callbacks
from bot.telegram import texts as common
from tests.features.forgers import withdraw_newest
from tests.features.hearings.announcing.officers import JAZY, hearings, write
from tests.features.records import everything, village_ids
from tests.features.wording import worded
from tests.stage import Stage

SECRET = "Купуя тема"


async def test_an_officer_dismissed_in_the_middle_of_a_question_writes_nothing_into_the_draft(
    stage: Stage,
) -> None:
    officer = await stage.officer()
    await officer.press(callbacks.StartAnnouncement(municipality_id=JAZY))
    await officer.tap("hkind:")
    await withdraw_newest(stage)
    await officer.send(SECRET)
    assert worded("ru", common.role_taken_away, None) in [message.text for message in officer.messages]
    assert (await hearings(stage))[0].topic_ru is None
    # It is taken for words out of the blue, as from any resident.
    assert SECRET in officer.text
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
