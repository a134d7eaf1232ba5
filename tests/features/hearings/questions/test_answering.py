"""Officers answer and decide once; askers hear it once; everybody may read it."""

import asyncio

import pytest
from sqlalchemy import update

from bot.db.models import Hearing, Question
from bot.domain.hearing import Decision, QuestionKind
from bot.features.hearings.questions import answer_texts, list_texts, texts as asking_texts
from bot.features.hearings.questions.callbacks import (
    AcceptWithoutWords,
    AnswerQuestion,
    DecideProposal,
    HideQuestion,
    ListMyQuestions,
    ListQuestions,
    ListUnanswered,
    OpenQuestion,
    ShowQuestion,
)
from tests.features.hearings.questions.hearing import NEED, OFFER, announced, ask, asked, put, show_at_once
from tests.features.people import beside, seen_from
from tests.features.records import change, deliveries, everything, journal, resident_of
from tests.features.wording import worded
from tests.stage import Stage, Visitor

ANSWER = "Мост <починят> в мае & раньше"


def times_heard(person: Visitor, words: str) -> int:
    return sum(words in (message.text or "") for message in person.messages)


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_the_asker_hears_the_answer_once_in_their_language(stage: Stage, language: str) -> None:
    hearing_id = await announced(stage)
    resident, officer = await stage.resident(language), await stage.officer()
    await ask(resident, hearing_id)
    await officer.press(ListUnanswered(hearing_id=hearing_id, page=0))
    assert NEED in officer.text
    await officer.tap("qcard:")
    await officer.tap("qans:")
    await officer.send(ANSWER)
    assert officer.text.startswith(worded("ru", answer_texts.saved, told=True))
    assert ANSWER in officer.text
    for _again in range(3):
        await stage.deliver()

    told = worded(
        language, answer_texts.heard_answer, QuestionKind.QUESTION, NEED, None, ANSWER, corrected_now=False
    )
    assert resident.text == told
    assert times_heard(resident, ANSWER) == 1
    [question] = await asked(stage)
    assert (question.answer, question.answered_by) == (ANSWER, (await resident_of(stage, officer)).id)
    assert [entry.subject_id for entry in await journal(stage, "question.answered")] == [question.id]
    await resident.tap("qmine:")
    assert ANSWER in resident.text


@pytest.mark.parametrize("decision", list(Decision))
async def test_a_decision_goes_with_its_reason(stage: Stage, decision: Decision) -> None:
    hearing_id = await announced(stage)
    resident, officer = await stage.resident("ky"), await stage.officer()
    await ask(resident, hearing_id, OFFER, kind="proposal", name="Айгүл")
    [question] = await asked(stage)
    await officer.press(OpenQuestion(question_id=question.id))
    await officer.tap(f"qdec:{question.id}:{decision}")
    without = [data for data in officer.data if data.startswith("qacc:")]
    assert bool(without) is (decision is Decision.ACCEPTED)
    await officer.send(ANSWER)
    await stage.deliver()
    [question] = await asked(stage)
    assert (question.decision, question.answer) == (decision, ANSWER)
    assert resident.text == worded(
        "ky", answer_texts.heard_answer, QuestionKind.PROPOSAL, OFFER, decision, ANSWER, corrected_now=False
    )
    [entry] = await journal(stage, "question.answered")
    assert entry.details == {"decision": decision}


async def test_a_proposal_is_accepted_without_words_and_once(stage: Stage) -> None:
    hearing_id = await announced(stage)
    resident, officer = await stage.resident(), await stage.officer()
    await ask(resident, hearing_id, OFFER, kind="proposal")
    [question] = await asked(stage)
    await officer.press(DecideProposal(question_id=question.id, decision=Decision.ACCEPTED, anew=False))
    for _again in range(3):
        await officer.press(AcceptWithoutWords(question_id=question.id, anew=False))
        assert worded("ru", list_texts.decided, Decision.ACCEPTED) in officer.text
        assert worded("ru", answer_texts.answered_by_colleague) not in officer.text
    assert len(await journal(stage, "question.answered")) == 1
    assert [row.kind for row in await deliveries(stage)] == ["question.asked", "hearing.answered"]


async def test_of_two_officers_at_once_one_answers_and_the_other_is_shown_it(stage: Stage) -> None:
    hearing_id = await announced(stage)
    resident = await stage.resident()
    officers = [await stage.officer(), await stage.officer()]
    await ask(resident, hearing_id)
    [question] = await asked(stage)
    words = ["Первый ответ: в мае", "Второй ответ: в июне"]
    for officer in officers:
        await officer.press(AnswerQuestion(question_id=question.id, anew=False))
    for officer, said in zip(officers, words, strict=True):
        stage.world.say(officer.id, said)
    await asyncio.gather(*(beside(stage).handle(each) for each in stage.world.take_updates()))

    [question] = await asked(stage)
    assert question.answer in words
    colleague = worded("ru", answer_texts.answered_by_colleague)
    told = [colleague in officer.text for officer in officers]
    assert sorted(told) == [False, True]
    assert words[told.index(False)] == question.answer
    assert all(question.answer in officer.text for officer in officers)
    answered = [row for row in await deliveries(stage) if row.kind == "hearing.answered"]
    assert [row.notice for row in answered] == [f"question:{question.id}:answered"]
    await stage.deliver()
    assert times_heard(resident, question.answer) == 1
    # The loser types on: no answer is awaited any more.
    await officers[told.index(True)].send("Дальше пишу о другом, о воде")
    assert "offer:" in "".join(officers[told.index(True)].data)


async def test_two_officers_decide_differently_at_once(stage: Stage) -> None:
    hearing_id = await announced(stage)
    first, second = await stage.officer(), await stage.officer()
    question_id = await put(stage, hearing_id, OFFER, QuestionKind.PROPOSAL)
    await first.press(DecideProposal(question_id=question_id, decision=Decision.DECLINED, anew=False))
    await second.press(DecideProposal(question_id=question_id, decision=Decision.ACCEPTED, anew=False))
    stage.world.say(first.id, "Нет денег")
    stage.world.tap(second.id, second.screen.message_id, f"qacc:{question_id}:0")
    await asyncio.gather(*(beside(stage).handle(each) for each in stage.world.take_updates()))
    [question] = await asked(stage)
    assert (question.decision, question.answer) in {("declined", "Нет денег"), ("accepted", None)}
    assert len(await journal(stage, "question.answered")) == 1


async def test_a_typed_answer_that_comes_twice_is_one(stage: Stage) -> None:
    hearing_id = await announced(stage)
    resident, officer = await stage.resident(), await stage.officer()
    await ask(resident, hearing_id)
    [question] = await asked(stage)
    await officer.press(AnswerQuestion(question_id=question.id, anew=False))
    stage.world.say(officer.id, ANSWER)
    [typed] = stage.world.take_updates()
    await stage.handle(typed)
    before = await everything(stage)
    await stage.handle(typed)
    assert await everything(stage) == before


async def test_the_awaited_answer_outlives_a_restart_and_needs_words(stage: Stage) -> None:
    hearing_id = await announced(stage)
    officer = await stage.officer()
    question_id = await put(stage, hearing_id, OFFER, QuestionKind.PROPOSAL)
    await officer.press(DecideProposal(question_id=question_id, decision=Decision.PARTLY, anew=False))
    officer = seen_from(beside(stage), officer)
    stage.world.send_photo(officer.id, b"picture")
    await stage.handle_all()
    assert officer.text == worded("ru", asking_texts.words_expected, None)
    await officer.send(" 1 ")
    assert (await asked(stage))[0].decision is None
    await officer.send("Два фонаря из пяти")
    [question] = await asked(stage)
    assert (question.decision, question.answer) == ("partly", "Два фонаря из пяти")


async def test_a_corrected_answer_is_told_only_when_the_officer_says_so(stage: Stage) -> None:
    hearing_id = await announced(stage)
    resident, officer = await stage.resident("ky"), await stage.officer()
    await ask(resident, hearing_id)
    [question] = await asked(stage)
    await officer.press(AnswerQuestion(question_id=question.id, anew=False))
    await officer.send(ANSWER)
    await stage.deliver()
    await officer.tap("qans:", worded("ru", answer_texts.correct))
    await officer.send("Мост починят в июне")
    await stage.deliver()
    assert times_heard(resident, "в июне") == 0
    assert len(await journal(stage, "question.corrected")) == 1
    await resident.tap("qmine:")
    await resident.tap("qshow:")
    [question] = await asked(stage)
    assert worded("ky", list_texts.corrected, question.corrected_at) in resident.text

    tell = next(data for data in officer.data if data.startswith("qtell:"))
    for _again in range(3):
        await officer.press(tell)
        assert officer.alert == worded("ru", answer_texts.told_toast)
        assert not any(data.startswith("qtell:") for data in officer.data)
    await stage.deliver()
    assert resident.text == worded(
        "ky",
        answer_texts.heard_answer,
        QuestionKind.QUESTION,
        NEED,
        None,
        "Мост починят в июне",
        corrected_now=True,
    )
    assert len(await journal(stage, "question.told")) == 1


async def test_a_decision_can_be_corrected_and_the_same_again_changes_nothing(stage: Stage) -> None:
    hearing_id = await announced(stage)
    officer = await stage.officer()
    question_id = await put(stage, hearing_id, OFFER, QuestionKind.PROPOSAL)
    await officer.press(DecideProposal(question_id=question_id, decision=Decision.DECLINED, anew=False))
    await officer.send("Нет денег")
    await officer.tap("qredo:")
    await officer.tap("qdec:", worded("ru", answer_texts.decide, Decision.ACCEPTED))
    await officer.tap("qacc:")
    before = await everything(stage)
    await officer.press(AcceptWithoutWords(question_id=question_id, anew=True))
    assert await everything(stage) == before
    [question] = await asked(stage)
    assert (question.decision, question.answer) == ("accepted", None)


async def test_everybody_of_the_municipality_reads_and_nobody_learns_who_asked(stage: Stage) -> None:
    hearing_id = await announced(stage)
    await show_at_once(stage)
    author, reader = await stage.resident(), await stage.resident("ky")
    neighbour, officer = await stage.resident(municipality="shark"), await stage.officer()
    name = stage.world.people[author.id].name = "Имярек"
    await ask(author, hearing_id)
    await ask(author, hearing_id, OFFER, kind="proposal", name="Айгүл")
    await reader.press(ListQuestions(hearing_id=hearing_id, page=0))
    assert NEED in reader.text
    assert OFFER in reader.text
    for number, shown in ((1, "Айгүл"), (2, worded("ky", asking_texts.signed, None))):
        await reader.press(ListQuestions(hearing_id=hearing_id, page=0))
        await reader.tap("qshow:", str(number))
        assert shown in reader.text
    await officer.press(ListUnanswered(hearing_id=hearing_id, page=0))
    await officer.tap("qcard:")
    for person in (reader, officer):
        seen = "".join((message.text or "") + str(message.markup) for message in person.messages)
        assert name not in seen
        assert str(author.id) not in seen

    await neighbour.press(ListQuestions(hearing_id=hearing_id, page=0))
    assert neighbour.alert == worded("ru", asking_texts.not_your_hearing, None)
    await neighbour.press(ShowQuestion(question_id=1, page=0, mine=True))
    assert neighbour.alert
    assert NEED not in neighbour.text


async def test_a_hidden_question_is_seen_by_its_author_and_the_officers_alone(stage: Stage) -> None:
    hearing_id = await announced(stage)
    author, reader, officer = await stage.resident(), await stage.resident(), await stage.officer()
    await ask(author, hearing_id)
    [question] = await asked(stage)
    for _again in range(2):
        await officer.press(HideQuestion(question_id=question.id, on=True))
        assert NEED in officer.text
    assert len(await journal(stage, "question.hidden")) == 1
    await reader.press(ListQuestions(hearing_id=hearing_id, page=0))
    assert NEED not in reader.text
    await reader.press(ShowQuestion(question_id=question.id, page=0, mine=False))
    assert reader.alert
    await author.press(ListMyQuestions(hearing_id=hearing_id, page=0))
    assert NEED in author.text
    assert worded("ru", list_texts.hidden) in author.text
    await officer.press(HideQuestion(question_id=question.id, on=False))
    await reader.press(ListQuestions(hearing_id=hearing_id, page=0))
    assert NEED in reader.text


async def test_the_officers_list_begins_with_what_waits(stage: Stage) -> None:
    hearing_id = await announced(stage)
    officer = await stage.officer()
    ids = [await put(stage, hearing_id, f"Вопрос под номером {number}") for number in range(9)]
    await officer.press(AnswerQuestion(question_id=ids[0], anew=False))
    await officer.send("Ответ на первый")
    await officer.tap("qopen:")
    assert "номером 1" in officer.text
    assert "номером 0" not in officer.text
    await officer.tap("qopen:", "➡️")
    assert "номером 5" in officer.text
    await officer.press(ListUnanswered(hearing_id=hearing_id, page=2))
    assert "Ответ на первый" in officer.text
    await officer.press(OpenQuestion(question_id=ids[3]))
    await officer.tap("qnext:")
    assert "номером 4" in officer.text
    await change(stage, update(Question).values(answered_at=Question.created_at, answer="Да"))
    await officer.tap("qnext:")
    assert officer.text == worded("ru", answer_texts.nothing_to_answer)


async def test_whoever_moved_away_still_finds_what_became_of_it(stage: Stage) -> None:
    hearing_id = await announced(stage)
    mover, officer = await stage.resident(), await stage.officer()
    await ask(mover, hearing_id)
    await mover.start("m_shark")
    await mover.tap("move:")
    await mover.tap("vil:")
    [question] = await asked(stage)
    await officer.press(AnswerQuestion(question_id=question.id, anew=False))
    await officer.send(ANSWER)
    await stage.deliver()
    await mover.tap("qmine:")
    assert ANSWER in mover.text
    await mover.tap("qshow:")
    assert ANSWER in mover.text


async def test_a_forgotten_authors_question_is_answered_all_the_same(stage: Stage) -> None:
    hearing_id = await announced(stage)
    officer = await stage.officer()
    question_id = await put(stage, hearing_id)
    await officer.press(AnswerQuestion(question_id=question_id, anew=False))
    await officer.send(ANSWER)
    assert officer.text.startswith(worded("ru", answer_texts.saved, told=False))
    assert not any(row.kind == "hearing.answered" for row in await deliveries(stage))
    await change(stage, update(Hearing).values(recorded_at=Hearing.created_at))
    await officer.press(AnswerQuestion(question_id=question_id, anew=True))
    await officer.send("Иной ответ")
    assert not any(data.startswith("qtell:") for data in officer.data)
