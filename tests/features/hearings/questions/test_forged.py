"""Anyone can forge callback data: every button of the officers asks for the role anew."""

from datetime import UTC, datetime

from sqlalchemy import select, update

from bot.db.models import GrantRow, Question
from bot.features.hearings.minutes import callbacks as minutes_buttons
from bot.features.hearings.questions import callbacks as questions
from tests.features.hearings.questions.hearing import asked, begun, drafts, put
from tests.features.records import change, rows
from tests.stage import Stage

SECRET = "Купуя: бул суроо жашырылган"


async def test_whoever_lost_the_role_midway_cannot_finish(stage: Stage) -> None:
    """What was awaited of them when they were an officer is asked again when it comes."""
    hearing_id = await begun(stage)
    question_id = await put(stage, hearing_id)
    officers = [await stage.officer() for _each in range(3)]
    await officers[0].press(questions.AnswerQuestion(question_id=question_id, anew=False))
    await officers[1].press(minutes_buttons.AskPresentWomen(hearing_id=hearing_id))
    await officers[2].press(minutes_buttons.AddFromHall(hearing_id=hearing_id))
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
