"""The methods of the Bot API: what they do, and what Telegram answers when they cannot."""

import asyncio
import struct
from typing import Any

import pytest

from bot.sandbox.methods import METHODS, menu_of
from bot.sandbox.state import StoredFile
from bot.sandbox.world import TOKEN
from tests.sandbox.conftest import PERSON, Caller

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480)
HOME = {"inline_keyboard": [[{"text": "Үй", "callback_data": "home"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def picture() -> dict[str, StoredFile]:
    return {"pic": StoredFile("bridge.png", "image/png", PNG)}


async def test_a_sent_message_is_what_the_person_sees(call: Caller) -> None:
    sent = await call(
        "sendMessage", chat_id=PERSON, text="<b>Саламатсызбы!</b>", parse_mode="HTML", reply_markup=HOME
    )

    seen = call.world.messages(PERSON)[-1]
    assert (seen.text, seen.entities) == (
        "Саламатсызбы!",
        [{"type": "bold", "offset": 0, "length": 13}],
    )
    assert seen.buttons == HOME["inline_keyboard"]
    assert (sent["message_id"], sent["chat"]["id"], sent["from"]["is_bot"]) == (seen.message_id, PERSON, True)


@pytest.mark.parametrize(
    ("chat_id", "words"),
    [
        (99, "Bad Request: chat not found"),
        ("nobody", "Bad Request: chat not found"),
        (1002, "Forbidden: bot can't initiate conversation with a user"),
        (1003, "Forbidden: bot was blocked by the user"),
    ],
)
async def test_a_bot_writes_only_to_those_who_let_it(call: Caller, chat_id: Any, words: str) -> None:
    call.world.start(1003)
    call.world.block(1003)

    assert await call.refused("sendMessage", chat_id=chat_id, text="x") == words


async def test_a_person_who_comes_back_can_be_written_to_again(call: Caller) -> None:
    call.world.block(PERSON)
    call.world.start(PERSON)

    kinds = [next(kind for kind in each if kind != "update_id") for each in call.world.take_updates()]

    assert kinds == ["my_chat_member", "my_chat_member", "message"]
    assert await call("sendMessage", chat_id=PERSON, text="x")


async def test_an_edit_changes_the_message_in_its_place(call: Caller) -> None:
    sent = await call("sendMessage", chat_id=PERSON, text="one", reply_markup=HOME)
    edit = {"chat_id": PERSON, "message_id": sent["message_id"]}

    edited = await call("editMessageText", **edit, text="two")

    seen = call.world.messages(PERSON)[-1]
    assert (seen.text, seen.buttons, edited["edit_date"]) == ("two", [], seen.edited)
    assert await call.refused("editMessageText", **edit, text="two") == NOT_MODIFIED


async def test_a_refused_edit_leaves_everything_as_it_was(call: Caller) -> None:
    sent = await call("sendMessage", chat_id=PERSON, text="one", reply_markup=HOME)
    bad = {"inline_keyboard": [[{"text": "x", "callback_data": "x" * 65}]]}

    words = await call.refused(
        "editMessageText", chat_id=PERSON, message_id=sent["message_id"], text="two", reply_markup=bad
    )

    seen = call.world.messages(PERSON)[-1]
    assert (words, seen.text, seen.edited) == ("Bad Request: BUTTON_DATA_INVALID", "one", None)


async def test_edits_that_telegram_refuses(call: Caller) -> None:
    sent = await call("sendPhoto", picture(), chat_id=PERSON, photo="attach://pic")
    own = call.world.messages(PERSON)[0].message_id
    edit = {"chat_id": PERSON, "message_id": sent["message_id"], "text": "x"}
    gone = {**edit, "message_id": 999}

    assert (
        await call.refused("editMessageText", **edit)
        == "Bad Request: there is no text in the message to edit"
    )
    assert await call.refused("editMessageText", **gone) == "Bad Request: message to edit not found"
    assert (
        await call.refused("editMessageText", **{**edit, "message_id": own})
        == "Bad Request: message can't be edited"
    )


async def test_a_photo_can_be_given_another_caption_and_another_picture(call: Caller) -> None:
    sent = await call("sendPhoto", picture(), chat_id=PERSON, photo="attach://pic", caption="one")
    edit = {"chat_id": PERSON, "message_id": sent["message_id"]}

    captioned = await call("editMessageCaption", **edit, caption="two")
    replaced = await call(
        "editMessageMedia", picture(), **edit, media={"type": "photo", "media": "attach://pic"}
    )

    assert captioned["caption"] == "two"
    assert "caption" not in replaced
    assert replaced["photo"][-1]["file_id"] != sent["photo"][-1]["file_id"]


async def test_a_deleted_message_is_gone(call: Caller) -> None:
    ids = [(await call("sendMessage", chat_id=PERSON, text="x"))["message_id"] for _ in range(3)]

    await call("deleteMessage", chat_id=PERSON, message_id=ids[0])
    await call("deleteMessages", chat_id=PERSON, message_ids=[*ids, 999])

    assert [message.text for message in call.world.messages(PERSON)] == ["/start"]
    words = await call.refused("deleteMessage", chat_id=PERSON, message_id=ids[0])
    assert words == "Bad Request: message to delete not found"


async def test_a_press_is_answered_once(call: Caller) -> None:
    sent = await call("sendMessage", chat_id=PERSON, text="x", reply_markup=HOME)
    callback_id = call.world.tap(PERSON, sent["message_id"], "home")
    (update,) = call.world.take_updates()

    assert call.world.answer(callback_id) is None
    await call("answerCallbackQuery", callback_query_id=callback_id, text="Болду", show_alert="true")

    assert update["callback_query"]["data"] == "home"
    assert update["callback_query"]["message"]["message_id"] == sent["message_id"]
    assert call.world.answer(callback_id) == {"text": "Болду", "show_alert": True}
    assert await call.refused("answerCallbackQuery", callback_query_id=callback_id) == TOO_OLD
    assert await call.refused("answerCallbackQuery", callback_query_id="0") == TOO_OLD


async def test_an_answer_holds_two_hundred_letters(call: Caller) -> None:
    callback_id = call.world.tap(PERSON, 1, "x")

    words = await call.refused("answerCallbackQuery", callback_query_id=callback_id, text="я" * 201)

    assert words == "Bad Request: MESSAGE_TOO_LONG"
    assert await call("answerCallbackQuery", callback_query_id=callback_id, text="я" * 200)


async def test_a_press_on_a_deleted_message_still_arrives(call: Caller) -> None:
    call.world.tap(PERSON, 999, "old")

    query = call.world.take_updates()[0]["callback_query"]

    assert (query["message"]["date"], query["data"]) == (0, "old")


async def test_a_photo_is_told_from_other_files_and_measured(call: Caller) -> None:
    sent = await call("sendPhoto", picture(), chat_id=PERSON, photo="attach://pic")
    words = await call.refused(
        "sendPhoto",
        {"pic": StoredFile("a.png", "image/png", b"no picture")},
        chat_id=PERSON,
        photo="attach://pic",
    )

    assert [(size["width"], size["height"]) for size in sent["photo"]] == [(320, 240), (640, 480)]
    assert words == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_a_file_is_sent_again_by_its_number(call: Caller) -> None:
    call.world.send_photo(PERSON, PNG, "Көпүрө")
    file_id = call.world.take_updates()[0]["message"]["photo"][-1]["file_id"]

    again = await call("sendPhoto", chat_id=PERSON, photo=file_id)
    found = await call("getFile", file_id=file_id)
    words = await call.refused("sendPhoto", chat_id=PERSON, photo="file-x")

    assert again["photo"][-1]["file_id"] == file_id
    assert (found["file_size"], call.world.files[found["file_path"]].content) == (len(PNG), PNG)
    assert words == "Bad Request: wrong file identifier/HTTP URL specified"


async def test_an_album_arrives_whole_or_not_at_all(call: Caller) -> None:
    photo = {"type": "photo", "media": "attach://pic"}
    before = len(call.world.messages(PERSON))

    await call.refused("sendMediaGroup", picture(), chat_id=PERSON, media=[photo, {"type": "photo"}])
    assert len(call.world.messages(PERSON)) == before

    sent = await call("sendMediaGroup", picture(), chat_id=PERSON, media=[photo, {**photo, "caption": "x"}])
    assert len({each["media_group_id"] for each in sent}) == 1
    assert [each.get("caption") for each in sent] == [None, "x"]


async def test_places_have_numbers_and_venues_a_name(call: Caller) -> None:
    place: dict[str, Any] = {"latitude": "40.5", "longitude": "73.1"}

    sent = await call("sendLocation", chat_id=PERSON, **place)
    venue = await call("sendVenue", chat_id=PERSON, **place, title="Клуб", address="Борбор")

    assert sent["location"] == {"latitude": 40.5, "longitude": 73.1}
    assert (venue["venue"]["title"], venue["venue"]["location"]) == ("Клуб", sent["location"])
    assert "latitude" in await call.refused("sendLocation", chat_id=PERSON, longitude=1)


async def test_a_message_is_copied_without_and_forwarded_with_its_author(call: Caller) -> None:
    call.world.start(1002)
    call.world.say(1002, "Жарык жок")
    source = call.world.messages(1002)[-1].message_id
    params: dict[str, Any] = {"chat_id": PERSON, "from_chat_id": 1002, "message_id": source}

    copied = await call("copyMessage", **params)
    forwarded = await call("forwardMessage", **params)

    copy = call.world.chats[PERSON][copied["message_id"]]
    assert (copy.text, copy.from_bot, copy.more) == ("Жарык жок", True, {})
    assert forwarded["forward_origin"]["sender_user"]["id"] == 1002
    words = await call.refused("copyMessage", **{**params, "message_id": 999})
    assert words == "Bad Request: message to copy not found"


async def test_a_reply_names_a_message_that_is_there(call: Caller) -> None:
    own = call.world.messages(PERSON)[0].message_id
    gone = {"message_id": 999}

    sent = await call("sendMessage", chat_id=PERSON, text="x", reply_parameters={"message_id": own})
    alone = await call(
        "sendMessage",
        chat_id=PERSON,
        text="x",
        reply_parameters={**gone, "allow_sending_without_reply": True},
    )

    assert sent["reply_to_message"]["text"] == "/start"
    assert "reply_to_message" not in alone
    words = await call.refused("sendMessage", chat_id=PERSON, text="x", reply_parameters=gone)
    assert words == "Bad Request: message to be replied not found"


async def test_a_reply_keyboard_stays_until_it_is_taken_away(call: Caller) -> None:
    keys = {"keyboard": [["Ооба"], [{"text": "Жер", "request_location": True}]]}

    await call("sendMessage", chat_id=PERSON, text="?", reply_markup=keys)
    await call("sendMessage", chat_id=PERSON, text="!")
    call.world.press_reply_key(PERSON, "Ооба")
    call.world.press_reply_key(PERSON, "Жер")
    said, located = (update["message"] for update in call.world.take_updates())

    assert (said["text"], "location" in located) == ("Ооба", True)
    with pytest.raises(KeyError):
        call.world.press_reply_key(PERSON, "Жок")

    await call("sendMessage", chat_id=PERSON, text=".", reply_markup={"remove_keyboard": True})
    assert call.world.keyboard(PERSON) is None


async def test_a_key_that_serves_once_is_gone_after_an_answer(call: Caller) -> None:
    once = {"keyboard": [["Ооба"]], "one_time_keyboard": True}
    await call("sendMessage", chat_id=PERSON, text="?", reply_markup=once)

    assert call.world.keyboard(PERSON)
    call.world.press_reply_key(PERSON, "Ооба")
    assert call.world.keyboard(PERSON) is None


async def test_everyone_is_offered_the_narrowest_menu_in_their_language(call: Caller) -> None:
    def menu(name: str) -> list[dict[str, str]]:
        return [{"command": name, "description": "x"}]

    private, own = {"type": "all_private_chats"}, {"type": "chat", "chat_id": PERSON}
    kyrgyz, russian = call.world.people[1001], call.world.people[1002]

    await call("setMyCommands", commands=menu("common"))
    await call("setMyCommands", commands=menu("private"), scope=private)
    await call("setMyCommands", commands=menu("ky"), scope=private, language_code="ky")
    assert [menu_of(call.world, each)[0]["command"] for each in (kyrgyz, russian)] == ["ky", "private"]

    await call("setMyCommands", commands=menu("own"), scope=own)
    assert menu_of(call.world, kyrgyz)[0]["command"] == "own"

    await call("deleteMyCommands", scope=own)
    assert (await call("getMyCommands", scope=private))[0]["command"] == "private"
    assert menu_of(call.world, kyrgyz)[0]["command"] == "ky"


async def test_what_the_bot_says_of_itself_is_kept_in_each_language(call: Caller) -> None:
    await call("setMyShortDescription", short_description="План")
    await call("setMyShortDescription", short_description="Пландын боту", language_code="ky")

    given = [await call("getMyShortDescription", language_code=language) for language in ("ky", "ru", "")]

    assert [each["short_description"] for each in given] == ["Пландын боту", "План", "План"]
    assert "too long" in await call.refused("setMyDescription", description="x" * 513)


async def test_members_reactions_and_pins(call: Caller) -> None:
    own = call.world.messages(PERSON)[0].message_id

    await call(
        "setMessageReaction", chat_id=PERSON, message_id=own, reaction=[{"type": "emoji", "emoji": "👍"}]
    )
    await call("pinChatMessage", chat_id=PERSON, message_id=own)

    assert call.world.messages(PERSON)[0].reactions == ["👍"]
    assert (await call("getChat", chat_id=PERSON))["pinned_message"]["message_id"] == own
    assert (await call("getChatMember", chat_id=PERSON, user_id=PERSON))["status"] == "member"
    await call("unpinChatMessage", chat_id=PERSON)
    assert "pinned_message" not in await call("getChat", chat_id=PERSON)


async def test_updates_wait_until_they_are_confirmed(call: Caller) -> None:
    numbers = [call.world.say(PERSON, str(n)) for n in range(4)]

    assert [each["update_id"] for each in await call("getUpdates", limit=2)] == numbers[:2]
    assert len(await call("getUpdates")) == 4
    assert [each["update_id"] for each in await call("getUpdates", offset=numbers[2])] == numbers[2:]
    assert [each["update_id"] for each in await call("getUpdates", offset=-1)] == numbers[3:]
    assert await call("getUpdates", offset=numbers[3] + 1) == []
    assert call.world.say(PERSON, "next") == numbers[3] + 1


async def test_a_long_poll_ends_with_the_first_update(call: Caller) -> None:
    waiting = asyncio.ensure_future(call("getUpdates", timeout=30))
    await asyncio.sleep(0.01)
    assert not waiting.done()

    call.world.say(PERSON, "Салам")

    async with asyncio.timeout(1):
        assert (await waiting)[0]["message"]["text"] == "Салам"


async def test_of_two_polls_the_older_gives_way(call: Caller) -> None:
    older = asyncio.ensure_future(call.refused("getUpdates", timeout=30))
    await asyncio.sleep(0.01)

    await call("getUpdates")

    async with asyncio.timeout(1):
        assert (await older).startswith("Conflict: terminated by other getUpdates request")


async def test_a_bot_gets_only_the_kinds_of_updates_it_asked_for(call: Caller) -> None:
    await call("getUpdates", allowed_updates=["callback_query"])
    call.world.say(PERSON, "x")
    call.world.tap(PERSON, 1, "y")

    assert [set(each) for each in await call("getUpdates")] == [{"update_id", "callback_query"}]


async def test_commands_and_deep_links_bear_their_entity(call: Caller) -> None:
    call.world.start(PERSON, "m_jazy")
    call.world.say(PERSON, "5/6 жана /эч")

    link, words = (update["message"] for update in call.world.take_updates())

    assert link["text"] == "/start m_jazy"
    assert link["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert "entities" not in words


async def test_an_own_message_can_be_corrected(call: Caller) -> None:
    call.world.say(PERSON, "Суу жак")
    own = call.world.messages(PERSON)[-1].message_id

    call.world.edit(PERSON, own, "Суу жок")

    edited = call.world.take_updates()[-1]["edited_message"]
    assert (edited["message_id"], edited["text"]) == (own, "Суу жок")


async def test_a_group_is_a_chat_of_its_own(call: Caller) -> None:
    group = call.world.group("Айыл", PERSON)
    call.world.say(1002, "/start", chat_id=group.id)
    added, said = call.world.take_updates()

    sent = await call("sendMessage", chat_id=group.id, text="x")

    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert (said["message"]["chat"]["type"], said["message"]["from"]["id"]) == ("group", 1002)
    assert sent["chat"]["id"] == group.id
    assert await call.refused("sendMessage", chat_id=1002, text="x") == (
        "Forbidden: bot can't initiate conversation with a user"
    )


async def test_an_unknown_method_and_a_misshapen_token_are_refused(call: Caller) -> None:
    unknown = await call.api.call(TOKEN, "sendNothing", {})
    nobody = await call.api.call("sandbox", "getMe", {})

    assert unknown == {"ok": False, "error_code": 404, "description": "Not Found"}
    assert nobody == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_no_method_falls_over_a_call_without_parameters(call: Caller) -> None:
    answers = {name: await call.api.call(TOKEN, name, {}) for name in METHODS}

    assert all(isinstance(answer["ok"], bool) for answer in answers.values())


async def test_everything_is_wiped_but_numbers_go_on(call: Caller) -> None:
    await call("setMyCommands", commands=[{"command": "start", "description": "x"}])
    newest = call.world.say(PERSON, "x")
    call.world.add_person("Тургун")

    call.world.wipe()

    assert [len(call.world.messages(person)) for person in call.world.people] == [0, 0, 0, 0]
    assert (call.world.updates, call.world.files) == ([], {})
    assert await call("getMyCommands")
    assert call.world.start(PERSON) > newest
