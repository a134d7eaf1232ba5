"""What Telegram enforces of texts, buttons and menus is enforced here, with Telegram's words."""

from typing import Any

import pytest

from bot.sandbox.limits import Limits
from bot.sandbox.methods import BotApi
from bot.sandbox.world import TOKEN, World
from tests.sandbox.conftest import PERSON, Caller

UNALLOWED = (
    "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
)


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


@pytest.mark.parametrize("text", ["", "  \n ", "<b> </b>"])
async def test_a_message_needs_a_text(call: Caller, text: str) -> None:
    words = await call.refused("sendMessage", chat_id=PERSON, text=text, parse_mode="HTML")

    assert words == "Bad Request: message text is empty"


async def test_a_text_is_measured_after_its_tags_are_read(call: Caller) -> None:
    longest = "ө" * 4096

    sent = await call("sendMessage", chat_id=PERSON, text=f"<b>{longest}</b>", parse_mode="HTML")
    words = await call.refused("sendMessage", chat_id=PERSON, text=longest + "ө")

    assert sent["text"] == longest
    assert words == "Bad Request: message is too long"


async def test_a_caption_is_shorter(call: Caller) -> None:
    call.world.send_voice(PERSON, b"a voice")
    voice = call.world.messages(PERSON)[-1].media["file_id"]

    assert (await call("sendVoice", chat_id=PERSON, voice=voice, caption="я" * 1024))["caption"] == "я" * 1024
    words = await call.refused("sendVoice", chat_id=PERSON, voice=voice, caption="я" * 1025)

    assert words == "Bad Request: message caption is too long"


async def test_unsound_html_is_refused(call: Caller) -> None:
    words = await call.refused("sendMessage", chat_id=PERSON, text="a<p>b</p>", parse_mode="HTML")

    assert words == 'Bad Request: can\'t parse entities: Unsupported start tag "p" at byte offset 1'


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x", "callback_data": "д" * 33}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, UNALLOWED),
        ({"text": "x"}, UNALLOWED),
        (
            {"text": " ", "callback_data": "x"},
            "Bad Request: can't parse inline keyboard button: Text must be non-empty",
        ),
        (
            {"text": "x", "callback_data": "x", "url": "https://example.org"},
            "Bad Request: can't parse inline keyboard button: exactly one action is allowed",
        ),
        (
            {"text": "x", "url": "ftp://x.org"},
            "Bad Request: inline keyboard button URL 'ftp://x.org' is invalid: Unsupported URL protocol",
        ),
        (
            {"text": "x", "url": "http://localhost/"},
            "Bad Request: inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_a_button_that_telegram_would_not_show_is_refused(
    call: Caller, button: dict[str, str], words: str
) -> None:
    before = len(call.world.messages(PERSON))

    assert await call.refused("sendMessage", chat_id=PERSON, text="x", reply_markup=keyboard(button)) == words
    assert len(call.world.messages(PERSON)) == before


@pytest.mark.parametrize(
    "button",
    [
        {"text": "x", "callback_data": "д" * 32},
        {"text": "x", "url": "https://example.org/?q=1"},
        {"text": "x", "copy_text": {"text": "123"}},
        {"text": "x", "switch_inline_query_current_chat": ""},
    ],
)
async def test_a_sound_button_is_shown(call: Caller, button: dict[str, Any]) -> None:
    sent = await call("sendMessage", chat_id=PERSON, text="x", reply_markup=keyboard(button))

    assert sent["reply_markup"]["inline_keyboard"] == [[button]]


async def test_a_keyboard_holds_a_hundred_buttons(call: Caller) -> None:
    many = [{"text": str(n), "callback_data": str(n)} for n in range(101)]

    await call("sendMessage", chat_id=PERSON, text="x", reply_markup=keyboard(*many[:100]))
    words = await call.refused("sendMessage", chat_id=PERSON, text="x", reply_markup=keyboard(*many))

    assert words == "Bad Request: reply markup is too long"


@pytest.mark.parametrize(
    ("command", "description", "words"),
    [
        ("Start", "x", "BOT_COMMAND_INVALID"),
        ("баштоо", "x", "BOT_COMMAND_INVALID"),
        ("a" * 33, "x", "BOT_COMMAND_INVALID"),
        ("", "x", "BOT_COMMAND_INVALID"),
        ("start", "", "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("start", "я" * 257, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_a_command_has_a_plain_name_and_a_description(
    call: Caller, command: str, description: str, words: str
) -> None:
    menu = [{"command": command, "description": description}]

    assert await call.refused("setMyCommands", commands=menu) == f"Bad Request: {words}"


async def test_a_menu_holds_a_hundred_commands(call: Caller) -> None:
    menu = [{"command": f"c{n}", "description": "x"} for n in range(101)]

    assert await call("setMyCommands", commands=menu[:100])
    assert await call.refused("setMyCommands", commands=menu) == "Bad Request: BOT_COMMANDS_TOO_MUCH"


async def test_a_bot_that_writes_too_fast_is_told_to_wait(world: World) -> None:
    slow = BotApi(world, Limits(per_second=30, per_chat_per_second=1))
    message = {"chat_id": PERSON, "text": "x"}

    first, second = [await slow.call(TOKEN, "sendMessage", message) for _ in range(2)]

    assert first["ok"]
    assert second == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
