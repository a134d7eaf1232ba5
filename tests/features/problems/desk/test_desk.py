"""The desk: each reported problem is decided once, and its author hears of it once."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.problem import DeclineReason, Word
from bot.domain.refusals import AlreadyDecided
from bot.domain.roles import Role
from bot.features.problems import card_texts as cards
from bot.features.problems.desk import texts
from bot.features.problems.status_notices.texts import heard as heard_words
from bot.features.residents.invitations.invites import make_invite
from tests.features.people import NEED, answers, beside, read_queue, report
from tests.features.records import deliveries, everything, journal, problems, resident_of
from tests.features.wording import worded
from tests.stage import Stage, Visitor

READY_REASONS = [reason for reason in DeclineReason if reason is not DeclineReason.OWN_WORDS]


def told(number: int, word: Word, reason: DeclineReason | None = None) -> dict[str, Any]:
    """What an author is told of a problem in the words of `report`."""
    facts = {"word": word, "number": number, "wording": [NEED, "ru", None], "is_author": True}
    return {**facts, "reason": reason, "words": None} if reason else facts


def heard(person: Visitor, words: str) -> int:
    return sum(words in (message.text or "") for message in person.messages)


async def test_the_queue_shows_the_oldest_first_and_ends(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    for words in ("Первая беда: нет воды", "Вторая беда: нет света"):
        await report(author, words)
    await read_queue(facilitator)
    assert "Первая беда" in facilitator.text
    await facilitator.tap("queue:")
    assert "Вторая беда" in facilitator.text
    await facilitator.tap("queue:")
    assert "Первая беда" in facilitator.text

    await facilitator.tap("pub:")
    assert facilitator.alert == worded("ru", texts.published_toast)
    assert "Первая беда" in facilitator.text
    await facilitator.tap("queue:")
    assert "Вторая беда" in facilitator.text
    await facilitator.tap("pub:")
    assert worded("ru", texts.queue_is_empty) in facilitator.text


async def test_publishing_is_stored_journalled_and_told_once(stage: Stage) -> None:
    author, facilitator = await stage.resident("ky"), await stage.facilitator()
    await report(author)
    await read_queue(facilitator)
    publish = next(data for data in facilitator.data if data.startswith("pub:"))
    for _again in range(3):
        await facilitator.press(publish)
    await stage.deliver()

    [problem] = await problems(stage)
    decided_by = (await resident_of(stage, facilitator)).id
    assert (problem.status, problem.decided_by) == ("published", decided_by)
    entries = await journal(stage, "problem.published")
    assert [(entry.actor_id, entry.subject_id) for entry in entries] == [(decided_by, problem.id)]
    assert author.text == worded("ky", heard_words, told(1, Word.PUBLISHED))
    assert heard(author, author.text) == 1
    await author.send("/problems")
    assert NEED in author.text


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_every_ready_reason_reaches_the_author_in_their_own_language(
    stage: Stage, language: str
) -> None:
    author, facilitator = await stage.resident(language), await stage.facilitator()
    for position, reason in enumerate(READY_REASONS, 1):
        await report(author)
        await read_queue(facilitator)
        await facilitator.tap("decl:")
        await facilitator.tap("declr:", worded("ru", texts.reason_button, reason))
        assert facilitator.alert == worded("ru", texts.declined_toast)
        await stage.deliver()
        assert author.text == worded(language, heard_words, told(position, Word.DECLINED, reason=reason))
        assert heard(author, author.text) == 1
    stored = {(problem.status, problem.decline_reason) for problem in await problems(stage)}
    assert stored == {("declined", str(reason)) for reason in READY_REASONS}
    await author.send("/problems")
    assert NEED not in author.text


async def test_a_reason_in_own_words_is_read_as_it_was_written(stage: Stage) -> None:
    author, facilitator = await stage.resident("ky"), await stage.facilitator()
    await report(author)
    await read_queue(facilitator)
    await facilitator.tap("decl:")
    await facilitator.tap("declo:")
    await facilitator.send("Уже <решено> & закрыто 🙂")
    await stage.deliver()
    assert "Уже <решено> & закрыто 🙂" in author.text
    [problem] = await problems(stage)
    assert (problem.decline_reason, problem.decline_words) == ("own", "Уже <решено> & закрыто 🙂")
    await author.send("/my")
    await author.tap("my:")
    assert "Уже <решено> & закрыто 🙂" in author.text

    await facilitator.send("Следующие слова — уже не причина, а беда")
    assert "offer:" in "".join(facilitator.data)


async def test_a_reason_in_own_words_that_comes_twice_is_one(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author)
    await read_queue(facilitator)
    await facilitator.tap("decl:")
    await facilitator.tap("declo:")
    stage.world.say(facilitator.id, "Уже решено весной")
    [typed] = stage.world.take_updates()
    await stage.handle(typed)
    before = await everything(stage)
    await stage.handle(typed)
    assert await everything(stage) == before


async def test_of_two_facilitators_one_decides_and_the_other_is_told(stage: Stage) -> None:
    author = await stage.resident()
    first, second = await stage.facilitator(), await stage.facilitator()
    await report(author)
    [problem] = await problems(stage)
    publishing = stage.world.tap(first.id, first.screen.message_id, f"pub:{problem.id}")
    declining = stage.world.tap(second.id, second.screen.message_id, f"declr:{problem.id}:unclear")
    processes = (stage, beside(stage))
    await asyncio.gather(
        *(process.handle(each) for process, each in zip(processes, stage.world.take_updates(), strict=True))
    )
    told = [(stage.world.answer(callback) or {})["text"] for callback in (publishing, declining)]
    [decided] = await problems(stage)
    lost = worded("ru", texts.already_decided, AlreadyDecided(decided.status))
    won = (
        [worded("ru", texts.published_toast), lost]
        if decided.status == "published"
        else [lost, worded("ru", texts.declined_toast)]
    )
    assert told == won
    assert [row.notice for row in await deliveries(stage)] == [f"problem:{problem.id}:1"]


async def test_what_a_colleague_has_decided_stays_so_whatever_is_pressed_later(stage: Stage) -> None:
    author, first, second = await stage.resident(), await stage.facilitator(), await stage.facilitator()
    await report(author)
    [problem] = await problems(stage)
    await second.press(f"declo:{problem.id}")
    await first.press(f"pub:{problem.id}")
    decided = (await problems(stage))[0]
    for data in (f"pub:{problem.id}", f"decl:{problem.id}", f"declr:{problem.id}:unclear"):
        await second.press(data)
        assert second.alert == worded("ru", texts.already_decided, AlreadyDecided("published"))
    await second.send("Мне это непонятно")
    assert answers(second)[0] == worded("ru", texts.already_decided, AlreadyDecided("published"))
    assert await problems(stage) == [decided]
    assert len(await deliveries(stage)) == 1
    await second.send("Дальше пишу о другом, о воде")
    assert "offer:" in "".join(second.data)
    await second.press(f"report:{problem.id}")
    assert worded("ru", cards.status_words, "published") in second.text


async def test_the_author_is_never_shown_on_the_desk(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    name = stage.world.people[author.id].name = "Имярек"
    await report(author)
    await facilitator.send("/desk")
    for button in ("queue:", "decl:", "report:", "decl:", "declr:"):
        await facilitator.tap(button)
        shown = facilitator.text + str(facilitator.screen.markup)
        assert name not in shown
        assert str(author.id) not in shown


async def test_whoever_facilitates_two_municipalities_chooses_between_them(stage: Stage) -> None:
    here, there = await stage.resident(), await stage.resident(municipality="chaek")
    facilitator = await stage.facilitator()
    await facilitator.start(
        await make_invite(stage.database, Role.FACILITATOR, "chaek", 1, datetime.now(UTC))
    )
    await report(here, "Беда в Жазы: нет воды")
    await report(there, "Беда в Чаеке: нет света")
    for name, words in (("Жазы", "Беда в Жазы"), ("Чаек", "Беда в Чаеке")):
        await facilitator.send("/desk")
        assert facilitator.text == worded("ru", texts.which_desk)
        await facilitator.tap("deskm:", name)
        await facilitator.tap("queue:")
        assert words in facilitator.text
