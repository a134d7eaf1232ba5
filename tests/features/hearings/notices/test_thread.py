"""From an officer's announcement to a resident's answer, and what is said when it is called off."""

import pytest
from sqlalchemy import select

from bot.db.models import Attendance, Hearing
from bot.domain.attendance import Standing
from bot.features.hearings.announcing.callbacks import AskToCancelHearing, ChangeHearing
from bot.features.hearings.notices import notice_texts, texts
from bot.i18n import LANGUAGES
from tests.features.hearings.announcing.officers import PLACE, TOPIC, announce
from tests.features.records import rows
from tests.features.wording import worded
from tests.stage import Stage


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_resident_hears_answers_and_hears_that_it_is_off(stage: Stage, language: str) -> None:
    officer, resident = await stage.officer(), await stage.resident(language)
    await announce(officer)
    await stage.deliver()
    assert TOPIC in resident.text
    assert PLACE in resident.text
    notice = resident.screen

    await resident.tap("hcome:", worded(language, texts.come))
    assert worded(language, texts.coming) in (notice.text or "")
    [answer] = await rows(stage, select(Attendance.__table__))
    assert answer.is_coming

    [hearing] = await rows(stage, select(Hearing.id))
    await officer.press(AskToCancelHearing(hearing_id=hearing.id))
    await officer.tap("hcannr:")
    await officer.tap("hcan:")
    await stage.deliver()
    assert worded(language, texts.all_hearings) in resident.labels
    assert TOPIC in resident.text

    late = next(
        data for row in notice.buttons for each in row if (data := each["callback_data"]).startswith("hcome:")
    )
    await resident.press(late, notice.message_id)
    assert resident.alert == worded(language, texts.standing_toast, Standing.CALLED_OFF)
    assert [row.is_coming for row in await rows(stage, select(Attendance.is_coming))] == [True]


async def test_whether_one_comes_is_asked_again_when_the_hearing_moves(stage: Stage) -> None:
    officer, resident = await stage.officer(), await stage.resident()
    await announce(officer)
    await stage.deliver()
    await resident.tap("hcome:", worded("ru", texts.come))
    await officer.press(ChangeHearing(hearing_id=1))
    await officer.press("hline:2:time")
    await officer.send("16:30")
    await officer.tap("hchgok:")
    assert [row.is_coming for row in await rows(stage, select(Attendance.is_coming))] == [None]
    await stage.deliver()
    assert worded("ru", notice_texts.asked_again) in resident.text
    await resident.tap("hcome:", worded("ru", texts.come))
    assert [row.is_coming for row in await rows(stage, select(Attendance.is_coming))] == [True]
