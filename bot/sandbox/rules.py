"""What Telegram enforces of a message and its buttons, with Telegram's own complaints."""

import json
from typing import Any

from bot.sandbox.markup import Entity, parse_html, trimmed, units
from bot.sandbox.refused import BadRequest

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_CALLBACK_BYTES = 64
LONGEST_ANSWER = 200
MOST_BUTTONS = 100
ACTIONS = ("callback_data", "url", "web_app", "login_url", "switch_inline_query", "copy_text", "pay")
ACTIONS_BY_PREFIX = ("switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "callback_game")
LONGEST_COMMAND = 32
LONGEST_DESCRIPTION = 256
MOST_COMMANDS = 100

Rows = list[list[dict[str, Any]]]


def formatted(params: dict[str, Any], field: str) -> tuple[str, list[Entity]]:
    """The text or caption of a call with its entities, whichever way they were given."""
    source = str(params.get(field) or "")
    mode = str(params.get("parse_mode") or "").lower()
    if mode == "html":
        return parse_html(source)
    if mode:
        raise BadRequest("unsupported parse_mode")
    given = "entities" if field == "text" else f"{field}_entities"
    return trimmed(source, as_json(params.get(given)) or [])


def checked_text(params: dict[str, Any]) -> tuple[str, list[Entity]]:
    text, entities = formatted(params, "text")
    if not text:
        raise BadRequest("message text is empty")
    if units(text) > LONGEST_TEXT:
        raise BadRequest("message is too long")
    return text, entities


def checked_caption(params: dict[str, Any]) -> tuple[str, list[Entity]]:
    caption, entities = formatted(params, "caption")
    if units(caption) > LONGEST_CAPTION:
        raise BadRequest("message caption is too long")
    return caption, entities


def as_json(value: Any) -> Any:
    """A nested value, which clients send as JSON inside a form."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise BadRequest("can't parse JSON object") from None


def checked_markup(value: Any) -> dict[str, Any]:
    """The reply markup of a call, or {}; refuses what Telegram would not show."""
    markup = as_json(value) or {}
    if not isinstance(markup, dict):
        raise BadRequest("object expected as reply markup")
    rows: Rows = markup.get("inline_keyboard") or []
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise BadRequest("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        _check_button(button)
    for button in [button for row in markup.get("keyboard") or [] for button in row]:
        if not (button if isinstance(button, str) else str(button.get("text", ""))).strip():
            raise BadRequest("KeyboardButton text is empty")
    if "inline_keyboard" in markup:
        return {"inline_keyboard": [row for row in rows if row]} if buttons else {}
    return markup


def _check_button(button: dict[str, Any]) -> None:
    if not str(button.get("text", "")).strip():
        raise BadRequest(
            'can\'t parse inline keyboard button: Field "text" must be of type String and not empty'
        )
    actions = [name for name in (*ACTIONS, *ACTIONS_BY_PREFIX) if button.get(name) is not None]
    if not actions:
        raise BadRequest(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise BadRequest("can't parse inline keyboard button: Only one action is allowed")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= LONGEST_CALLBACK_BYTES:
        raise BadRequest("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not str(url).startswith(("http://", "https://", "tg://", "tel:")):
        raise BadRequest(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def checked_commands(value: Any) -> list[dict[str, str]]:
    commands = as_json(value) or []
    if len(commands) > MOST_COMMANDS:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH")
    for each in commands:
        name = str(each.get("command", "")).removeprefix("/")
        if not 1 <= len(name) <= LONGEST_COMMAND or not _is_command(name):
            raise BadRequest("BOT_COMMAND_INVALID")
        if not 1 <= len(str(each.get("description", ""))) <= LONGEST_DESCRIPTION:
            raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")
    return [{"command": str(each["command"]), "description": str(each["description"])} for each in commands]


def _is_command(name: str) -> bool:
    return name.isascii() and name == name.lower() and name.replace("_", "a").isalnum()
