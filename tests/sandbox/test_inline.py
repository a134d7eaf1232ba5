"""What a person types after the bot's name in the sandbox, and what Telegram enforces of the answer."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.world import World
from tests.sandbox.conftest import PERSON, Caller, Site


def article(id_: str = "p1", **more: Any) -> dict[str, Any]:
    words = {"message_text": "<b>Суу</b> жок", "parse_mode": "HTML"}
    return {"type": "article", "id": id_, "title": "№1", "input_message_content": words, **more}


async def test_a_question_becomes_an_update_and_a_chosen_result_a_message(world: World, call: Caller) -> None:
    group = world.group("Жазы", PERSON)
    world.take_updates()
    asked = world.ask_inline(PERSON, "суу", group.id)
    [update] = world.take_updates()
    query = update["inline_query"]
    assert (query["id"], query["query"], query["chat_type"]) == (asked.id, "суу", "group")
    assert query["from"]["id"] == PERSON

    button = {"text": "Ачуу", "url": "https://t.me/bap_sandbox_bot?start=p_1"}
    keyboard = {"inline_keyboard": [[button]]}
    results = [article(description="суу жок", reply_markup=keyboard), article("p2")]
    assert await call("answerInlineQuery", inline_query_id=asked.id, results=results, is_personal=True)

    said = world.choose_inline(asked, "p1", group.id)
    assert said.text == "Суу жок"
    assert said.entities == [{"type": "bold", "offset": 0, "length": 3}]
    assert said.buttons == [[button]]
    [update] = world.take_updates()
    assert update["message"]["via_bot"]["is_bot"]
    assert update["message"]["from"]["id"] == PERSON
    with pytest.raises(KeyError):
        world.choose_inline(asked, "p3")


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"results": [article(str(n)) for n in range(51)]}, "RESULTS_TOO_MUCH"),
    ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
    ({"results": [article("")]}, "RESULT_ID_INVALID"),
    ({"results": [article("ө" * 33)]}, "RESULT_ID_INVALID"),
    ({"results": [article(title=" ")]}, "ARTICLE_TITLE_EMPTY"),
    ({"results": [article(type="gif")]}, "type"),
    ({"results": [article(input_message_content=None)]}, "content"),
    ({"results": [article(input_message_content={"message_text": " "})]}, "message text is empty"),
    ({"results": [article(input_message_content={"message_text": "ө" * 4097})]}, "message is too long"),
    (
        {"results": [article(input_message_content={"message_text": "<b>", "parse_mode": "HTML"})]},
        "can't parse entities",
    ),
    ({"results": [article(reply_markup={"inline_keyboard": [[{"text": "x"}]]})]}, "inline keyboard button"),
    ({"results": {}}, "JSON"),
    ({}, "results"),
    ({"results": [], "next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
    ({"results": [], "button": {"text": "x", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
    ({"results": [], "button": {"text": "x", "start_parameter": ""}}, "START_PARAM_INVALID"),
    ({"results": [], "button": {"text": "", "start_parameter": "x"}}, "non-empty"),
]


@pytest.mark.parametrize(("params", "why"), REFUSED)
async def test_what_telegram_would_refuse_is_refused_and_may_be_answered_better(
    world: World, call: Caller, params: dict[str, Any], why: str
) -> None:
    asked = world.ask_inline(PERSON, "суу")
    assert why in await call.refused("answerInlineQuery", inline_query_id=asked.id, **params)
    assert asked.answered is None
    fifty = [article("ө" * 32), *(article(str(n)) for n in range(49))]
    assert await call("answerInlineQuery", inline_query_id=asked.id, results=fifty)


async def test_a_question_is_answered_once(world: World, call: Caller) -> None:
    asked = world.ask_inline(PERSON)
    await call("answerInlineQuery", inline_query_id=asked.id, results=[])
    for id_ in (asked.id, "1", ""):
        assert "query is too old" in await call.refused("answerInlineQuery", inline_query_id=id_, results=[])


async def test_whoever_does_not_ask_for_questions_gets_none(world: World) -> None:
    world.allowed = ["message"]
    world.ask_inline(PERSON, "суу")
    assert world.take_updates() == []


async def test_over_http_a_bot_is_asked_and_answers_with_forms(site: Site) -> None:
    asked = site.world.ask_inline(PERSON, "суу")
    async with site.client.get(site.bot("getUpdates")) as response:
        [update] = (await response.json())["result"]
    assert update["inline_query"]["id"] == asked.id
    form = {
        "inline_query_id": asked.id,
        "results": '[{"type":"article","id":"p1","title":"x","input_message_content":{"message_text":"y"}}]',
        "is_personal": "true",
        "cache_time": "10",
    }
    async with site.client.post(site.bot("answerInlineQuery"), data=form) as response:
        assert await response.json() == {"ok": True, "result": True}
    assert asked.answered is not None
    assert (asked.answered["cache_time"], asked.answered["is_personal"]) == (10, True)
    async with site.client.post(site.bot("answerInlineQuery"), data=form) as response:
        assert response.status == 400


async def test_the_page_asks_shows_and_chooses(site: Site) -> None:
    """The page waits for the bot as a client does, and puts what was chosen into the person's chat."""

    async def bot() -> None:
        await site.world.wait(lambda: bool(site.world.inline_queries), 5)
        [asked] = site.world.inline_queries.values()
        form = {"inline_query_id": asked.id, "results": [article(description="суу")]}
        async with site.client.post(site.bot("answerInlineQuery"), json=form) as response:
            assert response.status == 200

    person = f"{site.address}/api/people/{PERSON}"
    answering = asyncio.create_task(bot())
    async with site.client.post(f"{person}/inline", json={"text": "суу"}) as response:
        shown = await response.json()
    await answering
    assert shown["results"] == [{"id": "p1", "title": "№1", "description": "суу"}]
    choice = {"query": shown["query"], "result": "p1"}
    async with site.client.post(f"{person}/choose", json=choice) as response:
        assert response.status == 200
    said = site.world.messages(PERSON)[-1]
    assert (said.text, said.from_bot) == ("Суу жок", False)
    for wrong in ({"query": shown["query"], "result": "p9"}, {"query": "0", "result": "p1"}, {}):
        async with site.client.post(f"{person}/choose", json=wrong) as response:
            assert response.status == 400
    other = f"{site.address}/api/people/{PERSON + 1}"
    async with site.client.post(f"{other}/choose", json=choice) as response:
        assert response.status == 400
