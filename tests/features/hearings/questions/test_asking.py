"""A question or a proposal is written step by step, survives a restart, and is sent once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.db.models import Delivery, Hearing, ResidentRow
from bot.domain.asker_name import NameDoubt, NameUse
from bot.domain.hearing import HearingStatus, QuestionKind, Wording
from bot.domain.question import MOST_QUESTIONS
from bot.domain.refusals import TextTooLong, TextTooShort, TooManyQuestions
from bot.features.hearings.questions import answer_texts, texts
from bot.features.hearings.questions.callbacks import AskQuestion, SendQuestion
from bot.features.problems.reporting import texts as problem_texts
from tests.features.hearings.questions.hearing import (
    NEED,
    OFFER,
    TOPIC_KY,
    TOPIC_RU,
    announced,
    ask,
    asked,
    drafts,
    write,
)
from tests.features.people import answers, beside, seen_from
from tests.features.records import change, deliveries, everything, resident_of, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor


def preview(language: str, kind: QuestionKind, text: str, name: str | None) -> str:
    """Before the hearing, where officers see first what is sent."""
    shown = worded(language, texts.preview, kind, text, name, NameUse.READ_OUT)
    return shown + "\n\n" + worded(language, texts.who_will_see, at_once=False)


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_a_question_goes_to_the_organisers_by_the_name_given(stage: Stage, language: str) -> None:
    hearing_id = await announced(stage)
    resident = await stage.resident(language)
    await write(resident, hearing_id, name="  Айгүл   <Жазы> ")
    assert resident.text == preview(language, QuestionKind.QUESTION, NEED, "Айгүл <Жазы>")
    assert await asked(stage) == []
    await resident.tap("qsend:")

    assert resident.text == worded(language, texts.sent, QuestionKind.QUESTION, waits=True)
    [question] = await asked(stage)
    author = (await resident_of(stage, resident)).id
    assert (question.author_id, question.kind, question.text) == (author, "question", NEED)
    assert (question.signed, question.language) == ("Айгүл <Жазы>", language)
    assert await drafts(stage) == []


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_a_proposal_without_a_name_is_a_residents(stage: Stage, language: str) -> None:
    hearing_id = await announced(stage)
    resident = await stage.resident(language)
    await write(resident, hearing_id, OFFER, kind="proposal")
    assert resident.text == preview(language, QuestionKind.PROPOSAL, OFFER, None)
    await resident.tap("qsend:")
    assert resident.text == worded(language, texts.sent, QuestionKind.PROPOSAL, waits=True)
    [question] = await asked(stage)
    assert (question.kind, question.text, question.signed) == ("proposal", OFFER, None)


async def test_words_before_the_kind_is_chosen_are_kept(stage: Stage) -> None:
    hearing_id = await announced(stage)
    resident = await stage.resident()
    await resident.press(AskQuestion(hearing_id=hearing_id))
    await resident.send(NEED)
    assert NEED in resident.text
    await resident.tap("qkind:", worded("ru", texts.a_proposal))
    assert resident.text == worded("ru", texts.which_name, NameUse.READ_OUT)
    await resident.send("Айгүл")
    await resident.tap("qsend:")
    [question] = await asked(stage)
    assert (question.kind, question.text, question.signed) == ("proposal", NEED, "Айгүл")


async def test_the_words_and_the_name_can_be_changed_before_sending(stage: Stage) -> None:
    hearing_id = await announced(stage)
    resident = await stage.resident()
    await write(resident, hearing_id, name="Айгүл")
    await resident.tap("qedit:")
    assert NEED in resident.text
    await resident.send("Сколько стоит новый мост?")
    await resident.tap("qname:")
    await resident.tap("qanon:")
    await resident.tap("qsend:")
    [question] = await asked(stage)
    assert (question.text, question.signed) == ("Сколько стоит новый мост?", None)


async def test_a_draft_outlives_a_restart_at_every_step(stage: Stage) -> None:
    hearing_id = await announced(stage)
    resident = await stage.resident()
    await resident.press(AskQuestion(hearing_id=hearing_id))
    await seen_from(beside(stage), resident).tap("qkind:")
    await seen_from(beside(stage), resident).send(NEED)
    await resident.tap("home")
    resident = seen_from(beside(stage), resident)
    await resident.press(AskQuestion(hearing_id=hearing_id))
    assert resident.text == worded("ru", texts.which_name, NameUse.READ_OUT)
    await seen_from(beside(stage), resident).tap("qtype:")
    await seen_from(beside(stage), resident).send("Айгүл")
    await seen_from(beside(stage), resident).tap("qsend:")
    [question] = await asked(stage)
    assert (question.text, question.signed) == (NEED, "Айгүл")


async def test_a_draft_can_be_deleted_and_free_text_is_a_problem_again(stage: Stage) -> None:
    hearing_id = await announced(stage)
    resident = await stage.resident()
    await write(resident, hearing_id)
    await resident.tap("qdrop:")
    assert resident.text == worded("ru", texts.dropped)
    assert await drafts(stage) == []
    await resident.send("На нашей улице нет воды")
    assert "offer:" in "".join(resident.data)


async def test_words_too_short_or_too_long_get_a_kind_answer(stage: Stage) -> None:
    hearing_id = await announced(stage)
    resident = await stage.resident()
    await resident.press(AskQuestion(hearing_id=hearing_id))
    await resident.send("Кто")
    assert resident.text == worded("ru", problem_texts.REFUSALS[TextTooShort], TextTooShort(5, 3))
    await resident.send("я" * 1001)
    assert resident.text == worded("ru", problem_texts.REFUSALS[TextTooLong], TextTooLong(1000, 1001))
    stage.world.send_photo(resident.id, b"picture")
    await stage.handle_all()
    assert resident.text == worded("ru", texts.words_expected, None)
    await resident.send(NEED)
    await resident.tap("qkind:")
    await resident.tap("qtype:")
    await resident.send("я" * 61)
    assert resident.text == worded("ru", texts.doubtful_name, NameDoubt.LONG, "я" * 61)
    await resident.send("я")
    assert resident.text == worded("ru", problem_texts.REFUSALS[TextTooShort], TextTooShort(2, 1))
    await resident.send("Айгүл")
    await resident.tap("qsend:")
    assert [row.text for row in await asked(stage)] == [NEED]


async def test_only_residents_of_the_municipality_ask(stage: Stage) -> None:
    hearing_id = await announced(stage)
    neighbour = await stage.resident(municipality="shark")
    await neighbour.press(AskQuestion(hearing_id=hearing_id))
    assert neighbour.alert == worded("ru", texts.not_your_hearing, None)
    mover = await stage.resident()
    await write(mover, hearing_id)
    await mover.start("m_shark")
    await mover.tap("move:")
    await mover.tap("vil:")
    await mover.tap("qsend:")
    assert mover.alert == worded("ru", texts.not_your_hearing, None)
    assert await asked(stage) == []


async def test_nobody_asks_at_a_draft_a_called_off_or_a_recorded_hearing(stage: Stage) -> None:
    resident = await stage.resident()
    draft = await announced(stage, status=HearingStatus.DRAFT)
    await resident.press(AskQuestion(hearing_id=draft))
    assert resident.alert
    called_off = await announced(stage, status=HearingStatus.CANCELLED)
    await resident.press(AskQuestion(hearing_id=called_off))
    assert resident.alert == worded("ru", texts.called_off, None)
    over = await announced(stage)
    await write(resident, over)
    await change(stage, update(Hearing).where(Hearing.id == over).values(recorded_at=datetime.now(UTC)))
    await resident.tap("qsend:")
    assert resident.alert == worded("ru", texts.questions_closed, None)
    assert await asked(stage) == []
    assert [row.text for row in await drafts(stage)] == [NEED]


async def test_whoever_was_still_writing_is_told_and_free_again(stage: Stage) -> None:
    hearing_id = await announced(stage)
    resident = await stage.resident()
    await resident.press(AskQuestion(hearing_id=hearing_id))
    await change(stage, update(Hearing).values(status=HearingStatus.CANCELLED))
    await resident.send(NEED)
    assert answers(resident) == [
        worded("ru", texts.called_off, None),
        worded("ru", problem_texts.offer, NEED),
    ]


async def test_nobody_sends_the_draft_of_another(stage: Stage) -> None:
    hearing_id = await announced(stage)
    resident, stranger = await stage.resident(), await stage.resident()
    await write(resident, hearing_id)
    [draft] = await drafts(stage)
    before = await everything(stage)
    for data in ("qkind:{}:proposal", "qedit:{}", "qname:{}", "qanon:{}", "qtype:{}", "qsend:{}", "qdrop:{}"):
        await stranger.press(data.format(draft.id))
        assert stranger.alert
    assert await everything(stage) == before
    await resident.tap("qsend:")
    await stranger.press(SendQuestion(draft_id=draft.id))
    assert stranger.alert
    assert NEED not in stranger.text


async def test_ten_processes_send_the_same_draft_once(stage: Stage) -> None:
    hearing_id = await announced(stage)
    resident = await stage.resident()
    await write(resident, hearing_id)
    send = next(data for data in resident.data if data.startswith("qsend:"))
    pressed = [stage.world.tap(resident.id, resident.screen.message_id, send) for _again in range(10)]
    processes = [beside(stage) for _process in range(10)]
    await asyncio.gather(
        *(process.handle(each) for process, each in zip(processes, stage.world.take_updates(), strict=True))
    )
    assert [row.text for row in await asked(stage)] == [NEED]
    assert [(stage.world.answer(callback) or {})["text"] for callback in pressed] == [""] * 10
    assert resident.text == worded("ru", texts.sent, QuestionKind.QUESTION, waits=True)


async def test_every_message_and_button_that_comes_twice_counts_once(stage: Stage) -> None:
    hearing_id = await announced(stage)
    resident = await stage.resident()
    await resident.press(AskQuestion(hearing_id=hearing_id))
    for begins, words in (("qkind:", ""), ("", NEED), ("qtype:", ""), ("", "Айгүл"), ("qsend:", "")):
        if words:
            stage.world.say(resident.id, words)
        else:
            message_id, data = newest_button(resident, begins)
            stage.world.tap(resident.id, message_id, data)
        [update_] = stage.world.take_updates()
        await stage.handle(update_)
        before = await everything(stage)
        await stage.handle(update_)
        assert await everything(stage) == before
    assert [(row.text, row.signed) for row in await asked(stage)] == [(NEED, "Айгүл")]


def newest_button(person: Visitor, begins: str) -> tuple[int, str]:
    return next(
        (message.message_id, button["callback_data"])
        for message in reversed(person.messages)
        for row in message.buttons
        for button in row
        if button["callback_data"].startswith(begins)
    )


async def test_five_are_enough_for_one_hearing(stage: Stage) -> None:
    first, second = await announced(stage), await announced(stage)
    resident = await stage.resident()
    for number in range(MOST_QUESTIONS):
        await ask(resident, first, f"Вопрос номер {number}: где вода?")
    await resident.press(AskQuestion(hearing_id=first))
    assert resident.alert == worded("ru", texts.too_many_questions, TooManyQuestions(MOST_QUESTIONS))
    await ask(resident, second)
    assert len(await asked(stage)) == MOST_QUESTIONS + 1


async def test_the_limit_holds_when_buttons_are_pressed_at_once(stage: Stage) -> None:
    """The last question allowed is sent by several processes while another one is begun in between."""
    hearing_id = await announced(stage)
    resident = await stage.resident()
    for number in range(MOST_QUESTIONS - 1):
        await ask(resident, hearing_id, f"Вопрос номер {number}: где вода?")
    await write(resident, hearing_id)
    send = next(data for data in resident.data if data.startswith("qsend:"))
    for data in (send, f"qask:{hearing_id}", send, f"qask:{hearing_id}", send):
        stage.world.tap(resident.id, resident.screen.message_id, data)
    await asyncio.gather(*(beside(stage).handle(each) for each in stage.world.take_updates()))
    assert len(await asked(stage)) == MOST_QUESTIONS
    [left] = [*await drafts(stage), None][:1]
    if left is not None:
        await resident.press(SendQuestion(draft_id=left.id))
    assert len(await asked(stage)) == MOST_QUESTIONS


async def test_officers_hear_of_questions_once_an_hour_and_miss_none(stage: Stage) -> None:
    hearing_id = await announced(stage)
    officer, elsewhere = await stage.officer(language="ky"), await stage.officer("shark")
    first, second = await stage.resident(), await stage.resident()
    seen = len(elsewhere.messages)
    await ask(first, hearing_id)
    await ask(first, hearing_id, OFFER)
    assert len(await deliveries(stage)) == 1
    await stage.deliver()
    assert officer.text.startswith(
        worded("ky", answer_texts.heard_asked, Wording(TOPIC_KY, TOPIC_RU)).splitlines()[0]
    )
    await officer.tap("qopen:")
    assert NEED in officer.text

    await ask(second, hearing_id, "Почему нет света?")
    await ask(second, hearing_id, "Почему нет дороги?")
    told = await deliveries(stage)
    assert len(told) == 2
    assert told[1].due_at > datetime.now(UTC)
    assert told[1].due_at - datetime.now(UTC) <= timedelta(hours=1)
    assert {row.resident_id for row in told} == {(await resident_of(stage, officer)).id}
    assert len(elsewhere.messages) == seen


async def test_a_rush_of_questions_is_one_notice(stage: Stage) -> None:
    hearing_id = await announced(stage)
    officers = [await stage.officer() for _each in range(2)]
    people = [await stage.resident() for _each in range(6)]
    for person in people:
        await write(person, hearing_id)
    for person in people:
        stage.world.tap(person.id, person.screen.message_id, next(d for d in person.data if "qsend:" in d))
    processes = [beside(stage) for _each in people]
    await asyncio.gather(
        *(process.handle(each) for process, each in zip(processes, stage.world.take_updates(), strict=True))
    )
    assert len(await asked(stage)) == len(people)
    told = await rows(stage, select(Delivery.resident_id))
    ids = await rows(
        stage, select(ResidentRow.id).where(ResidentRow.telegram_id.in_([o.id for o in officers]))
    )
    assert sorted(row.resident_id for row in told) == sorted(row.id for row in ids)
