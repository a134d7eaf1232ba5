"""What is typed as a name is shown to its author before it is sent, and asked about when it is none."""

import pytest
from sqlalchemy import update

from bot.db.models import QuestionDraft
from bot.domain.asker_name import NameDoubt, NameUse, name_doubt
from bot.domain.hearing import QuestionKind
from bot.features.hearings.minutes.callbacks import AddFromHall
from bot.features.hearings.questions import texts
from bot.features.hearings.questions.callbacks import AskQuestion, SendQuestion
from tests.features.hearings.questions.hearing import NEED, announced, asked, begun, drafts
from tests.features.people import answers
from tests.features.records import change, resident_of
from tests.features.wording import worded
from tests.stage import Stage, Visitor

NO_NAMES = [
    (NEED, NameDoubt.QUESTION),
    (NEED.rstrip("?").upper(), NameDoubt.QUESTION),
    ("Когда починят мост", NameDoubt.QUESTION),
    ("Вопрос: " + NEED, NameDoubt.QUESTION),
    ("Кто?", NameDoubt.QUESTION),
    ("???", NameDoubt.QUESTION),
    ("0700 12-34-56", NameDoubt.CONTACT),
    ("Айгүл, +996700123456", NameDoubt.CONTACT),
    ("@aigul", NameDoubt.CONTACT),
    ("https://example.org", NameDoubt.CONTACT),
    ("Айгүл " * 12, NameDoubt.LONG),
]
NAMES = ["Айгүл", "Асанова Айгүл Асановна", "Жители улицы Верхней, 5", "9-А класс", "=Айгүл <b>", "Мост"]


@pytest.mark.parametrize(("typed", "doubt"), NO_NAMES)
def test_what_is_clearly_no_name_is_known(typed: str, doubt: NameDoubt) -> None:
    assert name_doubt(typed.strip(), NEED) is doubt


@pytest.mark.parametrize("typed", NAMES)
def test_names_are_left_in_peace(typed: str) -> None:
    assert name_doubt(typed, NEED) is None


async def up_to_the_name(person: Visitor, data: AskQuestion | AddFromHall) -> None:
    await person.press(data)
    await person.tap("qkind:")
    await person.send(NEED)


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_the_question_sent_twice_is_no_name(stage: Stage, language: str) -> None:
    hearing_id = await announced(stage)
    resident = await stage.resident(language)
    await up_to_the_name(resident, AskQuestion(hearing_id=hearing_id))
    await resident.send(NEED)
    assert resident.text == worded(language, texts.doubtful_name, NameDoubt.QUESTION, NEED)
    assert [draft.signed for draft in await drafts(stage)] == [None]
    assert not any(data.startswith("qsend:") for data in resident.data)
    await resident.tap("qanon:", worded(language, texts.without_name))
    await resident.tap("qsend:")
    assert [row.signed for row in await asked(stage)] == [None]


async def test_after_a_telephone_number_a_name_is_still_awaited(stage: Stage) -> None:
    hearing_id = await announced(stage)
    resident = await stage.resident()
    await up_to_the_name(resident, AskQuestion(hearing_id=hearing_id))
    await resident.send("0700123456")
    assert worded("ru", texts.doubtful_name, NameDoubt.CONTACT, "0700123456") == resident.text
    await resident.tap("qtype:")
    await resident.send("Айгүл")
    assert answers(resident) == [
        worded("ru", texts.preview, QuestionKind.QUESTION, NEED, "Айгүл", NameUse.READ_OUT)
        + "\n\n"
        + worded("ru", texts.who_will_see, at_once=False)
    ]
    assert await asked(stage) == []
    await resident.tap("qsend:")
    assert [row.signed for row in await asked(stage)] == ["Айгүл"]


async def test_a_name_typed_before_names_were_looked_at_is_asked_about_when_it_is_sent(stage: Stage) -> None:
    hearing_id = await announced(stage)
    resident = await stage.resident()
    await up_to_the_name(resident, AskQuestion(hearing_id=hearing_id))
    await change(stage, update(QuestionDraft).values(signed=NEED))
    [draft] = await drafts(stage)
    await resident.press(SendQuestion(draft_id=draft.id))
    assert resident.text == worded("ru", texts.doubtful_name, NameDoubt.QUESTION, NEED)
    assert await asked(stage) == []
    assert (await resident_of(stage, resident)).awaiting == "question:name"
    await resident.send("Айгүл")
    await resident.tap("qsend:")
    assert [row.signed for row in await asked(stage)] == ["Айгүл"]


async def test_words_that_repeat_the_name_are_asked_about_too(stage: Stage) -> None:
    hearing_id = await announced(stage)
    resident = await stage.resident()
    await up_to_the_name(resident, AskQuestion(hearing_id=hearing_id))
    await resident.send("Где вода")
    await resident.tap("qedit:")
    await resident.send("Где вода?")
    assert resident.text == worded("ru", texts.doubtful_name, NameDoubt.QUESTION, "Где вода")


async def test_after_the_beginning_nothing_is_promised_to_be_read_out(stage: Stage) -> None:
    hearing_id = await begun(stage)
    resident = await stage.resident()
    await up_to_the_name(resident, AskQuestion(hearing_id=hearing_id))
    assert resident.text == worded("ru", texts.which_name, NameUse.SHOWN)
    await resident.tap("qtype:")
    assert resident.text == worded("ru", texts.type_name, NameUse.SHOWN)
    await resident.send("Айгүл")
    assert worded("ru", texts.preview, QuestionKind.QUESTION, NEED, "Айгүл", NameUse.SHOWN) in resident.text


async def test_an_officer_is_asked_who_said_it_in_the_hall(stage: Stage) -> None:
    hearing_id = await begun(stage)
    officer = await stage.officer()
    await up_to_the_name(officer, AddFromHall(hearing_id=hearing_id))
    assert officer.text == worded("ru", texts.which_name, NameUse.SAID)
    await officer.send(NEED)
    assert officer.text == worded("ru", texts.doubtful_name, NameDoubt.QUESTION, NEED)
    await officer.send("Айгүл")
    assert worded("ru", texts.preview, QuestionKind.QUESTION, NEED, "Айгүл", NameUse.SAID) in officer.text
    assert worded("ru", texts.who_will_see, at_once=True) in officer.text
    await officer.tap("qsend:")
    assert [row.signed for row in await asked(stage)] == ["Айгүл"]
