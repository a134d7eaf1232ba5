"""A problem is put into words: the author's own are kept, what voters saw is frozen, changes are recorded."""

from sqlalchemy import select, update

from bot.db.models import Problem, ProblemNote
from bot.features.problems.desk import texts as desk_texts
from bot.features.problems.editing import texts
from tests.features.people import NEED, answers, open_vote, read_queue, report
from tests.features.records import change, journal, problems, rows
from tests.features.wording import worded
from tests.stage import Stage

CLEAR = "Жогорку көчөдөгү көпүрө кыйраган: 40 бала мектепке 3 чакырым айланып барат"
TRANSLATED = "Мост на верхней улице разрушен: 40 детей обходят 3 км до школы"


async def test_a_report_is_worded_translated_and_filled_in_little_by_little(stage: Stage) -> None:
    author, reader = await stage.resident("ky"), await stage.resident("ru")
    facilitator = await stage.facilitator()
    await report(author)
    await read_queue(facilitator)
    await facilitator.tap("pedit:")
    await facilitator.tap("pline:1:wording")
    assert NEED in facilitator.text
    await facilitator.send(CLEAR)
    assert CLEAR in facilitator.text
    for line, words in (
        ("translation", TRANSLATED),
        ("causes", "Көпүрө 40 жылдан бери оңдолгон эмес"),
        ("consequences", "Балдар сабактан калат <&>"),
        ("who", "Балдар жана карылар"),
    ):
        await facilitator.tap(f"pline:1:{line}")
        await facilitator.send(words)
        assert words in facilitator.text
    await facilitator.tap("ptops:")
    await facilitator.tap("ptop:1:4")
    await facilitator.tap("pchvil:")
    await facilitator.tap("pvil:", "Жээренчи")
    await facilitator.tap("pout:1:1")
    await facilitator.press("pout:1:1")
    await facilitator.tap("dprob:1")
    await facilitator.tap("dmore:1")
    await facilitator.tap("porig:1")
    assert NEED in facilitator.text
    assert CLEAR in facilitator.text
    await facilitator.tap("dprob:1")
    await facilitator.tap("pub:1")

    [problem] = await problems(stage)
    assert (problem.text, problem.original, problem.translation) == (CLEAR, NEED, TRANSLATED)
    assert (problem.topic_id, problem.is_outside_competence) == (4, True)
    entries = await journal(stage, "problem.wording")
    assert [entry.details for entry in entries] == [{"before": NEED, "after": CLEAR}]
    assert len(await journal(stage, "problem.outside_competence")) == 1
    await reader.press("prob:1:0:0:0")
    assert TRANSLATED in reader.text
    assert "🌐" in reader.text
    await author.press("prob:1:0:0:0")
    assert CLEAR in author.text
    assert "🌐" not in author.text


async def test_a_new_wording_drops_the_translation_of_the_old_one(stage: Stage) -> None:
    author, facilitator = await stage.resident("ky"), await stage.facilitator()
    await report(author)
    for line, words in (("translation", TRANSLATED), ("wording", CLEAR)):
        await facilitator.press(f"pline:1:{line}")
        await facilitator.send(words)
    [problem] = await problems(stage)
    assert (problem.text, problem.translation, problem.original) == (CLEAR, None, NEED)
    await facilitator.press("pline:1:wording")
    await facilitator.send("мало")
    await facilitator.send(CLEAR + "!")
    [problem] = await problems(stage)
    assert (problem.text, problem.original) == (CLEAR + "!", NEED)


async def test_what_is_not_in_words_is_worded_before_it_is_published(stage: Stage) -> None:
    author, facilitator = await stage.resident("ky"), await stage.facilitator()
    await report(author)
    await change(stage, update(Problem).values(text="", folded=""))
    await read_queue(facilitator)
    await facilitator.tap("pub:")
    assert facilitator.alert == worded("ru", desk_texts.not_worded, None)
    await facilitator.press("plang:1:ky")
    await facilitator.press("pline:1:wording")
    await facilitator.send(CLEAR)
    await facilitator.press("pub:1")
    await stage.deliver()
    assert CLEAR in author.text


async def test_once_a_vote_has_shown_it_only_a_dated_note_is_added(stage: Stage) -> None:
    author, facilitator = await stage.resident("ru"), await stage.facilitator()
    for words in (NEED, "Нет воды в колонке на нижней улице"):
        await report(author, words)
    for number in (1, 2):
        await facilitator.press(f"pub:{number}")
    # Asked before the vote opens, answered after it.
    await facilitator.press("pline:1:wording")
    [asked] = await rows(stage, select(Problem.municipality_id).where(Problem.id == 1))
    second = await stage.facilitator()
    await open_vote(second)
    await facilitator.send(CLEAR)
    assert answers(facilitator)[0] == worded("ru", texts.frozen, None)
    for press in ("pline:1:translation", "ptop:1:4", "pvil:1:48", "plang:1:ky"):
        await facilitator.press(press)
        assert facilitator.alert == worded("ru", texts.frozen, None)
    await facilitator.press("pedit:1")
    assert not [data for data in facilitator.data if "wording" in data]
    await facilitator.tap("pline:1:note")
    await facilitator.send("Обход теперь 4 километра")
    await facilitator.press("pline:1:causes")
    await facilitator.send("Мост не чинили 40 лет")
    [problem, _other] = await problems(stage)
    assert (problem.text, problem.causes) == (NEED, "Мост не чинили 40 лет")
    assert [row.text for row in await rows(stage, select(ProblemNote.text))] == ["Обход теперь 4 километра"]
    await author.press("prob:1:0:0:0")
    assert "Обход теперь 4 километра" in author.text
    assert asked.municipality_id == 9
