"""The lists to be read out: questions and proposals apart, by the name given, nothing hidden among them."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from bot.db.models import Question
from bot.domain.hearing import QuestionKind
from bot.features.hearings.hearing_queries import find_hearing
from bot.features.hearings.questions import answer_texts, printing, texts as asking_texts
from bot.features.hearings.questions.callbacks import ListUnanswered, PrintQuestions
from bot.features.hearings.questions.queries import list_to_read_out
from bot.i18n import speaking
from bot.prints.sheets import SheetItem
from tests.features.hearings.questions.hearing import NEED, OFFER, TOPIC_RU, announced, ask, put, show_at_once
from tests.features.records import change, journal
from tests.features.wording import worded
from tests.stage import Stage

FORMULA = "=1+1 #import $x$ <b>@здесь</b> \\ *не* _разметка_"


async def test_the_lists_come_as_two_files(stage: Stage) -> None:
    hearing_id = await announced(stage)
    await show_at_once(stage)
    resident, officer = await stage.resident(), await stage.officer("jazy", "ky")
    await ask(resident, hearing_id, FORMULA, name="=Айгүл <b>")
    await ask(resident, hearing_id, OFFER, kind="proposal")
    await officer.press(ListUnanswered(hearing_id=hearing_id, page=0))
    await officer.tap("qprint:")
    sent = [message for message in officer.messages if message.kind == "document"]
    assert [message.media["file_name"] for message in sent] == [
        f"questions-{hearing_id}.pdf",
        f"proposals-{hearing_id}.pdf",
    ]
    assert len(await journal(stage, "questions.printed")) == 1


async def test_nothing_is_printed_of_nothing(stage: Stage) -> None:
    hearing_id = await announced(stage)
    officer = await stage.officer()
    await officer.press(PrintQuestions(hearing_id=hearing_id))
    assert officer.alert == worded("ru", answer_texts.nothing_to_print)
    assert await journal(stage, "questions.printed") == []


async def test_the_sheets_hold_names_and_answers_and_nothing_hidden(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    hearing_id = await announced(stage)
    await show_at_once(stage)
    resident = await stage.resident()
    await ask(resident, hearing_id, NEED, name="Айгүл")
    for text in ("Скрытое", FORMULA):
        await put(stage, hearing_id, text)
    await change(
        stage, update(Question).where(Question.text == "Скрытое").values(hidden_at=datetime.now(UTC))
    )
    await change(
        stage,
        update(Question).where(Question.text == FORMULA).values(answer="Да", answered_at=datetime.now(UTC)),
    )
    printed: list[tuple[str, str, list[SheetItem], str]] = []

    def kept(title: str, subtitle: str, items: list[SheetItem], language: str) -> bytes:
        printed.append((title, subtitle, items, language))
        return b"%PDF"

    monkeypatch.setattr(printing, "print_list", kept)
    async with stage.database.read() as db:
        hearing = await find_hearing(db, hearing_id)
        questions = await list_to_read_out(db, hearing_id)
    assert hearing is not None
    with speaking("ru"):
        made = printing.sheets(hearing, questions)
    assert made == {f"questions-{hearing_id}.pdf": b"%PDF"}
    [(title, subtitle, items, language)] = printed
    assert (title, language) == (worded("ru", answer_texts.sheet_title, QuestionKind.QUESTION), "ru")
    assert TOPIC_RU in subtitle
    nameless = worded("ru", asking_texts.signed, None)
    assert items == [
        SheetItem("Айгүл", NEED),
        SheetItem(nameless, FORMULA, worded("ru", answer_texts.sheet_note, questions[1])),
    ]
    assert "Да" in items[1].note


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_the_real_sheets_are_pdf(stage: Stage, language: str) -> None:
    hearing_id = await announced(stage)
    for text in (FORMULA, "я" * 1000, "😡" * 20):
        await put(stage, hearing_id, text, QuestionKind.PROPOSAL)
    async with stage.database.read() as db:
        hearing = await find_hearing(db, hearing_id)
        questions = await list_to_read_out(db, hearing_id)
    assert hearing is not None
    with speaking(language):
        made = printing.sheets(hearing, questions)
    assert [name for name, sheet in made.items() if sheet.startswith(b"%PDF")] == list(made)
