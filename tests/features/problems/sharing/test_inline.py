"""The bot's name and a word, typed in any chat: what is offered, to whom, and what the chat then reads."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import insert, update

from bot.db.models import Problem, Supporter
from bot.domain.problem import PUBLIC, ProblemStatus
from bot.features.problems.sharing import texts
from bot.features.problems.sharing.queries import MOST_OFFERED
from bot.i18n import LANGUAGES
from bot.sandbox.state import BOT
from tests.features.records import change, everything, problems, publish, publish_many
from tests.features.wording import worded
from tests.stage import Stage

WELL = "Кудук кургап калды, суу алыстан ташылат"
BRIDGE = "Мост <b>сломан</b> & дети ходят в обход"


def titles(answer: dict[str, Any]) -> list[str]:
    return [each["title"] for each in answer["results"]]


async def support(stage: Stage, problem_id: int, times: int) -> None:
    for _each in range(times):
        await change(stage, insert(Supporter).values(problem_id=problem_id, since=datetime.now(UTC)))


async def test_typed_words_offer_the_problems_that_hold_them_however_they_are_spelt(stage: Stage) -> None:
    await publish(stage, WELL, BRIDGE)
    await publish(stage, "Чужой колодец, кудук", slug="shark")
    resident = await stage.resident("ky")

    found = await resident.ask_inline("КУДУКТУ")
    assert len(found["results"]) == 1
    assert "№1" in found["results"][0]["title"]
    assert found["results"][0]["description"] == WELL
    assert found["is_personal"] is True
    assert found["cache_time"] < 60
    assert found["button"] is None

    assert titles(await resident.ask_inline("№2")) == titles(await resident.ask_inline("2"))
    assert "№2" in titles(await resident.ask_inline(" 2 "))[0]
    nothing = await resident.ask_inline("кызгалдак")
    assert nothing["results"] == []
    assert nothing["button"]["text"] == worded("ky", texts.nothing_found)


async def test_without_a_word_the_most_supported_come_first_and_then_the_newest(stage: Stage) -> None:
    first, *_others = await publish_many(stage, MOST_OFFERED + 2)
    await support(stage, first, 2)
    resident = await stage.resident()

    offered = await resident.ask_inline()
    numbers = [title.split(",")[0] for title in titles(offered)]
    assert numbers == ["№1", *(f"№{n}" for n in range(MOST_OFFERED + 2, 3, -1))]
    assert ": 2" in offered["results"][0]["content"]["text"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_message_is_in_the_language_of_whoever_shares_it_and_leads_to_the_card(
    stage: Stage, language: str
) -> None:
    [problem_id] = await publish(stage, BRIDGE)
    await change(stage, update(Problem).values(translation=WELL))
    resident = await stage.resident(language)

    asked = stage.world.ask_inline(resident.id, "")
    await stage.handle_all()
    group = stage.world.group("Жазы", resident.id)
    stage.world.take_updates()
    message = stage.world.choose_inline(asked, f"p{problem_id}", group.id)

    text = message.text or ""
    assert "№1" in text
    assert (BRIDGE in text) is (language == "ru")
    assert (WELL in text) is (language == "ky")
    [[button]] = message.buttons
    assert button["url"] == f"https://t.me/{BOT['username']}?start=p_{problem_id}"
    assert message.sender_id == resident.id


async def test_what_was_put_into_a_chat_is_no_report(stage: Stage) -> None:
    """In the chat with the bot itself, too, its own article comes back as a message of the person."""
    [problem_id] = await publish(stage, BRIDGE)
    resident = await stage.resident()
    group = stage.world.group("Жазы", resident.id)
    await stage.handle_all()
    asked = stage.world.ask_inline(resident.id, "")
    await stage.handle_all()
    before, said = await everything(stage), len([each for each in resident.messages if each.from_bot])

    for chat_id in (None, group.id):
        stage.world.choose_inline(asked, f"p{problem_id}", chat_id)
        await stage.handle_all()

    assert await everything(stage) == before
    assert len([each for each in resident.messages if each.from_bot]) == said
    assert len(await problems(stage)) == 1

    # What another bot offered is the person's own choice of words.
    words = {"message_id": 9999, "date": 0, "chat": {"id": resident.id, "type": "private"}, "text": WELL}
    person, other = {"id": resident.id, "is_bot": False, "first_name": "?"}, {**BOT, "id": 43}
    written = {**words, "from": person, "via_bot": other}
    await stage.handle({"update_id": 10**6, "message": written})
    assert WELL in resident.text


@pytest.mark.parametrize("status", [each for each in ProblemStatus if each not in PUBLIC])
async def test_what_is_not_public_is_never_offered(stage: Stage, status: ProblemStatus) -> None:
    await publish(stage, BRIDGE)
    resident = await stage.resident()
    await change(stage, update(Problem).values(status=status))

    assert (await resident.ask_inline("мост"))["results"] == []
    assert (await resident.ask_inline("1"))["results"] == []


async def test_who_has_no_home_yet_is_led_to_the_first_visit(stage: Stage) -> None:
    await publish(stage, BRIDGE)
    stranger = stage.visitor("ky")
    before = await everything(stage)

    offered = await stranger.ask_inline("мост")
    assert offered["results"] == []
    assert offered["button"]["text"] == worded("ky", texts.first_visit)
    assert offered["cache_time"] == 0
    assert await everything(stage) == before

    await stranger.start(offered["button"]["start_parameter"])
    assert "lang:ky" in stranger.data
    await stranger.tap("lang:ru")
    assert (await stranger.ask_inline("мост"))["button"]["text"] == worded("ru", texts.first_visit)


async def test_asking_does_not_let_back_in_who_has_blocked_the_bot(stage: Stage) -> None:
    await publish(stage, BRIDGE)
    resident = await stage.resident()
    stage.world.block(resident.id)
    await stage.handle_all()
    before = await everything(stage)

    assert len((await resident.ask_inline("мост"))["results"]) == 1
    assert await everything(stage) == before


async def test_odd_questions_are_answered_and_late_ones_forgotten(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    await publish(stage, "100% <b>_жол_</b> \\ " + "ө" * 900)
    resident = await stage.resident()
    for typed in (
        "%",
        "_",
        "\\",
        "<b>",
        "' or 1=1 --",
        "😡",
        " ",
        "ө" * 256,
        "\u0000",
        "9" * 9,
        "99999999999",
    ):
        assert isinstance((await resident.ask_inline(typed))["results"], list)

    asked = stage.world.ask_inline(resident.id, "жол")
    asked.answered = {}
    await stage.handle_all()
    assert "failed" not in capsys.readouterr().out
