"""A facilitator asks the author of a problem; both are told once, and neither learns who the other is."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from bot.db.models import Attachment, GrantRow, Inquiry, Problem
from bot.domain.problem import ProblemStatus, Wording
from bot.domain.refusals import TextTooLong, TextTooShort
from bot.features.problems import inquiry_texts as cards
from bot.features.problems.author_questions import texts
from bot.features.problems.author_questions.queries import AskedAbout
from bot.features.problems.reporting import texts as problem_texts
from bot.telegram import texts as common
from tests.features.people import NEED, answers, beside, read_queue, report
from tests.features.records import (
    Record,
    change,
    deliveries,
    everything,
    journal,
    problems,
    resident_of,
    rows,
)
from tests.features.wording import worded
from tests.stage import Stage, Visitor

QUESTION, ANSWER = "На какой улице <этот> мост?", "На верхней & старой, возле школы"

# The first problem of the municipality, as far as the words of the desk need it.
FIRST = AskedAbout(1, 1, 1, 1, ProblemStatus.SUBMITTED, Wording(NEED, "ru"))


async def asked_once(stage: Stage, language: str = "ru") -> tuple[Visitor, Visitor]:
    """An author with a question before them, and the facilitator who asked."""
    author, facilitator = await stage.resident(language), await stage.facilitator()
    await report(author)
    await ask(facilitator, QUESTION)
    await stage.deliver()
    return author, facilitator


async def ask(facilitator: Visitor, question: str) -> None:
    await read_queue(facilitator)
    await facilitator.tap("iask:")
    await facilitator.send(question)


async def inquiries(stage: Stage) -> list[Record]:
    return list(await rows(stage, select(Inquiry.__table__).order_by(Inquiry.id)))


def shown(person: Visitor) -> str:
    """All that the bot ever showed them."""
    return "".join(f"{message.text} {message.entities} {message.markup}" for message in person.messages)


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_question_and_answer_are_carried_without_names(stage: Stage, language: str) -> None:
    author, facilitator = await asked_once(stage, language)
    for person, name in ((author, "Имярек"), (facilitator, "Такойто")):
        stage.world.people[person.id].name = name
    assert QUESTION in author.text
    assert NEED in author.text
    await author.tap("ians:")
    await author.send(ANSWER)
    assert author.text == worded(language, texts.answered)
    await stage.deliver()
    assert worded("ru", texts.heard_answered, (await deliveries(stage))[-1].facts) == facilitator.text
    assert ANSWER in facilitator.text

    await facilitator.tap("report:", worded("ru", texts.to_problem))
    for words in (NEED, QUESTION, ANSWER):
        assert words in facilitator.text
    for secret in ("Имярек", str(author.id)):
        assert secret not in shown(facilitator)
    for secret in ("Такойто", str(facilitator.id)):
        assert secret not in shown(author)

    [problem] = await problems(stage)
    asker = (await resident_of(stage, facilitator)).id
    entries = [entry for act in ("problem.asked", "problem.answered") for entry in await journal(stage, act)]
    assert [(entry.actor_id, entry.subject_id) for entry in entries] == [
        (asker, problem.id),
        (None, problem.id),
    ]
    assert [entry.details for entry in entries] == [{"inquiry_id": (await inquiries(stage))[0].id}] * 2
    assert [row.kind for row in await deliveries(stage)] == ["inquiry.asked", "inquiry.answered"]


async def test_the_first_answer_stays_and_another_question_may_follow(stage: Stage) -> None:
    author, facilitator = await asked_once(stage)
    await author.tap("ians:")
    answering = author.screen
    await author.send(ANSWER)
    before = await everything(stage)
    await author.press(f"ians:{(await inquiries(stage))[0].id}", answering.message_id)
    assert author.alert == worded("ru", texts.already_answered, None)
    assert await everything(stage) == before

    await ask(facilitator, "И с какого года?")
    assert facilitator.text == worded("ru", texts.asked, FIRST)
    await stage.deliver()
    await author.tap("ians:")
    await author.send("С весны")
    await facilitator.tap("report:")
    for words in ("И с какого года?", "С весны", worded("ru", cards.earlier, 1)):
        assert words in facilitator.text
    await facilitator.tap("iask:")
    for words in (QUESTION, ANSWER, "И с какого года?", "С весны"):
        assert words in facilitator.text


async def test_one_question_at_a_time_and_it_may_be_taken_back(stage: Stage) -> None:
    author, _facilitator = await asked_once(stage)
    colleague = await stage.facilitator()
    [problem] = await problems(stage)
    # The one who asked still has it before them; that keeps nobody from asking.
    await colleague.press(f"report:{problem.id}")
    assert worded("ru", cards.ask_author) in colleague.labels
    await colleague.tap("iask:")
    assert QUESTION in colleague.text
    await colleague.send("А ещё вот что хочу спросить")
    assert "offer:" in "".join(colleague.data)
    assert len(await inquiries(stage)) == 1

    await colleague.tap("iback:")
    assert await inquiries(stage) == []
    [entry] = await journal(stage, "problem.unasked")
    assert entry.actor_id == (await resident_of(stage, colleague)).id
    await author.tap("ians:")
    assert author.alert == worded("ru", common.gone, None)
    await colleague.tap("iask:")
    await colleague.send("Где именно это случилось?")
    await stage.deliver()
    assert "Где именно" in author.text
    assert [row.kind for row in await deliveries(stage)] == ["inquiry.asked"] * 2


async def test_of_two_questions_at_the_same_moment_one_is_asked(stage: Stage) -> None:
    author = await stage.resident()
    first, second = await stage.facilitator(), await stage.facilitator()
    await report(author)
    [problem] = await problems(stage)
    for facilitator in (first, second):
        await facilitator.press(f"iask:{problem.id}")
    for facilitator in (first, second):
        stage.world.say(facilitator.id, QUESTION)
    processes = (stage, beside(stage))
    await asyncio.gather(
        *(process.handle(each) for process, each in zip(processes, stage.world.take_updates(), strict=True))
    )
    assert len(await inquiries(stage)) == 1
    assert len(await deliveries(stage)) == 1
    said = sorted([answers(first)[0], answers(second)[0]], key=len)
    refused, sent = worded("ru", texts.inquiry_waits, None), worded("ru", texts.asked, FIRST)
    assert said == sorted([refused, sent], key=len)


async def test_what_is_typed_comes_once_and_within_bounds(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author)
    await read_queue(facilitator)
    await facilitator.tap("iask:")
    for words, refusal in (("Где", TextTooShort(5, 3)), ("Г" * 301, TextTooLong(300, 301))):
        await facilitator.send(words)
        telling = problem_texts.too_short if isinstance(refusal, TextTooShort) else problem_texts.too_long
        assert facilitator.text == worded("ru", telling, refusal)
    for person, words, opening in ((facilitator, QUESTION, ""), (author, "Да", "ians:")):
        if opening:
            await stage.deliver()
            await person.tap(opening)
        stage.world.say(person.id, words)
        [typed] = stage.world.take_updates()
        await stage.handle(typed)
        before = await everything(stage)
        await stage.handle(typed)
        assert await everything(stage) == before
    [inquiry] = await inquiries(stage)
    assert (inquiry.question, inquiry.answer) == (QUESTION, "Да")


async def test_whoever_goes_back_has_asked_and_answered_nothing(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author)
    await read_queue(facilitator)
    await facilitator.tap("iask:")
    await facilitator.tap("report:")
    await facilitator.send("Это уже не вопрос автору, а беда")
    assert "offer:" in "".join(facilitator.data)
    assert await inquiries(stage) == []

    await facilitator.tap("iask:")
    await facilitator.send(QUESTION)
    await stage.deliver()
    await author.tap("ians:")
    await author.tap("home")
    await author.send("И это не ответ, а новая беда с водой")
    assert "offer:" in "".join(author.data)
    assert (await inquiries(stage))[0].answered_at is None

    # The question stands on the author's own card until it is answered.
    await author.send("/my")
    await author.tap("my:")
    assert QUESTION in author.text
    await author.tap("ians:")
    await author.send("Вот теперь отвечаю")
    assert (await inquiries(stage))[0].answer == "Вот теперь отвечаю"
    await author.send("/my")
    await author.tap("my:")
    assert "ians:" not in "".join(author.data)


async def test_an_answer_by_voice_is_for_the_desk_alone(stage: Stage) -> None:
    author, facilitator = await asked_once(stage)
    await author.tap("ians:")
    stage.world.send_sticker(author.id)
    await stage.handle_all()
    assert (await inquiries(stage))[0].answered_at is None
    stage.world.send_voice(author.id, b"spoken answer")
    await stage.handle_all()
    assert author.text == worded("ru", texts.answered)
    await stage.deliver()
    assert (await inquiries(stage))[0].answer == ""
    await facilitator.tap("imedia:")
    [voice] = [message for message in facilitator.messages if message.kind]
    assert stage.world.files[voice.media["file_id"]].content == b"spoken answer"
    await facilitator.tap("report:")
    await facilitator.tap("iask:")
    await facilitator.tap("imedia:")
    assert sum(message.kind == "voice" for message in facilitator.messages) == 2

    [problem] = await problems(stage)
    await facilitator.press(f"pub:{problem.id}")
    neighbour = await stage.resident()
    await neighbour.press(f"prob:{problem.id}:0:0:0")
    await neighbour.press(f"media:{problem.id}")
    await author.press(f"imedia:{problem.id}")
    assert not [message for message in neighbour.messages if message.kind]
    assert author.alert == worded("ru", common.not_allowed, None)
    assert [row.purpose for row in await rows(stage, select(Attachment.purpose))] == ["answer"]


async def test_nobody_is_asked_about_what_is_decided_or_who_is_forgotten(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author)
    [problem] = await problems(stage)
    is_it = update(Problem).where(Problem.id == problem.id)
    hindrances = (
        ({"status": ProblemStatus.DECLINED}, texts.beyond_asking),
        ({"status": ProblemStatus.MERGED}, texts.beyond_asking),
        ({"status": ProblemStatus.PUBLISHED, "author_id": None}, texts.author_unknown),
    )
    for changed, words in hindrances:
        await change(stage, is_it.values(status=ProblemStatus.SUBMITTED))
        await facilitator.press(f"iask:{problem.id}")
        await change(stage, is_it.values(**changed))
        await facilitator.send(QUESTION)
        assert answers(facilitator)[0] == worded("ru", words, None)
        await facilitator.press(f"iask:{problem.id}")
        assert facilitator.alert == worded("ru", words, None)
        await facilitator.press(f"report:{problem.id}")
        assert not any(data.startswith("iask:") for data in facilitator.data)
    assert await inquiries(stage) == []
    assert await deliveries(stage) == []


async def test_only_the_author_answers_and_only_the_desk_hears(stage: Stage) -> None:
    author, facilitator = await asked_once(stage)
    neighbour = await stage.resident()
    [inquiry] = await inquiries(stage)
    for stranger in (neighbour, facilitator):
        await stranger.press(f"ians:{inquiry.id}")
        assert stranger.alert == worded("ru", common.gone, None)
        await stranger.send("Отвечаю за другого: там моста нет")
    assert (await inquiries(stage))[0].answer is None

    newest = select(GrantRow.id).order_by(GrantRow.id.desc()).limit(1).scalar_subquery()
    await change(stage, update(GrantRow).where(GrantRow.id == newest).values(withdrawn_at=datetime.now(UTC)))
    await author.tap("ians:")
    await author.send(ANSWER)
    await stage.deliver()
    assert ANSWER not in shown(facilitator)
    successor = await stage.facilitator()
    await successor.press(f"report:{inquiry.problem_id}")
    assert ANSWER in successor.text
