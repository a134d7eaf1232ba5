"""Officers see first what residents send to a hearing; it is shown at once where a municipality says so."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.db.models import Broadcast, Delivery, Hearing, Municipality, Question
from bot.domain.hearing import QuestionKind, Rule
from bot.domain.notices import Failure
from bot.domain.question import QuestionHideReason, QuestionState
from bot.domain.roles import Role
from bot.features.hearings.delivery_report.queries import find_dispatch
from bot.features.hearings.minutes.callbacks import ShowRecord
from bot.features.hearings.minutes.queries import find_record
from bot.features.hearings.officer_home import texts as office_texts
from bot.features.hearings.officer_home.callbacks import OpenOfficeHearing, SetRule
from bot.features.hearings.questions import answer_texts, list_texts, screening_texts, texts as asking_texts
from bot.features.hearings.questions.callbacks import (
    AcceptWithoutWords,
    AnswerQuestion,
    HideQuestion,
    ListMyQuestions,
    ListQuestions,
    ListUnanswered,
    OpenQuestion,
    PrintQuestions,
    SetQuestionState,
    ShowNextWaiting,
    ShowQuestion,
    TellWhyHidden,
)
from bot.features.hearings.questions.queries import count_questions, list_questions
from bot.telegram import texts as common
from tests.features.forgers import forgers
from tests.features.hearings.announcing.officers import JAZY
from tests.features.hearings.questions.hearing import (
    NEED,
    OFFER,
    announced,
    ask,
    asked,
    begun,
    put,
    show_at_once,
)
from tests.features.people import beside
from tests.features.records import change, deliveries, everything, journal, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor

SECRET = "Соседка Бермет ворует воду"
NAME = "Тайный Автор"


def set_to(state: QuestionState, was: QuestionState, question_id: int = 1, version: int = 1) -> str:
    wanted = SetQuestionState(question_id=question_id, state=state, was=was, version=version)
    return wanted.pack()


SHOW = set_to(QuestionState.SHOWN, QuestionState.WAITING)
HIDE = set_to(QuestionState.HIDDEN, QuestionState.WAITING)


def read_by(person: Visitor) -> str:
    """All that the bot has ever shown to this person, with the labels of its buttons."""
    return "".join(
        (message.text or "") + (message.caption or "") + str(message.markup)
        for message in person.messages
        if message.from_bot
    )


async def look_everywhere(person: Visitor, hearing_id: int, question_id: int) -> None:
    """Every screen of a hearing that a resident can open, by buttons that anybody can forge."""
    for data in (
        ListQuestions(hearing_id=hearing_id, page=0),
        ListMyQuestions(hearing_id=hearing_id, page=0),
        ShowQuestion(question_id=question_id, page=0, mine=False),
        ShowQuestion(question_id=question_id, page=0, mine=True),
        ShowRecord(hearing_id=hearing_id),
        f"hear:{hearing_id}",
        "hears:0",
        OpenQuestion(question_id=question_id),
        ListUnanswered(hearing_id=hearing_id, page=0),
        ShowNextWaiting(hearing_id=hearing_id, after=0),
        PrintQuestions(hearing_id=hearing_id),
        f"qsend:{question_id}",
    ):
        await person.press(data)
    await person.start(f"h_{hearing_id}")
    await person.ask_inline(SECRET)


async def test_nobody_else_reads_what_waits_until_an_officer_shows_it(stage: Stage) -> None:
    hearing_id = await begun(stage)
    author, reader = await stage.resident(), await stage.resident("ky")
    elsewhere, officer = await stage.resident(municipality="shark"), await stage.officer()
    await ask(author, hearing_id, SECRET, name=NAME)
    assert worded("ru", asking_texts.who_will_see, at_once=False) in author.text
    record = {"present_women": 5, "present_men": 6, "recorded_at": datetime.now(UTC)}
    await change(stage, update(Hearing).values(**record))
    await stage.deliver()
    [question] = await asked(stage)
    for person in (reader, elsewhere):
        await look_everywhere(person, hearing_id, question.id)
        assert SECRET not in read_by(person)
        assert NAME not in read_by(person)
    await reader.press(ListQuestions(hearing_id=hearing_id, page=0))
    assert worded("ky", list_texts.everybodys, 0) in reader.text
    await reader.press(f"hear:{hearing_id}")
    assert not any(data.startswith("qlist:") for data in reader.data)
    assert await public_numbers(stage, hearing_id) == (0, 0, 0)

    await author.press(ListMyQuestions(hearing_id=hearing_id, page=0))
    assert SECRET in author.text
    assert worded("ru", list_texts.waits) in author.text

    await officer.press(ShowNextWaiting(hearing_id=hearing_id, after=0))
    await officer.tap("qset:", worded("ru", screening_texts.show))
    assert officer.text.startswith(worded("ru", screening_texts.done, QuestionState.SHOWN))
    await reader.press(ListQuestions(hearing_id=hearing_id, page=0))
    assert SECRET in reader.text
    assert await public_numbers(stage, hearing_id) == (1, 1, 1)
    # The record was public: it counts one more now, and says that it was changed.
    assert (await rows(stage, select(Hearing.record_corrected_at)))[0].record_corrected_at is not None


async def public_numbers(stage: Stage, hearing_id: int) -> tuple[int, int, int]:
    """How many the list, the record and the report of the dispatch count."""
    async with stage.database.read() as db:
        listed = (await list_questions(db, hearing_id, 0)).page.total
        record = await find_record(db, hearing_id)
        report = await find_dispatch(db, hearing_id)
    assert record is not None
    assert report is not None
    counts = record.as_facts()["counts"]
    assert counts["waiting"] == 0
    return listed, counts["questions"], report.answers.questions


async def test_an_answered_question_that_waits_again_opens_no_list_on_the_card(stage: Stage) -> None:
    hearing_id = await announced(stage)
    reader = await stage.resident()
    await put(stage, hearing_id)
    now = datetime.now(UTC)
    await change(stage, update(Question).values(answer="Да", answered_at=now))
    await reader.press(f"hear:{hearing_id}")
    assert f"qlist:{hearing_id}:0" in reader.data
    await change(stage, update(Question).values(hidden_at=now))
    await reader.press(f"hear:{hearing_id}")
    assert f"qlist:{hearing_id}:0" not in reader.data


async def test_what_waits_is_not_printed(stage: Stage) -> None:
    hearing_id = await announced(stage)
    author, officer = await stage.resident(), await stage.officer()
    await ask(author, hearing_id, SECRET)
    await officer.press(PrintQuestions(hearing_id=hearing_id))
    assert officer.alert == worded("ru", answer_texts.nothing_to_print)
    await officer.press(ListUnanswered(hearing_id=hearing_id, page=0))
    assert worded("ru", screening_texts.waiting_line, 1) in officer.text
    assert SECRET in officer.text
    await officer.press(SHOW)
    await officer.press(PrintQuestions(hearing_id=hearing_id))
    assert [each.media["file_name"] for each in officer.messages if each.kind == "document"] == [
        f"questions-{hearing_id}.pdf"
    ]


async def test_the_officers_hear_of_it_and_go_through_the_queue(stage: Stage) -> None:
    hearing_id = await announced(stage)
    author, officer = await stage.resident(), await stage.officer()
    words = [f"Вопрос под номером {number}" for number in range(3)]
    for text in words:
        await ask(author, hearing_id, text)
    await stage.deliver()
    [notice] = [
        each for each in officer.messages if worded("ru", answer_texts.look_through) in str(each.markup)
    ]
    assert words[0] not in (notice.text or "")
    await officer.tap("qwait:", worded("ru", answer_texts.look_through))
    assert worded("ru", screening_texts.waiting_title, 3) in officer.text
    assert words[0] in officer.text

    show = next(data for data in officer.data if data.startswith("qset:1:shown"))
    for _double_tap in range(2):
        await officer.press(show)
        assert words[0] in officer.text
        # Nothing on this screen decides on the next one.
        assert not any(data.startswith(("qset:2", "qset:3")) for data in officer.data)
    assert [row.shown_at is not None for row in await asked(stage)] == [True, False, False]
    await officer.tap("qwait:", worded("ru", screening_texts.next_waiting, 2))
    assert words[1] in officer.text
    await officer.tap("qset:2:hidden")
    await officer.tap("qwait:")
    await officer.tap("qset:3:shown")
    await officer.press(ShowNextWaiting(hearing_id=hearing_id, after=3))
    assert officer.text == worded("ru", screening_texts.nothing_waits)
    assert len(await journal(stage, "question.shown")) == 2
    assert len(await journal(stage, "question.hidden")) == 1


async def test_the_card_of_the_office_counts_what_waits(stage: Stage) -> None:
    hearing_id = await announced(stage)
    author, officer = await stage.resident(), await stage.officer()
    await officer.press(OpenOfficeHearing(hearing_id=hearing_id))
    assert not any(data.startswith("qwait:") for data in officer.data)
    await ask(author, hearing_id, SECRET)
    await officer.press(OpenOfficeHearing(hearing_id=hearing_id))
    await officer.tap("qwait:", worded("ru", office_texts.waiting, 1))
    assert SECRET in officer.text


async def test_personal_data_are_pointed_out_to_the_officer_until_they_are_hidden(stage: Stage) -> None:
    hearing_id = await announced(stage)
    author, officer = await stage.resident(), await stage.officer()
    await ask(author, hearing_id, "Кому звонить: бухгалтеру на 0555 21-43-65?")
    found = "телефон: 0555 21-43-65"
    await officer.press(ShowNextWaiting(hearing_id=hearing_id, after=0))
    assert found in officer.text
    await officer.press(AnswerQuestion(question_id=1, anew=False))
    assert found in officer.text
    await officer.press(SHOW)
    assert found in officer.text
    await officer.press(OpenQuestion(question_id=1))
    assert found in officer.text
    await officer.press(set_to(QuestionState.HIDDEN, QuestionState.SHOWN, version=2))
    await officer.press(OpenQuestion(question_id=1))
    assert found not in officer.text


async def test_what_was_decided_can_be_undone(stage: Stage) -> None:
    hearing_id = await announced(stage)
    author, reader, officer = await stage.resident(), await stage.resident(), await stage.officer()
    await ask(author, hearing_id, SECRET)
    for decide in (SHOW, set_to(QuestionState.HIDDEN, QuestionState.WAITING, version=3)):
        await officer.press(decide)
        await officer.tap("qset:1:waiting", worded("ru", screening_texts.undo))
        assert worded("ru", screening_texts.done, QuestionState.WAITING) in officer.text
        [question] = await asked(stage)
        assert (question.shown_at, question.hidden_at) == (None, None)
        await reader.press(ListQuestions(hearing_id=hearing_id, page=0))
        assert SECRET not in reader.text
    assert len(await journal(stage, "question.put_back")) == 2
    await stage.deliver()
    assert screening_word("ru", None) not in read_by(author)


def screening_word(language: str, reason: QuestionHideReason | None, text: str = SECRET) -> str:
    return worded(language, screening_texts.heard_hidden, QuestionKind.QUESTION, text, reason)


async def minutes_pass(stage: Stage) -> None:
    """The time in which an officer may undo is over."""
    waits = (Delivery.sent_at.is_(None), Delivery.kind == "question.hidden")
    await change(
        stage, update(Delivery).where(*waits).values(due_at=datetime.now(UTC) - timedelta(minutes=1))
    )


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_the_author_of_what_is_hidden_is_told_why_after_a_moment(stage: Stage, language: str) -> None:
    hearing_id = await announced(stage)
    author, officer = await stage.resident(language), await stage.officer()
    await ask(author, hearing_id, SECRET)
    await officer.press(HIDE)
    await stage.deliver()
    assert SECRET not in author.text
    await officer.tap("qwhy:1:personal")
    assert not any(data.startswith("qwhy:") for data in officer.data)
    await officer.press(TellWhyHidden(question_id=1, reason=QuestionHideReason.OFFENSIVE, version=2))
    await minutes_pass(stage)
    for _again in range(2):
        await stage.deliver()
    assert author.text == screening_word(language, QuestionHideReason.PERSONAL)
    assert [row.kind for row in await deliveries(stage)].count("question.hidden") == 1
    await author.tap("qmine:")
    assert worded(language, screening_texts.reason, QuestionHideReason.PERSONAL) in author.text


async def test_a_reason_given_late_is_told_after_the_word_and_what_is_shown_again_too(stage: Stage) -> None:
    hearing_id = await announced(stage)
    author, officer = await stage.resident(), await stage.officer()
    await ask(author, hearing_id, SECRET)
    await officer.press(HIDE)
    await minutes_pass(stage)
    await stage.deliver()
    assert author.text == screening_word("ru", None)
    await officer.press(TellWhyHidden(question_id=1, reason=QuestionHideReason.OFF_TOPIC, version=2))
    await stage.deliver()
    assert author.text == screening_word("ru", QuestionHideReason.OFF_TOPIC)
    await officer.press(OpenQuestion(question_id=1))
    await officer.tap("qset:1:shown")
    await stage.deliver()
    assert author.text == worded("ru", screening_texts.heard_shown, QuestionKind.QUESTION, SECRET)
    assert (await asked(stage))[0].hidden_reason is None


async def test_answering_shows_what_waits_and_says_so_before(stage: Stage) -> None:
    hearing_id = await announced(stage)
    author, reader, officer = await stage.resident(), await stage.resident(), await stage.officer()
    await ask(author, hearing_id, NEED)
    await officer.press(OpenQuestion(question_id=1))
    assert worded("ru", answer_texts.answering_shows) in officer.text
    await officer.tap("qans:", worded("ru", answer_texts.answer_and_show))
    assert worded("ru", answer_texts._who_reads, QuestionState.WAITING) in officer.text
    await reader.press(ListQuestions(hearing_id=hearing_id, page=0))
    assert NEED not in reader.text
    await officer.send("В мае")
    assert officer.text.startswith(worded("ru", answer_texts.saved, told=True, shown=True))
    await reader.press(ListQuestions(hearing_id=hearing_id, page=0))
    assert NEED in reader.text
    assert "В мае" in reader.text
    assert len(await journal(stage, "question.shown")) == 1

    await ask(author, hearing_id, OFFER, kind="proposal")
    for _again in range(2):
        await officer.press(AcceptWithoutWords(question_id=2, anew=False))
    await reader.press(ListQuestions(hearing_id=hearing_id, page=0))
    assert OFFER in reader.text


async def test_the_answer_to_what_is_hidden_stays_between_the_two(stage: Stage) -> None:
    hearing_id = await announced(stage)
    author, reader, officer = await stage.resident(), await stage.resident(), await stage.officer()
    await ask(author, hearing_id, SECRET)
    await officer.press(AnswerQuestion(question_id=1, anew=False))
    colleague = await stage.officer()
    await colleague.press(HIDE)
    await officer.send("Разберёмся с водой")
    await stage.deliver()
    assert "Разберёмся с водой" in author.text
    await reader.press(ListQuestions(hearing_id=hearing_id, page=0))
    assert "Разберёмся" not in reader.text
    await officer.press(AnswerQuestion(question_id=1, anew=True))
    assert worded("ru", answer_texts._who_reads, QuestionState.HIDDEN) in officer.text


async def test_a_button_drawn_for_an_earlier_state_changes_nothing(stage: Stage) -> None:
    hearing_id = await announced(stage)
    author, first, second = await stage.resident(), await stage.officer(), await stage.officer()
    await ask(author, hearing_id, SECRET)
    await first.press(HIDE)
    before = await everything(stage)
    for stale in (
        SHOW,
        set_to(QuestionState.WAITING, QuestionState.SHOWN, version=1),
        TellWhyHidden(question_id=1, reason=QuestionHideReason.REPEATED, version=1),
    ):
        await second.press(stale)
        assert second.text.startswith(worded("ru", screening_texts.decided_by_colleague))
    assert await everything(stage) == before


async def test_of_two_officers_at_once_one_decides(stage: Stage) -> None:
    hearing_id = await announced(stage)
    author = await stage.resident()
    officers = [await stage.officer() for _each in range(2)]
    await ask(author, hearing_id, SECRET)
    for officer, wanted in zip(officers, (SHOW, HIDE), strict=True):
        stage.world.tap(officer.id, officer.screen.message_id, wanted)
    await asyncio.gather(*(beside(stage).handle(each) for each in stage.world.take_updates()))
    [question] = await asked(stage)
    assert question.version == 2
    acts = [*await journal(stage, "question.shown"), *await journal(stage, "question.hidden")]
    assert len(acts) == 1
    assert (question.hidden_at is None) is (acts[0].act == "question.shown")


async def test_only_officers_of_the_municipality_decide(stage: Stage) -> None:
    hearing_id = await announced(stage)
    await ask(await stage.resident(), hearing_id, SECRET, name=NAME)
    people = await forgers(stage)
    before = await everything(stage)
    for forger in people:
        if forger.is_of_the_town and forger.role is Role.OFFICER:
            continue
        for data in (
            SHOW,
            HIDE,
            ShowNextWaiting(hearing_id=hearing_id, after=0),
            TellWhyHidden(question_id=1, reason=QuestionHideReason.PERSONAL, version=1),
            HideQuestion(question_id=1, on=False),
            SetRule(municipality_id=JAZY, rule=Rule.QUESTIONS, value=1),
        ):
            words = common.role_taken_away if forger.former is Role.OFFICER else common.not_allowed
            await forger.person.press(data)
            assert forger.person.alert == worded("ru", words, None), (forger.name, data)
        assert SECRET not in read_by(forger.person)
    assert await everything(stage) == before


async def test_the_municipality_decides_at_its_office_and_the_journal_knows(stage: Stage) -> None:
    officer = await stage.officer()
    await officer.send("/office")
    await officer.tap("rules:")
    assert worded("ru", office_texts.rule_line, Rule.QUESTIONS, 0) in officer.text
    await officer.tap("ruleq:9:asked")
    for _again in range(2):
        await officer.press("rule:9:asked:1")
        assert worded("ru", office_texts.rule_line, Rule.QUESTIONS, 1) in officer.text
    assert len(await journal(stage, "rule.changed")) == 1
    opened = select(Municipality.id).where(Municipality.questions_at_once.is_(True))
    assert [row.id for row in await rows(stage, opened)] == [JAZY]
    await officer.press("rule:9:asked:2")
    assert officer.alert == worded("ru", common.gone, None)


async def test_shown_at_once_the_notice_to_the_officers_hides_with_one_tap(stage: Stage) -> None:
    hearing_id = await announced(stage)
    await show_at_once(stage)
    author, reader, officer = await stage.resident(), await stage.resident(), await stage.officer()
    await ask(author, hearing_id, SECRET, name=NAME)
    assert worded("ru", asking_texts.sent, QuestionKind.QUESTION, waits=False) == author.text
    await ask(author, hearing_id, NEED)
    await reader.press(ListQuestions(hearing_id=hearing_id, page=0))
    assert SECRET in reader.text
    await stage.deliver()
    assert SECRET in officer.text
    assert NEED in officer.text
    notice = officer.screen.message_id
    await officer.tap("qset:1:hidden:shown", worded("ru", screening_texts.hide_number, 1))
    assert officer.screen.message_id == notice
    assert SECRET in officer.text
    await reader.press(ListQuestions(hearing_id=hearing_id, page=0))
    assert SECRET not in reader.text
    assert NEED in reader.text
    await officer.tap("qset:1:shown", worded("ru", screening_texts.undo))
    await reader.press(ListQuestions(hearing_id=hearing_id, page=0))
    assert SECRET in reader.text
    [taken_back] = [row for row in await deliveries(stage) if row.kind == "question.hidden"]
    assert taken_back.failure == Failure.STOPPED


async def test_a_rush_shown_at_once_is_one_notice_that_quotes_a_few(stage: Stage) -> None:
    hearing_id = await announced(stage)
    await show_at_once(stage)
    await stage.officer()
    people = [await stage.resident() for _each in range(3)]
    for person in people:
        for number in range(3):
            await ask(person, hearing_id, f"Вопрос номер {number}: где вода?")
    [notice] = await rows(stage, select(Broadcast.__table__))
    assert [quoted["id"] for quoted in notice.facts["shown"]] == [1, 2, 3]


async def test_the_setting_counts_at_the_moment_of_sending_and_moves_nothing_else(stage: Stage) -> None:
    hearing_id = await announced(stage)
    author, reader = await stage.resident(), await stage.resident()
    await ask(author, hearing_id, SECRET)
    await show_at_once(stage)
    await ask(author, hearing_id, NEED)
    await show_at_once(stage, wanted=False)
    await ask(author, hearing_id, OFFER)
    assert [row.shown_at is not None for row in await asked(stage)] == [False, True, False]
    await reader.press(ListQuestions(hearing_id=hearing_id, page=0))
    assert NEED in reader.text
    assert SECRET not in reader.text
    assert OFFER not in reader.text


async def test_what_was_said_in_the_hall_is_public_at_once(stage: Stage) -> None:
    hearing_id = await begun(stage)
    reader, officer = await stage.resident(), await stage.officer()
    await officer.press(f"hrech:{hearing_id}")
    await officer.tap("qkind:")
    await officer.send(NEED)
    await officer.tap("qanon:")
    await officer.tap("qsend:")
    await reader.press(ListQuestions(hearing_id=hearing_id, page=0))
    assert NEED in reader.text


async def test_the_shipped_button_hides_for_offensive_words_and_shows_only_what_is_hidden(
    stage: Stage,
) -> None:
    hearing_id = await announced(stage)
    author, officer = await stage.resident(), await stage.officer()
    await ask(author, hearing_id, SECRET)
    await officer.press(HideQuestion(question_id=1, on=False))
    assert (await asked(stage))[0].shown_at is None
    for _again in range(2):
        await officer.press(HideQuestion(question_id=1, on=True))
    assert (await asked(stage))[0].hidden_reason == QuestionHideReason.OFFENSIVE
    assert len(await journal(stage, "question.hidden")) == 1
    await minutes_pass(stage)
    await stage.deliver()
    assert author.text == screening_word("ru", QuestionHideReason.OFFENSIVE)
    await officer.press(HideQuestion(question_id=1, on=False))
    assert (await asked(stage))[0].hidden_at is None


async def test_numbers_of_the_officers_tell_what_waits_apart(stage: Stage) -> None:
    hearing_id = await announced(stage)
    author = await stage.resident()
    await ask(author, hearing_id, SECRET)
    await ask(author, hearing_id, OFFER, kind="proposal")
    await put(stage, hearing_id)
    async with stage.database.read() as db:
        counts = await count_questions(db, hearing_id)
    assert (counts.questions, counts.proposals, counts.waiting) == (1, 0, 2)
