"""A hearing is changed: those whom it concerns hear of it, once, and a comma disturbs nobody."""

from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.db.models import Broadcast, Delivery, Muted, ResidentRow
from bot.domain.hearing import Announcement, HearingNotice, HearingStatus
from bot.domain.hearing_draft import Step
from bot.domain.notices import Failure, NoticeTopic
from bot.features.hearings.announcing import texts
from bot.features.hearings.announcing.callbacks import ChangeHearing, ConfirmChanges, GoToLine
from bot.features.hearings.notices import notice_texts
from tests.features.hearings.announcing.officers import (
    ANNOUNCED,
    MOVED,
    PLACE,
    announce,
    broadcasts,
    hearings,
    in_days,
    now,
    rewrite,
    told,
    write,
)
from tests.features.records import change, journal, resident_of, rows, village_ids
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def live_in(stage: Stage, visitor: Visitor, village_id: int) -> None:
    moved = update(ResidentRow).where(ResidentRow.telegram_id == visitor.id)
    await change(stage, moved.values(village_id=village_id))


async def facts(stage: Stage, kind: HearingNotice) -> dict[str, Any]:
    found = await rows(
        stage, select(Broadcast.facts).where(Broadcast.kind == kind).order_by(Broadcast.id.desc())
    )
    return dict(found[0].facts)


async def test_a_comma_tells_nobody(stage: Stage) -> None:
    reader, officer = await stage.resident(), await stage.officer()
    await announce(officer)
    await stage.deliver()
    seen = len(reader.messages)

    await rewrite(officer, Step.TOPIC, "Бюджеттин долбоору, 2027")
    assert worded("ru", texts.changed_field, "topic") in officer.text
    await officer.tap("hchgok:", worded("ru", texts.only_correct))
    await stage.deliver()

    assert officer.text.startswith("Сведения о слушаниях исправлены")
    assert await broadcasts(stage) == ANNOUNCED
    assert len(reader.messages) == seen
    [row] = await hearings(stage)
    assert (row.topic_ru, row.version, row.status) == ("Бюджеттин долбоору, 2027", 1, HearingStatus.ANNOUNCED)
    [entry] = await journal(stage, "hearing.changed")
    assert entry.details == {"changed": ["topic"], "told": False}


async def test_a_light_change_is_told_when_the_officer_wishes(stage: Stage) -> None:
    reader, officer = await stage.resident(), await stage.officer()
    await announce(officer)
    await stage.deliver()
    await rewrite(officer, Step.ORGANISER, "Жазы айыл өкмөтү, 0777 00-11-22")
    await officer.tap("hchgok:", worded("ru", texts.tell_changes))
    await stage.deliver()
    assert await broadcasts(stage) == MOVED
    assert "0777 00-11-22" in reader.text
    assert (await hearings(stage))[0].version == 2


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_a_move_tells_those_who_were_told_exactly_once(stage: Stage, language: str) -> None:
    reader, elsewhere = await stage.resident(language), await stage.resident(language, "shark")
    officer = await stage.officer()
    await announce(officer)
    await stage.deliver()
    newcomer = await stage.resident(language)
    seen = len(reader.messages), len(elsewhere.messages), len(newcomer.messages)

    await rewrite(officer, Step.PLACE, "Жазы, мектеп")
    assert worded("ru", texts.only_correct) not in officer.labels
    confirm = ConfirmChanges(hearing_id=1, tell=True)
    await officer.press(confirm)
    assert officer.text == worded("ru", texts.changes_told)
    await officer.press(confirm)
    assert officer.text == worded("ru", texts.no_changes_wait)
    await stage.deliver()

    assert await broadcasts(stage) == MOVED
    assert (len(reader.messages), len(elsewhere.messages), len(newcomer.messages)) == (
        seen[0] + 1,
        seen[1],
        seen[2],
    )
    assert PLACE in reader.text
    assert "Жазы, мектеп" in reader.text
    told_of = await facts(stage, HearingNotice.CHANGED)
    assert (told_of["changed"], told_of["before"]["place"], told_of["place"]) == (
        ["place"],
        PLACE,
        "Жазы, мектеп",
    )
    [row] = await hearings(stage)
    assert (row.place, row.version) == ("Жазы, мектеп", 2)


async def test_even_a_forged_correction_of_the_place_is_told(stage: Stage) -> None:
    officer = await stage.officer()
    await announce(officer)
    await rewrite(officer, Step.PLACE, "Жазы, мектеп")
    await officer.press(ConfirmChanges(hearing_id=1, tell=False))
    assert await broadcasts(stage) == MOVED


async def test_whoever_still_waits_hears_of_the_new_state_alone(stage: Stage) -> None:
    reader, officer = await stage.resident(), await stage.officer()
    await announce(officer)
    await rewrite(officer, Step.DAY, f"{in_days(20):%d.%m.%Y}")
    await officer.tap("hskip:", worded("ru", texts.keep))
    await officer.tap("hchgok:")
    seen = len(reader.messages)
    await stage.deliver()

    assert await told(stage, HearingNotice.ANNOUNCED) == [
        (reader.id, Failure.EXPIRED),
        (officer.id, Failure.EXPIRED),
    ]
    assert await told(stage, HearingNotice.CHANGED) == [(reader.id, None), (officer.id, None)]
    assert len(reader.messages) == seen + 1


async def test_a_reminder_of_the_old_time_is_dropped_and_an_answer_is_not(stage: Stage) -> None:
    reader, officer = await stage.resident(), await stage.officer()
    await announce(officer)
    await stage.deliver()
    resident_id = (await resident_of(stage, reader)).id
    for kind in (HearingNotice.REMINDER, HearingNotice.RECORD):
        await change(stage, insert(Broadcast).values(**_broadcast(kind)))
        [about] = await rows(stage, select(Broadcast.id).where(Broadcast.kind == kind))
        values = {"notice": f"hearing:1:{kind}", "kind": kind, "facts": {}, "due_at": now()}
        waits = insert(Delivery).values(broadcast_id=about.id, resident_id=resident_id, **values)
        await change(stage, waits)
    await rewrite(officer, Step.PLACE, "Жазы, мектеп")
    await officer.tap("hchgok:")
    assert await told(stage, HearingNotice.REMINDER) == [(reader.id, Failure.EXPIRED)]
    assert await told(stage, HearingNotice.RECORD) == [(reader.id, None)]


def _broadcast(kind: HearingNotice) -> dict[str, Any]:
    about = {"municipality_id": 9, "hearing_id": 1, "facts": {}, "created_at": now()}
    return {"notice": f"hearing:1:{kind}", "kind": kind, **about}


async def test_of_two_moves_one_after_another_both_are_told_together(stage: Stage) -> None:
    reader, officer = await stage.resident(), await stage.officer()
    await announce(officer)
    await stage.deliver()
    for step, words in ((Step.PLACE, "Жазы, мектеп"), (Step.TOPIC, "Бюджет жана план")):
        await rewrite(officer, step, words)
        await officer.tap("hchgok:", worded("ru", texts.tell_changes) if step is Step.TOPIC else "")
    seen = len(reader.messages)
    await stage.deliver()
    assert len(reader.messages) == seen + 1
    told_of = await facts(stage, HearingNotice.CHANGED)
    assert (told_of["changed"], told_of["before"]["place"]) == (["topic", "place"], PLACE)


async def test_a_move_that_is_undone_is_told_as_such(stage: Stage) -> None:
    officer = await stage.officer()
    await announce(officer)
    await stage.deliver()
    for place in ("Жазы, мектеп", PLACE):
        await rewrite(officer, Step.PLACE, place)
        await officer.tap("hchgok:")
    told_of = await facts(stage, HearingNotice.CHANGED)
    assert (told_of["changed"], told_of["before"]["place"]) == (["place"], "Жазы, мектеп")


async def test_those_who_muted_hearings_are_told_of_no_change(stage: Stage) -> None:
    reader, officer = await stage.resident(), await stage.officer()
    own = (await resident_of(stage, reader)).id
    await change(stage, insert(Muted).values(resident_id=own, topic=NoticeTopic.HEARINGS))
    await announce(officer)
    assert worded("ru", texts.announced, 1) in officer.text
    await rewrite(officer, Step.PLACE, "Жазы, мектеп")
    await officer.tap("hchgok:")
    assert await told(stage, HearingNotice.CHANGED) == [(officer.id, None)]


async def test_a_translation_is_sent_to_its_readers_alone(stage: Stage) -> None:
    kyrgyz, russian = await stage.resident("ky"), await stage.resident("ru")
    officer = await stage.officer(language="ru")
    await announce(officer, topic="Проект бюджета")
    await stage.deliver()
    seen = len(russian.messages)
    await officer.press(ChangeHearing(hearing_id=1))
    await officer.press(GoToLine(hearing_id=2, step=Step.OTHER_TOPIC))
    await officer.send("Бюджеттин долбоору")
    assert worded("ru", texts.tell_changes) not in officer.labels
    await officer.tap("hchgok:")
    await stage.deliver()

    assert await told(stage, HearingNotice.TRANSLATED) == [(kyrgyz.id, None)]
    assert "Бюджеттин долбоору" in kyrgyz.text
    sent = Announcement.from_facts(await facts(stage, HearingNotice.TRANSLATED))
    assert kyrgyz.text == worded("ky", notice_texts.translated, sent)
    assert len(russian.messages) == seen
    assert HearingNotice.CHANGED not in await broadcasts(stage)


@pytest.mark.parametrize("invites_all", [True, False])
async def test_more_villages_tell_the_newly_invited_alone(stage: Stage, invites_all: bool) -> None:
    first, second, third = (await village_ids(stage, "jazy"))[:3]
    near, far, farther, officer = [await stage.resident() for _ in range(3)] + [await stage.officer()]
    for person, village in ((near, first), (far, second), (farther, third), (officer, first)):
        await live_in(stage, person, village)
    await write(officer)
    await officer.press(f"hvil:1:{first}:0:1")
    await officer.press("anngo:1")
    await officer.tap("hgo:")
    await stage.deliver()
    seen = len(near.messages)

    await officer.press(ChangeHearing(hearing_id=1))
    await officer.press("hall:2" if invites_all else f"hvil:2:{second}:0:1")
    await officer.tap("hskip:")
    assert worded("ru", texts.tell_changes) not in officer.labels
    await officer.tap("hchgok:")
    await stage.deliver()

    news = await rows(
        stage, select(Delivery.resident_id).where(Delivery.notice.like("hearing:1:announced:%"))
    )
    expected = [far, farther] if invites_all else [far]
    assert {row.resident_id for row in news} == {(await resident_of(stage, each)).id for each in expected}
    assert len(near.messages) == seen
    assert HearingNotice.CHANGED not in await broadcasts(stage)
    assert PLACE in far.text
