"""The people of the sandbox and what they see in their chat."""

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.sandbox.markup import Entity, units

COMMAND = re.compile(r"/[A-Za-z0-9_]{1,64}(@\w+)?(?![\w@])")


@dataclass(slots=True)
class Person:
    """Somebody with a telephone. `started`: has written to the bot, so it may write back.

    An extra makes up the crowd, and has no phone on the page. Whoever is `gone` has deleted their account.
    """

    id: int
    name: str
    language_code: str
    started: bool = False
    blocked: bool = False
    extra: bool = False
    gone: bool = False

    def as_user(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.name,
            "language_code": self.language_code,
        }

    def as_chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": self.name}


@dataclass(slots=True)
class Group:
    """A chat of several people that the bot was added to; `blocked` when it is there no longer."""

    id: int
    title: str
    started: bool = True
    blocked: bool = False
    type: str = "group"

    def as_chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": self.type, "title": self.title}


@dataclass(slots=True)
class Message:
    """One message of a chat, as it stands now."""

    message_id: int
    chat_id: int
    from_bot: bool
    date: int
    text: str | None = None
    entities: list[Entity] = field(default_factory=list)
    caption: str | None = None
    caption_entities: list[Entity] = field(default_factory=list)
    markup: dict[str, Any] = field(default_factory=dict)
    # "photo", "voice", "document", "location", "contact", "sticker" or None, and its Bot API object.
    kind: str | None = None
    media: Any = None
    edited: int | None = None
    reply_to: int | None = None
    # Who wrote it in a group; in a private chat it is the bot or the chat's own person.
    sender_id: int | None = None
    # What the Bot API says besides: where it was forwarded from, the album it belongs to.
    more: dict[str, Any] = field(default_factory=dict)
    # The bot's reactions to it, as emoji.
    reactions: list[str] = field(default_factory=list)

    @property
    def buttons(self) -> list[list[dict[str, Any]]]:
        """The rows of the inline keyboard."""
        return list(self.markup.get("inline_keyboard", []))

    def button(self, label: str) -> dict[str, Any]:
        """The first inline button whose text holds `label`; KeyError when there is none."""
        for row in self.buttons:
            for each in row:
                if label in each["text"]:
                    return each
        raise KeyError(f"no button {label!r} among {[b['text'] for row in self.buttons for b in row]}")

    def content(self) -> tuple[Any, ...]:
        """What an edit must change to be one."""
        return (self.text, self.entities, self.caption, self.caption_entities, self.media, self.markup)

    def as_api(self, chat: dict[str, Any], sender: dict[str, Any]) -> dict[str, Any]:
        """The Bot API's message object."""
        found: dict[str, Any] = {
            "message_id": self.message_id,
            "date": self.date,
            "chat": chat,
            "from": sender,
            **self.more,
        }
        for name in ("text", "entities", "caption", "caption_entities"):
            if value := getattr(self, name):
                found[name] = value
        if self.kind:
            found[self.kind] = self.media
        if self.edited:
            found["edit_date"] = self.edited
        if "inline_keyboard" in self.markup:
            found["reply_markup"] = self.markup
        return found

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def command_entities(text: str) -> list[Entity]:
    """A client marks the command that a message begins with."""
    found = COMMAND.match(text)
    return [{"type": "bot_command", "offset": 0, "length": units(found.group())}] if found else []
