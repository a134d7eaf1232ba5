"""Anyone can forge callback data: every button of the officers asks for the role anew."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy import select, update

from bot.db.models import GrantRow, Question
from bot.domain.hearing import Decision, QuestionKind
from bot.features.questions import callbacks as questions
from tests.features.questions.hearing import asked, begun, drafts, put
from tests.features.records import change, everything, rows
from tests.house.test_wire_format import callback_classes
from tests.stage import Stage, Visitor

SECRET = "Купуя: бул суроо жашырылган"
FOR_EVERYBODY = {
    questions.AskQuestion,
    questions.SetQuestionKind,
    questions.RewriteQuestion,
    questions.AskName,
    questions.LeaveUnsigned,
    questions.TypeName,
    questions.SendQuestion,
    questions.DropQuestion,
    questions.ListQuestions,
    questions.ListMyQuestions,
    questions.ShowQuestion,
    questions.ShowRecord,
    questions.ShowMinutes,
}


def of_the_officers(hearing_id: int, question_id: int, at: int) -> list[CallbackData]:
    """One button of every class that only an officer of the municipality may press."""
    return [
        questions.ListUnanswered(hearing_id=hearing_id, page=0),
        questions.OpenQuestion(question_id=question_id),
        questions.ShowNextQuestion(hearing_id=hearing_id, after=0),
        questions.AnswerQuestion(question_id=question_id, anew=False),
        questions.DecideAnew(question_id=question_id),
        questions.DecideProposal(question_id=question_id, decision=Decision.ACCEPTED, anew=False),
        questions.AcceptWithoutWords(question_id=question_id, anew=False),
        questions.AcceptWithoutWords(question_id=question_id, anew=True),
        questions.TellCorrection(question_id=question_id, at=at),
        questions.HideQuestion(question_id=question_id, on=False),
        questions.PrintQuestions(hearing_id=hearing_id),
        questions.EditRecord(hearing_id=hearing_id),
        questions.AskPresentWomen(hearing_id=hearing_id),
        questions.AskPresentMen(hearing_id=hearing_id),
        questions.AskMinutes(hearing_id=hearing_id),
        questions.AddFromHall(hearing_id=hearing_id),
        questions.AskToSendRecord(hearing_id=hearing_id),
        questions.SendRecord(hearing_id=hearing_id),
        questions.TellRecordCorrection(hearing_id=hearing_id, at=at),
    ]


def test_no_class_of_the_officers_is_forgotten() -> None:
    of_the_room = {each for each in callback_classes() if each.__module__ == questions.__name__}
    assert {type(each) for each in of_the_officers(1, 1, 1)} == of_the_room - FOR_EVERYBODY


async def plain_resident(stage: Stage) -> Visitor:
    return await stage.resident()


async def facilitator(stage: Stage) -> Visitor:
    return await stage.facilitator()


async def officer_elsewhere(stage: Stage) -> Visitor:
    return await stage.officer("shark")


async def withdraw_newest(stage: Stage) -> None:
    newest = select(GrantRow.id).order_by(GrantRow.id.desc()).limit(1).scalar_subquery()
    await change(stage, update(GrantRow).where(GrantRow.id == newest).values(withdrawn_at=datetime.now(UTC)))


async def former_officer(stage: Stage) -> Visitor:
    former = await stage.officer()
    await withdraw_newest(stage)
    return former


@pytest.mark.parametrize("forger", [plain_resident, facilitator, officer_elsewhere, former_officer])
async def test_a_forged_press_is_refused_and_changes_nothing(
    stage: Stage, forger: Callable[[Stage], Awaitable[Visitor]]
) -> None:
    now = datetime.now(UTC)
    hearing_id = await begun(
        stage, present_women=56, present_men=99, recorded_at=now, record_corrected_at=now
    )
    question_id = await put(stage, hearing_id, SECRET, QuestionKind.PROPOSAL)
    await change(stage, update(Question).values(hidden_at=now, answered_at=now, corrected_at=now))
    person = await forger(stage)
    before = await everything(stage)
    seen = len(person.messages)

    for each in of_the_officers(hearing_id, question_id, int(now.timestamp())):
        await person.press(each)
        assert person.alert, each
        assert SECRET not in person.text

    assert await everything(stage) == before
    assert len(person.messages) == seen


async def test_whoever_lost_the_role_midway_cannot_finish(stage: Stage) -> None:
    """What was awaited of them when they were an officer is asked again when it comes."""
    hearing_id = await begun(stage)
    question_id = await put(stage, hearing_id)
    officers = [await stage.officer() for _each in range(3)]
    await officers[0].press(questions.AnswerQuestion(question_id=question_id, anew=False))
    await officers[1].press(questions.AskPresentWomen(hearing_id=hearing_id))
    await officers[2].press(questions.AddFromHall(hearing_id=hearing_id))
    await officers[2].tap("qkind:")
    await officers[2].send("Что с мостом?")
    await officers[2].tap("qanon:")
    await change(stage, update(GrantRow).values(withdrawn_at=datetime.now(UTC)))

    await officers[0].send("Ответ без права")
    await officers[1].send("56")
    await officers[2].tap("qsend:")
    assert officers[2].alert
    assert [row.answer for row in await asked(stage)] == [None]
    assert len(await drafts(stage)) == 1
    assert await rows(stage, select(Question.id).where(Question.text == "Что с мостом?")) == []
