"""The draft of changes to a hearing: begun once, the same for all officers, thrown away or taken over."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from bot.db.models import Hearing, HearingDocument
from bot.domain.hearing_draft import Step
from bot.features.hearings.announcing import texts
from bot.features.hearings.announcing.callbacks import ChangeHearing, ConfirmChanges
from tests.features.hearings.announcing.officers import (
    ANNOUNCED,
    MOVED,
    PLACE,
    announce,
    broadcasts,
    hearings,
    in_days,
    line,
    now,
    rewrite,
)
from tests.features.records import change, journal, rows
from tests.features.wording import worded
from tests.stage import Stage


async def test_documents_in_the_same_number_are_seen_to_differ_and_move_to_the_hearing(stage: Stage) -> None:
    officer = await stage.officer()
    await announce(officer)
    await change(
        stage,
        insert(HearingDocument).values(hearing_id=1, file_id="old", is_photo=False, name="Эски.pdf"),
    )
    await officer.press(ChangeHearing(hearing_id=1))
    await line(officer, Step.DOCUMENTS)
    await officer.tap("hdocx:")
    stage.world.send_document(officer.id, "Жаңы.pdf", b"%PDF", "application/pdf")
    await stage.handle_all()
    await officer.tap("hskip:")
    assert worded("ru", texts.changed_field, "documents") in officer.text
    await officer.tap("hchgok:", worded("ru", texts.only_correct))
    found = await rows(stage, select(HearingDocument.hearing_id, HearingDocument.name))
    assert found == [(1, "Жаңы.pdf")]


async def test_a_mark_on_the_map_that_moves_is_a_change(stage: Stage) -> None:
    officer = await stage.officer()
    await announce(officer)
    await change(stage, update(Hearing).values(latitude=40.1, longitude=73.1))
    await officer.press(ChangeHearing(hearing_id=1))
    await line(officer, Step.PIN)
    stage.world.send_location(officer.id, 40.2, 73.2)
    await stage.handle_all()
    assert worded("ru", texts.changed_field, "has_pin") in officer.text
    await officer.tap("hchgok:", worded("ru", texts.only_correct))
    assert (await hearings(stage))[0].latitude == 40.2


async def test_nothing_changed_is_said_so(stage: Stage) -> None:
    officer = await stage.officer()
    await announce(officer)
    await officer.press(ChangeHearing(hearing_id=1))
    assert worded("ru", texts.nothing_changed, None) in officer.text
    assert not any(data.startswith("hchgok") for data in officer.data)
    await officer.press(ConfirmChanges(hearing_id=1, tell=True))
    assert officer.alert == worded("ru", texts.nothing_changed, None)
    assert await broadcasts(stage) == ANNOUNCED


async def test_a_change_is_begun_once_and_can_be_thrown_away(stage: Stage) -> None:
    officer, colleague = await stage.officer(), await stage.officer()
    await announce(officer)
    await rewrite(officer, Step.PLACE, "Жазы, мектеп")
    await colleague.press(ChangeHearing(hearing_id=1))
    assert "Жазы, мектеп" in colleague.text
    assert [row.revises_id for row in await hearings(stage)] == [None, 1]
    await colleague.tap("hdropq:")
    assert colleague.text == worded("ru", texts.sure_to_discard_changes)
    await colleague.tap("hdrop:")
    assert [(row.id, row.place) for row in await hearings(stage)] == [(1, PLACE)]
    await officer.tap("hchgok:")
    assert officer.text == worded("ru", texts.no_changes_wait)


async def test_two_officers_who_confirm_at_once_tell_once(stage: Stage) -> None:
    officer, colleague = await stage.officer(), await stage.officer()
    await announce(officer)
    await rewrite(officer, Step.PLACE, "Жазы, мектеп")
    await colleague.press(ChangeHearing(hearing_id=1))
    for person in (officer, colleague):
        confirm = ConfirmChanges(hearing_id=1, tell=True).pack()
        stage.world.tap(person.id, person.screen.message_id, confirm)
    await asyncio.gather(*(stage.handle(each) for each in stage.world.take_updates()))
    assert await broadcasts(stage) == MOVED
    assert len(await journal(stage, "hearing.changed")) == 1
    assert len(await hearings(stage)) == 1


async def test_a_past_hearing_is_not_changed(stage: Stage) -> None:
    officer = await stage.officer()
    await announce(officer)
    await rewrite(officer, Step.PLACE, "Жазы, мектеп")
    await change(stage, update(Hearing).values(starts_at=now() - timedelta(minutes=1)))
    for each in (ChangeHearing(hearing_id=1), ConfirmChanges(hearing_id=1, tell=True)):
        await officer.press(each)
        assert officer.alert == worded("ru", texts.is_over, None)
    assert await broadcasts(stage) == ANNOUNCED


async def test_a_colleague_who_writes_in_another_language_changes_the_same_words(stage: Stage) -> None:
    officer, colleague = await stage.officer(language="ky"), await stage.officer(language="ru")
    await announce(officer, topic="Бюджеттин долбоору")
    await rewrite(colleague, Step.TOPIC, "Бюджеттин толук долбоору")
    [_hearing, draft] = await hearings(stage)
    assert (draft.topic_ky, draft.topic_ru) == ("Бюджеттин толук долбоору", None)


async def test_a_new_day_near_at_hand_warns_again(stage: Stage) -> None:
    officer = await stage.officer()
    await announce(officer)
    day: datetime = in_days(2)
    await rewrite(officer, Step.DAY, f"{day:%d.%m.%Y}")
    await officer.tap("hskip:", worded("ru", texts.keep))
    assert worded("ru", texts.short_notice, 2, 10) in officer.text
