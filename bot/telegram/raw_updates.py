"""Updates as Telegram sent them: whose they are, and what of them can be read.

A new kind of message, or one with a part that is missing, must not cost the person their words: what
cannot be read whole is read without its unusual parts.
"""

from collections.abc import Iterator
from typing import Any

import structlog
from aiogram import Bot
from aiogram.types import Update

log = structlog.get_logger()
Raw = dict[str, Any]
Line = tuple[int, bool]
# The parts of a message that the bot works with; all others may be left out.
_OF_A_MESSAGE = (
    "message_id",
    "from",
    "chat",
    "date",
    "text",
    "caption",
    "photo",
    "voice",
    "location",
    "document",
    "media_group_id",
)
_OF_A_TAP = ("id", "from", "chat_instance", "data")
# Marks an update of which only the person and the chat were kept; no update of Telegram has such a part.
_UNREAD = "unread"
# No column holds more.
_LIMIT = 2**63
# By this date Telegram marks a message that it does not show any more.
_NOT_SHOWN = 0


def number_of(raw: object) -> int | None:
    """Its number, by which it is confirmed; None for what is no update."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if type(number) is int and 0 <= number < _LIMIT else None


def kind_of(raw: Raw) -> str:
    """What it is, for the log: "message", "callback_query" or another."""
    return next((str(name)[:40] for name in raw if name != "update_id"), "nothing")


def line_of(raw: Raw) -> Line:
    """Whose updates are handled one after another: a person's, or where nobody is named, a chat's.

    What people do in groups, and type after the bot's name, stands in a line apart: nobody is answered there
    in private, so it must neither wait for what is said to them there nor crowd out their own words.
    """
    return person_of(raw), private_chat_of(raw) is not None


def person_of(raw: Raw) -> int:
    """Who did it, or where nobody is named, the chat."""
    event = _event(raw)
    return _id(event.get("from")) or _id(event.get("user")) or _id(_chat(event)) or 0


def private_chat_of(raw: Raw) -> int | None:
    """Where the person can be answered alone; None for what happens in groups and channels."""
    event = _event(raw)
    if _chat(event).get("type") == "private":
        return _id(_chat(event))
    return _id(event.get("from")) if kind_of(raw) == "callback_query" else None


def callback_of(raw: Raw) -> str | None:
    """The number of a tap, by which it can be answered."""
    tap = raw.get("callback_query")
    return str(tap["id"]) if isinstance(tap, dict) and "id" in tap else None


def language_of(raw: Raw) -> str | None:
    """The language of the person's Telegram."""
    code = _dict(_event(raw).get("from")).get("language_code")
    return code if isinstance(code, str) else None


def without_content(raw: Raw) -> Raw:
    """Only whose it is and where they can be answered: one that nobody is going to read."""
    event = _event(raw)
    kept = _only(event, ("id", "from", "chat")) | {"message": _only(_dict(event.get("message")), ("chat",))}
    return {"update_id": raw.get("update_id"), kind_of(raw): kept, _UNREAD: True}


def is_unread(raw: Raw) -> bool:
    return raw.get(_UNREAD) is True


def read(raw: Raw, bot: Bot) -> Update | None:
    """The update, without its unusual parts where it cannot be read with them; None where nothing can be."""
    whole = _parsed(raw, bot)
    if whole is not None:
        return whole
    for version in _without_unusual_parts(raw):
        found = _parsed(version, bot)
        if found is not None:
            log.warning("an update is read without its unusual parts", kind=kind_of(raw))
            return found
    return None


def _parsed(version: Raw, bot: Bot) -> Update | None:
    try:
        update = Update.model_validate(version, context={"bot": bot})
        return update if update.event_type else None
    except Exception:  # noqa: BLE001  # whatever it was, it cannot be read
        return None


def _without_unusual_parts(raw: Raw) -> Iterator[Raw]:
    kind, event = kind_of(raw), _event(raw)
    if kind in {"message", "edited_message", "channel_post"}:
        yield {"update_id": raw.get("update_id"), kind: _only(event, _OF_A_MESSAGE)}
    elif kind == "callback_query":
        shown = _dict(event.get("message"))
        message = {"message_id": shown.get("message_id"), "chat": shown.get("chat"), "date": _NOT_SHOWN}
        yield {"update_id": raw.get("update_id"), kind: {**_only(event, _OF_A_TAP), "message": message}}


def _only(event: Raw, names: tuple[str, ...]) -> Raw:
    return {name: event[name] for name in names if name in event}


def _event(raw: Raw) -> Raw:
    return _dict(raw.get(kind_of(raw)))


def _chat(event: Raw) -> Raw:
    return _dict(event.get("chat") or _dict(event.get("message")).get("chat"))


def _dict(value: object) -> Raw:
    return value if isinstance(value, dict) else {}


def _id(value: object) -> int | None:
    found = _dict(value).get("id")
    return found if isinstance(found, int) else None
