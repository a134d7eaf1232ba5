"""An officer announces a hearing: one question a screen, a preview, and everybody invited is told once."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Update, select, update

from bot.db.models import Hearing, HearingDocument, HearingVillage, ResidentRow
from bot.domain import refusals
from bot.domain.clock import BISHKEK
from bot.domain.hearing import MOST_DOCUMENTS, HearingKind, HearingNotice
from bot.domain.hearing_draft import Step
from bot.features.hearings import hearing_texts as cards
from bot.features.hearings.announcing import texts
from bot.features.hearings.announcing.callbacks import (
    AnnounceHearing,
    ContinueAnnouncement,
    StartAnnouncement,
)
from tests.features.hearings.announcing.officers import (
    JAZY,
    PLACE,
    TOPIC,
    announce,
    broadcasts,
    hearings,
    in_days,
    now,
    told,
    write,
)
from tests.features.records import change, journal, resident_of, rows, village_ids
from tests.features.wording import worded
from tests.stage import Stage, Visitor


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_a_hearing_is_announced_question_by_question(stage: Stage, language: str) -> None:
    reader = await stage.resident(language)
    officer = await stage.officer(language=language)
    await officer.press(StartAnnouncement(municipality_id=JAZY))
    await officer.tap("hkind:", worded(language, texts.kind, HearingKind.DRAFT_BUDGET))
    await officer.send("Бюджет <2027>")
    await officer.send("Проект <бюджета>" if language == "ky" else "<Бюджеттин> долбоору")
    await officer.send("1. Кирешелер\n2. Чыгашалар & карыздар")
    await officer.tap("hskip:")
    await officer.tap("hmon:", "➡️")
    await officer.tap("hday:")
    await officer.tap("htime:", "14:00")
    await officer.send(PLACE)
    stage.world.send_location(officer.id, 40.77, 73.3)
    await stage.handle_all()
    await officer.send("Жазы айыл өкмөтү, 0555 12-34-56")
    stage.world.send_document(officer.id, "Долбоор.pdf", b"%PDF", "application/pdf")
    await stage.handle_all()
    stage.world.send_photo(officer.id, b"a photo")
    await stage.handle_all()
    await officer.tap("hskip:")
    await officer.tap("hskip:")
    assert "Бюджет <2027>" in officer.text
    assert worded(language, texts.people_told, 2) in officer.text
    await officer.tap("hprev:1:ky")
    assert worded("ky", cards.documents, 2) in officer.text

    await officer.tap("hgo:")
    assert worded(language, texts.announced, 2) in officer.text
    [row] = await hearings(stage)
    assert (row.status, row.kind, row.phone) == ("announced", "draft_budget", "0555 12-34-56")
    assert row.organiser == "Жазы айыл өкмөтү"
    assert (row.starts_at.astimezone(BISHKEK).hour, row.latitude) == (14, 40.77)
    names = await rows(stage, select(HearingDocument.name, HearingDocument.is_photo))
    assert names == [("Долбоор.pdf", False), (worded(language, texts.photo_name, 2), True)]
    assert await told(stage, HearingNotice.ANNOUNCED) == [(reader.id, None), (officer.id, None)]
    assert [entry.subject_id for entry in await journal(stage, "hearing.announced")] == [row.id]


async def test_the_same_press_again_announces_once(stage: Stage) -> None:
    await stage.resident()
    officer = await stage.officer()
    await write(officer)
    for _press in range(2):
        await officer.press(AnnounceHearing(hearing_id=1))
    assert await broadcasts(stage) == [HearingNotice.ANNOUNCED, HearingNotice.POSTED]
    assert len(await told(stage, HearingNotice.ANNOUNCED)) == 2


async def test_two_officers_at_once_announce_once(stage: Stage) -> None:
    first, second = await stage.officer(), await stage.officer()
    await write(first)
    await second.press(ContinueAnnouncement(hearing_id=1))
    for officer in (first, second):
        stage.world.tap(officer.id, officer.screen.message_id, AnnounceHearing(hearing_id=1).pack())
    await asyncio.gather(*(stage.handle(update) for update in stage.world.take_updates()))
    assert await broadcasts(stage) == [HearingNotice.ANNOUNCED, HearingNotice.POSTED]
    assert len(await journal(stage, "hearing.announced")) == 1


async def test_a_draft_survives_a_restart(stage: Stage) -> None:
    officer = await stage.officer()
    await officer.press(StartAnnouncement(municipality_id=JAZY))
    await officer.tap("hkind:")
    officer = Visitor(Stage(stage.database, world=stage.world), officer.id)
    await officer.send(TOPIC)
    [row] = await hearings(stage)
    assert (row.topic_ru, row.step) == (TOPIC, "topic2")


async def test_a_draft_left_at_its_first_question_is_taken_again(stage: Stage) -> None:
    officer = await stage.officer()
    for _press in range(2):
        await officer.press(StartAnnouncement(municipality_id=JAZY))
    assert len(await hearings(stage)) == 1
    await officer.tap("hkind:")
    await officer.press(StartAnnouncement(municipality_id=JAZY))
    assert len(await hearings(stage)) == 2


async def test_only_the_villages_that_are_ticked_are_told(stage: Stage) -> None:
    mine, other = (await village_ids(stage, "jazy"))[:2]
    near, far = await stage.resident(), await stage.resident()
    await change(stage, moved(near.id, mine))
    await change(stage, moved(far.id, other))
    officer = await stage.officer()
    await write(officer)
    await officer.tap("hlines:")
    await officer.tap("hlines:")
    await officer.tap("hline:", worded("ru", texts.line, Step.WHOM))
    await officer.tap(f"hvil:1:{mine}:")
    await officer.press(f"hvil:1:{mine}:0:1")
    assert [row.village_id for row in await rows(stage, select(HearingVillage.village_id))] == [mine]
    await officer.tap("hskip:")
    await officer.tap("hgo:")
    people = [person for person, _failure in await told(stage, HearingNotice.ANNOUNCED)]
    assert near.id in people
    assert far.id not in people


def moved(telegram_id: int, village_id: int) -> Update:
    return update(ResidentRow).where(ResidentRow.telegram_id == telegram_id).values(village_id=village_id)


async def test_the_last_place_and_organiser_are_one_tap(stage: Stage) -> None:
    officer = await stage.officer()
    await announce(officer)
    await officer.press(StartAnnouncement(municipality_id=JAZY))
    await officer.tap("hkind:")
    await officer.send("Экинчи угуу")
    for _optional in range(2):
        await officer.tap("hskip:")
    await officer.tap("hmon:", "➡️")
    await officer.tap("hday:")
    await officer.tap("htime:")
    await officer.tap("hlast:")
    second = (await hearings(stage))[1]
    assert (second.place, second.step) == (PLACE, "pin")


async def test_a_line_is_changed_from_the_preview_and_leads_back_to_it(stage: Stage) -> None:
    officer = await stage.officer()
    await write(officer)
    await officer.tap("hlines:")
    await officer.tap("hline:", worded("ru", texts.line, Step.TOPIC))
    await officer.send("Иной предмет слушаний")
    assert "Иной предмет слушаний" in officer.text
    assert "hgo:1" in officer.data


async def test_short_notice_warns_and_does_not_block(stage: Stage) -> None:
    officer = await stage.officer()
    await write(officer, days=3)
    assert worded("ru", texts.short_notice, 3, 10) in officer.text
    assert "hgo:1" in officer.data


async def test_a_moment_that_has_passed_is_refused_kindly(stage: Stage) -> None:
    officer = await stage.officer()
    await officer.press(StartAnnouncement(municipality_id=JAZY))
    await officer.tap("hkind:")
    await officer.send(TOPIC)
    for _optional in range(2):
        await officer.tap("hskip:")
    await officer.send("01.01.2020")
    assert officer.text == worded("ru", texts.day_is_past, None)
    await officer.send("не знаю")
    await officer.send(f"{in_days(400):%d.%m.%Y}")
    assert officer.text == worded("ru", texts.day_too_far, refusals.DayTooFar(366))
    await officer.send(f"{in_days(1):%d.%m}")
    await officer.send("25:99")
    assert officer.text == worded("ru", texts.time_not_understood, None)
    # While the draft waited, its moment went by.
    await officer.send("10:00")
    await officer.send(PLACE)
    for _optional in range(4):
        await officer.tap("hskip:")
    await change(stage, update(Hearing).values(starts_at=now() - timedelta(minutes=1)))
    await officer.press(AnnounceHearing(hearing_id=1))
    assert officer.alert == worded("ru", texts.day_is_past, None)
    assert await broadcasts(stage) == []


async def test_more_documents_than_fit_are_refused_and_the_rest_kept(stage: Stage) -> None:
    officer = await stage.officer()
    await write(officer)
    await officer.press("hline:1:documents")
    for number in range(MOST_DOCUMENTS + 1):
        stage.world.send_document(officer.id, f"{number}.pdf", b"%PDF", "application/pdf")
        await stage.handle_all()
    assert officer.text == worded("ru", texts.too_many_documents, refusals.TooManyDocuments(8))
    assert len(await rows(stage, select(HearingDocument.id))) == MOST_DOCUMENTS
    await officer.send("слова")
    assert officer.text == worded("ru", texts.not_a_document, None)
    await officer.tap("hdocx:")
    assert await rows(stage, select(HearingDocument.id)) == []


async def test_a_discarded_draft_is_gone_and_nobody_hears_of_it(stage: Stage) -> None:
    officer = await stage.officer()
    await write(officer)
    await officer.tap("hdropq:")
    await officer.tap("hdrop:")
    assert await hearings(stage) == []
    assert await broadcasts(stage) == []
    assert (await resident_of(stage, officer)).awaiting is None


async def test_an_unfinished_draft_says_what_is_missing(stage: Stage) -> None:
    officer = await stage.officer()
    await officer.press(StartAnnouncement(municipality_id=JAZY))
    for step in ("kind", "topic", "agenda", "topic2", "agenda2", "day", "time", "place", "pin", "organiser"):
        await officer.press(f"hskip:1:{step}")
    await officer.press("hskip:1:documents")
    await officer.press("hskip:1:whom")
    assert "hgo:1" not in officer.data
    await officer.press(AnnounceHearing(hearing_id=1))
    assert officer.alert == worded("ru", texts.incomplete, None)
