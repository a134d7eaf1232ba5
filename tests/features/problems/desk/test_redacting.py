"""Words are taken out of a problem wherever it keeps them, also where a vote has frozen its wording."""

from sqlalchemy import insert, select, update

from bot.db.models import Base, Broadcast, ProblemNote, Supporter
from bot.domain.redaction import MARK
from bot.features.problems.audit_log import texts as history
from bot.features.problems.editing import redacting_texts as texts
from tests.features.people import answers, open_vote, read_queue, report
from tests.features.records import change, everything, journal, problems, publish, resident_of, rows
from tests.features.wording import worded
from tests.stage import UNHURRIED, Stage, Visitor

NAME, PHONE = "Тайнов Тайно", "0700 12-34-56"
TEXT = f"Мост сломал {NAME}, звоните ему: {PHONE}, пусть чинит"


async def redact(facilitator: Visitor, *words: str) -> None:
    await facilitator.press("pedit:1")
    await facilitator.tap("pcut:1")
    await facilitator.send("\n".join(words))


async def kept(stage: Stage, *words: str) -> list[str]:
    """The tables that hold any of these words."""
    found = []
    for table in Base.metadata.sorted_tables:
        if table.name == "inbox":
            continue
        held = str(await rows(stage, select(table))).lower()
        found += [f"{table.name}: {each}" for each in words if each.lower() in held]
    return found


async def test_what_is_taken_out_is_kept_nowhere_and_the_mark_stands_in_its_place(stage: Stage) -> None:
    author, supporter, facilitator = (
        await stage.resident(),
        await stage.resident("ky"),
        await stage.facilitator(),
    )
    await report(author, TEXT)
    for line in ("wording", "translation", "causes", "consequences", "who"):
        await facilitator.press(f"pline:1:{line}")
        await facilitator.send(f"{line.upper()} это всё тайнов  тайно, 0700123456!")
    await facilitator.press("iask:1")
    await facilitator.send(f"Это тот самый {NAME}?")
    await stage.deliver()
    await author.tap("ians:")
    await author.send(f"Да, {NAME.upper()}")
    await facilitator.press("pub:1")
    await supporter.press("too:1:1")
    await change(stage, update(Supporter).values(words=f"и ко мне приходил {NAME}"))
    note = {"problem_id": 1, "at": (await problems(stage))[0].created_at, "text": f"не {NAME}"}
    await change(stage, insert(ProblemNote).values(**note))
    await stage.deliver()
    acts = len(await journal(stage, "problem.wording"))

    await redact(facilitator, NAME, PHONE)
    assert "pcut:1" in facilitator.data
    assert MARK in facilitator.text
    assert await kept(stage, "Тайно", "тайнов", "12-34-56", "123456") == []
    [problem] = await problems(stage)
    assert problem.text == f"WORDING это всё {MARK}, {MARK}!"
    assert problem.original == f"Мост сломал {MARK}, звоните ему: {MARK}, пусть чинит"
    assert problem.translation.count(MARK) == 2
    assert "wording это" in problem.folded
    entries = await journal(stage, "problem.wording")
    assert len(entries) == acts
    assert entries[0].details["redacted"] is True
    assert MARK in entries[0].details["before"]
    assert [each.details for each in await journal(stage, "problem.redacted")] == [{}]
    await facilitator.press("hist:1:0")
    await facilitator.press(f"histe:{entries[0].id}:1:0")
    assert worded("ru", history.told, entries[0].details["after"]) in facilitator.text
    reader = await stage.resident()
    await reader.press("find")
    await reader.send("Тайнов")
    assert "prob:1" not in "".join(reader.data)


async def test_a_wording_that_a_vote_has_frozen_is_redacted_too(stage: Stage) -> None:
    await publish(stage, TEXT, "Нет воды в колонке")
    facilitator, voter = await stage.facilitator(), await stage.resident()
    await open_vote(facilitator)
    await redact(facilitator, NAME)
    await voter.send("/vote")
    assert MARK in voter.text
    assert "Тайнов" not in voter.text
    [problem, _other] = await problems(stage)
    assert problem.text == f"Мост сломал {MARK}, звоните ему: {PHONE}, пусть чинит"


async def test_words_that_stand_nowhere_are_refused_and_asked_for_again(stage: Stage) -> None:
    await publish(stage, TEXT)
    facilitator, other = await stage.facilitator(), await stage.facilitator("chaek")
    await redact(facilitator, "Иначев")
    assert answers(facilitator)[0] == worded("ru", texts.words_not_found, None)
    await facilitator.send("о")
    assert await journal(stage, "problem.redacted") == []
    before = await everything(stage)
    await other.press("pcut:1")
    assert await everything(stage) == before
    await facilitator.send("тайнов")
    [problem] = await problems(stage)
    assert problem.text == f"Мост сломал {MARK} Тайно, звоните ему: {PHONE}, пусть чинит"


async def test_what_many_were_told_is_rewritten_where_it_speaks_of_this_problem(
    stage: Stage,
) -> None:
    await publish(stage, TEXT, TEXT)
    facilitator = await stage.facilitator()
    await open_vote(facilitator)
    items = [{"number": number, "status": "done", "wording": [TEXT, "ru", None]} for number in (1, 2)]
    told = {"municipality_id": 9, "kind": "k", "created_at": (await problems(stage))[0].created_at}
    broadcast = {**told, "notice": "round:1:answered", "facts": {"items": items, "count": 2}}
    await change(stage, insert(Broadcast).values(**broadcast))
    await redact(facilitator, NAME)
    [found] = await rows(stage, select(Broadcast.facts).where(Broadcast.notice == "round:1:answered"))
    first, second = found.facts["items"]
    assert "Тайнов" not in str(first)
    assert second["wording"] == [TEXT, "ru", None]
    assert (await resident_of(stage, facilitator)).awaiting is None


async def test_what_is_found_of_a_person_is_taken_out_with_one_press_from_the_card(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author, "Кошуна суу акысын төлөбөйт, тел 0777 998 877, murat@mail.ru")
    await read_queue(facilitator)
    assert "0777 998 877" in facilitator.text
    await facilitator.tap("pcut:1")
    await facilitator.tap("pcutall:1")
    assert MARK in facilitator.text
    await facilitator.press("pcutall:1")
    assert await kept(stage, "0777 998 877", "murat@mail.ru") == []
    assert len(await journal(stage, "problem.redacted")) == 1
    await read_queue(facilitator)
    assert not any(data.startswith("pcut:") for data in facilitator.data)


async def test_nothing_is_left_in_a_question_taken_back_nor_with_who_moved_away(stage: Stage) -> None:
    calm = Stage(stage.database, UNHURRIED.model_copy(update={"words_back_per_day": 1}), stage.world)
    author, facilitator = await calm.resident(), await calm.facilitator()
    for text in ("Көчөдө жарык жок, түнкүсүн жүрүү коркунучтуу", TEXT):
        await report(author, text)
    await facilitator.press("iask:2")
    await facilitator.send(f"Это тот самый {NAME}?")
    await facilitator.press("iback:1")
    await facilitator.press("pub:1")
    await facilitator.press("pub:2")
    assert {table.split(":")[0] for table in await kept(calm, NAME)} == {"deliveries", "problems"}
    await author.start("m_shark")
    await author.tap("move:")
    await author.tap("vil:")
    await facilitator.press("pedit:2")
    await facilitator.tap("pcut:2")
    await facilitator.send(NAME)
    assert await kept(calm, NAME, "Тайнов") == []
