"""What Telegram enforces of a message and its buttons, with Telegram's own complaints."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.markup import Entity, parse_html, trimmed, units
from bot.sandbox.refused import BadRequest

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_CALLBACK_BYTES = 64
LONGEST_ANSWER = 200
MOST_BUTTONS = 100
ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "copy_text",
    "pay",
)
NO_ACTION = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
LONGEST_COMMAND = 32
LONGEST_DESCRIPTION = 256
MOST_COMMANDS = 100


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
    buttons = _buttons(markup, "inline_keyboard")
    for button in buttons:
        _check_button(button)
    for key in _buttons(markup, "keyboard"):
        if not (key if isinstance(key, str) else str(key.get("text") or "")).strip():
            raise BadRequest("can't parse keyboard button: Text must be non-empty")
    if "inline_keyboard" in markup:
        return {"inline_keyboard": [row for row in markup["inline_keyboard"] if row]} if buttons else {}
    return markup


def _buttons(markup: dict[str, Any], field: str) -> list[Any]:
    rows = markup.get(field) or []
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise BadRequest("can't parse reply keyboard markup JSON object")
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise BadRequest("reply markup is too long")
    return buttons


def _check_button(button: Any) -> None:
    if not isinstance(button, dict) or not str(button.get("text") or "").strip():
        raise BadRequest("can't parse inline keyboard button: Text must be non-empty")
    actions = [name for name in ACTIONS if _is_given(name, button.get(name))]
    if not actions:
        raise BadRequest(NO_ACTION)
    if len(actions) > 1:
        raise BadRequest("can't parse inline keyboard button: exactly one action is allowed")
    if len(str(button.get("callback_data") or "").encode()) > LONGEST_CALLBACK_BYTES:
        raise BadRequest("BUTTON_DATA_INVALID")
    if url := button.get("url"):
        _check_url(str(url))


def _is_given(name: str, value: Any) -> bool:
    """An empty callback_data counts as none; an empty inline query is a query."""
    return bool(value) or (value == "" and name.startswith("switch_inline"))


def _check_url(url: str) -> None:
    if not url.startswith(("http://", "https://", "tg://", "tel:", "mailto:")):
        raise BadRequest(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if url.startswith("http") and (re.search(r"\s", url) or "." not in (urlsplit(url).hostname or "")):
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
    return [
        {"command": str(each["command"]).removeprefix("/"), "description": str(each["description"])}
        for each in commands
    ]


def _is_command(name: str) -> bool:
    return name.isascii() and name == name.lower() and name.replace("_", "a").isalnum()
