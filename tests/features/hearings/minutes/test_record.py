"""The record: written after the hearing has begun, sent once to those who follow it, read by everybody."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select, update

from bot.db.models import Attendance, Broadcast, Delivery, Hearing, Question
from bot.domain.hearing import Decision, QuestionKind
from bot.domain.question import MOST_PRESENT
from bot.domain.refusals import HearingNotBegun, NumberOutOfRange
from bot.features.hearings.minutes import texts as record_texts
from bot.features.hearings.minutes.callbacks import (
    AddFromHall,
    AskToSendRecord,
    EditRecord,
    SendRecord,
    ShowMinutes,
    ShowRecord,
)
from bot.features.hearings.minutes.queries import (
    Record,
    find_record,
)
from bot.features.hearings.questions import list_texts, texts
from bot.features.hearings.questions.callbacks import ListQuestions
from bot.i18n import speaking
from tests.features.hearings.questions.hearing import (
    NEED,
    OFFER,
    TOPIC_RU,
    announced,
    ask,
    asked,
    begun,
    put,
    show_at_once,
)
from tests.features.people import beside, seen_from
from tests.features.records import Record as Stored, change, everything, journal, resident_of, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def hearing_of(stage: Stage, hearing_id: int) -> Stored:
    return (await rows(stage, select(Hearing.__table__).where(Hearing.id == hearing_id)))[0]


async def present(officer: Visitor, hearing_id: int, women: str = "56", men: str = "99") -> None:
    await officer.press(EditRecord(hearing_id=hearing_id))
    await officer.tap("hrecw:")
    await officer.send(women)
    await officer.send(men)


async def send_record(officer: Visitor, hearing_id: int) -> None:
    await officer.press(EditRecord(hearing_id=hearing_id))
    await officer.tap("hrecq:")
    await officer.tap("hrecok:")


async def answers(stage: Stage, resident: Visitor, hearing_id: int, *, coming: bool | None) -> None:
    """What pressing below the notice leaves behind."""
    await change(
        stage,
        insert(Attendance).values(
            hearing_id=hearing_id,
            resident_id=(await resident_of(stage, resident)).id,
            is_coming=coming,
            changed_at=datetime.now(UTC),
        ),
    )


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_the_record_is_written_sent_and_read(stage: Stage, language: str) -> None:
    hearing_id = await begun(stage)
    await show_at_once(stage)
    asker, comer, stranger = (
        await stage.resident(language),
        await stage.resident(language),
        await stage.resident(),
    )
    officer = await stage.officer(language=language)
    await answers(stage, comer, hearing_id, coming=True)
    await ask(asker, hearing_id, OFFER, kind="proposal")
    seen = len(stranger.messages)

    await present(officer, hearing_id)
    await officer.tap("hrecm:")
    stage.world.send_document(officer.id, "minutes.pdf", b"%PDF")
    await stage.handle_all()
    assert worded(language, record_texts.editing, await record_of(stage, hearing_id)) == officer.text
    await officer.tap("hrecq:")
    assert "⚠️" in officer.text
    await officer.tap("hrecok:")
    for _again in range(2):
        await stage.deliver()

    facts = (await record_of(stage, hearing_id)).as_facts()
    assert (facts["women"], facts["men"], facts["has_minutes"]) == (56, 99, True)
    told = worded(language, record_texts.record, facts)
    for person in (asker, comer):
        assert person.text == told
        assert sum(message.text == told for message in person.messages) == 1
    assert len(stranger.messages) == seen
    [broadcast] = await rows(stage, select(Broadcast.__table__).where(Broadcast.kind == "hearing.record"))
    assert broadcast.notice == f"hearing:{hearing_id}:record"
    assert broadcast.watcher_id == (await resident_of(stage, officer)).id

    await stranger.press(ShowRecord(hearing_id=hearing_id))
    assert stranger.text == worded("ru", record_texts.record, facts)
    await stranger.tap("hrecf:")
    sent = stranger.messages[-1]
    assert (sent.kind, sent.caption) == ("document", worded("ru", record_texts.minutes_caption, TOPIC_RU))
    await stranger.tap("qlist:")
    assert any(OFFER in (message.text or "") for message in stranger.messages)
    entry = (await journal(stage, "record.sent"))[0]
    assert entry.details == {"women": 56, "men": 99}


async def record_of(stage: Stage, hearing_id: int) -> Record:
    async with stage.database.read() as db:
        record = await find_record(db, hearing_id)
    assert record is not None
    return record


async def test_there_is_nothing_to_record_before_the_hearing_has_begun(stage: Stage) -> None:
    hearing_id = await announced(stage)
    officer = await stage.officer()
    starts_at = (await hearing_of(stage, hearing_id)).starts_at
    assert starts_at
    for data in (
        EditRecord(hearing_id=hearing_id),
        AddFromHall(hearing_id=hearing_id),
        SendRecord(hearing_id=hearing_id),
    ):
        await officer.press(data)
        assert officer.alert == worded("ru", texts.not_begun, HearingNotBegun(starts_at))
    await officer.press(ShowRecord(hearing_id=hearing_id))
    assert worded("ru", record_texts.no_record_yet) in officer.text


async def test_numbers_are_checked_and_the_minutes_must_be_a_file(stage: Stage) -> None:
    hearing_id = await begun(stage)
    officer = await stage.officer()
    await officer.press(EditRecord(hearing_id=hearing_id))
    await officer.tap("hrecn:")
    for typed in ("много", "-5", "5.5", "²", "١٢"):
        await officer.send(typed)
        assert officer.text == worded("ru", texts.number_not_understood, None)
    for typed in ("100001", "9" * 4000):
        await officer.send(typed)
        assert officer.text == worded("ru", texts.number_out_of_range, NumberOutOfRange(MOST_PRESENT))
    await officer.send("100 000")
    assert (await hearing_of(stage, hearing_id)).present_men == MOST_PRESENT
    await officer.tap("hrecm:")
    await officer.send("вот протокол")
    assert officer.text == worded("ru", texts.file_expected, None)
    stage.world.send_photo(officer.id, b"picture")
    await stage.handle_all()
    stored = await hearing_of(stage, hearing_id)
    assert (stored.minutes_is_photo, stored.minutes_file_id is not None) == (True, True)
    # Nothing is awaited any more.
    await officer.send("Дальше пишу о другом, о воде")
    assert "offer:" in "".join(officer.data)


async def test_a_record_without_its_numbers_is_not_sent(stage: Stage) -> None:
    hearing_id = await begun(stage)
    officer = await stage.officer()
    for data in (AskToSendRecord(hearing_id=hearing_id), SendRecord(hearing_id=hearing_id)):
        await officer.press(data)
        assert officer.alert == worded("ru", texts.presence_missing, None)
    assert (await hearing_of(stage, hearing_id)).recorded_at is None


async def test_ten_presses_by_two_officers_send_the_record_once(stage: Stage) -> None:
    hearing_id = await begun(stage)
    resident, first, second = await stage.resident(), await stage.officer(), await stage.officer()
    await ask(resident, hearing_id)
    await present(first, hearing_id)
    for officer in [first, second] * 5:
        stage.world.tap(officer.id, officer.screen.message_id, SendRecord(hearing_id=hearing_id).pack())
    await asyncio.gather(*(beside(stage).handle(each) for each in stage.world.take_updates()))
    assert len(await journal(stage, "record.sent")) == 1
    told = await rows(stage, select(Delivery.id).where(Delivery.kind == "hearing.record"))
    assert len(told) == 1


async def test_no_question_slips_in_while_the_record_is_sent(stage: Stage) -> None:
    hearing_id = await begun(stage)
    resident, officer = await stage.resident(), await stage.officer()
    await present(officer, hearing_id)
    await resident.press(f"qask:{hearing_id}")
    await resident.tap("qkind:")
    await resident.send(NEED)
    await resident.tap("qanon:")
    send = next(data for data in resident.data if data.startswith("qsend:"))
    stage.world.tap(officer.id, officer.screen.message_id, SendRecord(hearing_id=hearing_id).pack())
    stage.world.tap(resident.id, resident.screen.message_id, send)
    await asyncio.gather(*(beside(stage).handle(each) for each in stage.world.take_updates()))
    [question, *_rest] = [*await asked(stage), None]
    told = await rows(stage, select(Broadcast.facts).where(Broadcast.kind == "hearing.record"))
    assert told[0].facts["counts"]["questions"] == (1 if question else 0)


async def test_what_was_said_in_the_hall_is_written_down_with_its_answer(stage: Stage) -> None:
    hearing_id = await begun(stage)
    officer, reader = await stage.officer(), await stage.resident()
    await officer.press(EditRecord(hearing_id=hearing_id))
    await officer.tap("hrech:")
    await officer.tap("qkind:", worded("ru", texts.a_proposal))
    assert worded("ru", texts.write_from_hall, QuestionKind.PROPOSAL) in officer.text
    await officer.send(OFFER)
    officer = seen_from(beside(stage), officer)
    await officer.send("Айгүл апа")
    send = next(data for data in officer.data if data.startswith("qsend:"))
    for _again in range(2):
        await officer.press(send)
        assert OFFER in officer.text
    await officer.tap("qdec:", "")
    await officer.tap("qacc:")
    [question] = await asked(stage)
    assert (question.author_id, question.signed, question.decision) == (None, "Айгүл апа", "accepted")
    assert await rows(stage, select(Delivery.id)) == []
    assert len(await journal(stage, "question.added")) == 1
    await reader.press(ListQuestions(hearing_id=hearing_id, page=0))
    assert worded("ru", list_texts.decided, Decision.ACCEPTED) in reader.text


async def test_a_corrected_record_shows_its_day_and_is_told_only_when_the_officer_says_so(
    stage: Stage,
) -> None:
    hearing_id = await begun(stage)
    resident, officer = await stage.resident("ky"), await stage.officer()
    await ask(resident, hearing_id)
    await present(officer, hearing_id)
    await send_record(officer, hearing_id)
    await stage.deliver()
    await present(officer, hearing_id)
    assert (await hearing_of(stage, hearing_id)).record_corrected_at is None
    await officer.tap("hrecw:")
    await officer.send("57")
    await stage.deliver()
    record = await record_of(stage, hearing_id)
    assert record.corrected_at is not None
    assert worded("ru", list_texts.corrected, record.corrected_at) in officer.text
    assert resident.text == worded("ky", record_texts.record, told_first(record.as_facts()))
    await resident.press(ShowRecord(hearing_id=hearing_id))
    assert resident.text == worded("ky", record_texts.record, record.as_facts())

    tell = next(data for data in officer.data if data.startswith("hrect:"))
    for _again in range(3):
        await officer.press(tell)
    await stage.deliver()
    told = [message for message in resident.messages if message.text and "57" in message.text]
    assert len(told) == 2
    assert len(await journal(stage, "record.told")) == 1


def told_first(facts: dict[str, object]) -> dict[str, object]:
    return {**facts, "women": 56, "corrected_at": None}


async def test_an_answer_after_the_record_is_told_to_its_asker_and_is_no_correction(stage: Stage) -> None:
    hearing_id = await begun(stage)
    await show_at_once(stage)
    resident, officer = await stage.resident(), await stage.officer()
    await ask(resident, hearing_id, OFFER, kind="proposal")
    await present(officer, hearing_id)
    await send_record(officer, hearing_id)
    [question] = await asked(stage)
    await officer.press(f"qdec:{question.id}:declined:0")
    await officer.send("Нет денег")
    await stage.deliver()
    assert "Нет денег" in resident.text
    assert (await hearing_of(stage, hearing_id)).record_corrected_at is None


async def test_the_minutes_are_for_the_municipality_and_only_once_sent(stage: Stage) -> None:
    hearing_id = await begun(stage)
    officer, neighbour = await stage.officer(), await stage.resident(municipality="shark")
    await present(officer, hearing_id)
    await officer.tap("hrecm:")
    stage.world.send_photo(officer.id, b"picture")
    await stage.handle_all()
    await officer.press(ShowMinutes(hearing_id=hearing_id))
    assert officer.alert
    await send_record(officer, hearing_id)
    await officer.press(ShowMinutes(hearing_id=hearing_id))
    assert officer.messages[-1].kind == "photo"
    for data in (ShowMinutes(hearing_id=hearing_id), ShowRecord(hearing_id=hearing_id)):
        await neighbour.press(data)
        assert neighbour.alert == worded("ru", texts.not_your_hearing, None)


async def test_the_hidden_are_counted_in_the_record(stage: Stage) -> None:
    hearing_id = await begun(stage)
    for text in (NEED, OFFER):
        await put(stage, hearing_id, text)
    await change(stage, update(Question).where(Question.text == OFFER).values(hidden_at=datetime.now(UTC)))
    counts = (await record_of(stage, hearing_id)).counts
    assert (counts.questions, counts.hidden) == (2, 1)
    with speaking("ru"):
        assert any("1" in line for line in record_texts.asked(counts)[-1:])


async def test_numbers_that_come_twice_change_nothing(stage: Stage) -> None:
    hearing_id = await begun(stage)
    officer = await stage.officer()
    await officer.press(EditRecord(hearing_id=hearing_id))
    await officer.tap("hrecw:")
    stage.world.say(officer.id, "56")
    [typed] = stage.world.take_updates()
    await stage.handle(typed)
    before = await everything(stage)
    await stage.handle(typed)
    assert await everything(stage) == before
    assert len(await journal(stage, "record.changed")) == 1
