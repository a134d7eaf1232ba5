"""The world of the sandbox: what people do in it becomes updates for the bot. No HTTP, no bot."""

import secrets
import time
from collections.abc import Iterator
from typing import Any

from bot.sandbox.people import Group, Message, Person, command_entities
from bot.sandbox.state import BOT, Callback, InlineQuery, State, StoredFile

__all__ = ["BOT", "CAST", "FACILITATOR", "OFFICER", "TOKEN", "Callback", "InlineQuery", "StoredFile", "World"]

TOKEN = "42:sandbox"  # noqa: S105  # everybody may know it: it opens nothing but this machine's sandbox
CAST = (
    (1001, "Тургун · кыргызча", "ky"),
    (1002, "Житель · по-русски", "ru"),
    (1003, "Фасилитатор", "ru"),
    (1004, "ЖӨБ кызматкери · сотрудник МСУ", "ky"),
)
FACILITATOR, OFFICER = 1003, 1004
FIRST_NEW_PERSON = 1101
FIRST_EXTRA = 500_001
FIRST_GROUP = -4001
LONGEST_QUERY = 256


class World(State):
    """The state of the sandbox. Every act of a person becomes an update for the bot."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.people:
            self._settle_cast()

    # People and groups

    def add_person(self, name: str, language_code: str = "ru") -> Person:
        taken = [person.id for person in self.people.values() if not person.extra]
        person = Person(max(*taken, FIRST_NEW_PERSON - 1) + 1, name, language_code)
        self._settle(person)
        self.changed()
        return person

    def extras(self, size: int) -> list[Person]:
        """So many people of the crowd, the same ones every time."""
        numbers = range(FIRST_EXTRA, FIRST_EXTRA + size)
        for number in numbers:
            if number not in self.people:
                language = "ru" if number % 3 == 0 else "ky"
                self._settle(Person(number, f"Тургун {number - FIRST_EXTRA + 1}", language, extra=True))
        return [self.people[number] for number in numbers]

    def _settle_cast(self) -> None:
        for person_id, name, language in CAST:
            self._settle(Person(person_id, name, language))

    def _settle(self, person: Person) -> None:
        self.people[person.id] = person
        self.chats[person.id] = {}

    def group(self, title: str, person_id: int) -> Group:
        """A new group, to which its maker adds the bot; `say` writes into it with `chat_id`."""
        group = Group(min(self.groups, default=FIRST_GROUP + 1) - 1, title)
        self.groups[group.id], self.chats[group.id] = group, {}
        self._membership(group, self.people[person_id], "left", "member")
        return group

    def block(self, person_id: int, *, blocked: bool = True) -> int:
        person = self.people[person_id]
        person.blocked = blocked
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        return self._membership(person, person, before, after)

    def unblock(self, person_id: int) -> int:
        return self.block(person_id, blocked=False)

    def leave(self, group: Group) -> int:
        """The bot goes; it is told of its own going, too."""
        group.blocked = True
        return self._membership(group, None, "member", "left")

    def _membership(self, chat: Person | Group, by: Person | None, before: str, after: str) -> int:
        change = {
            "chat": chat.as_chat(),
            "from": by.as_user() if by else BOT,
            "date": int(time.time()),
            "old_chat_member": as_member(before),
            "new_chat_member": as_member(after),
        }
        return self.update("my_chat_member", change)

    # Writing

    def start(self, person_id: int, payload: str = "") -> int:
        """Press Start, or follow a link with a payload."""
        return self.say(person_id, f"/start {payload}".strip())

    def say(self, person_id: int, text: str, reply_to: int | None = None, chat_id: int | None = None) -> int:
        """Type a message; return the number of the update."""
        words = {"text": text, "entities": command_entities(text), "reply_to": reply_to}
        return self._write(person_id, chat_id, **words)

    def edit(self, person_id: int, message_id: int, text: str) -> int:
        message = self.chats[person_id][message_id]
        message.text, message.entities = text, command_entities(text)
        message.edited = int(time.time())
        return self.update("edited_message", self.as_api(message))

    def send(self, person_id: int, kind: str, media: Any, caption: str | None = None) -> int:
        """Send a photo, voice note, place, document or sticker given as its Bot API object."""
        return self._write(person_id, None, kind=kind, media=media, caption=caption)

    def send_photo(self, person_id: int, content: bytes, caption: str | None = None) -> int:
        return self.send(person_id, "photo", self.keep_photo("photo.jpg", "image/jpeg", content), caption)

    def send_voice(self, person_id: int, content: bytes, duration: int = 3, mime: str = "audio/ogg") -> int:
        kept = self.keep_file("voice.ogg", mime, content)
        return self.send(person_id, "voice", {**kept, "duration": duration, "mime_type": "audio/ogg"})

    def send_document(
        self, person_id: int, name: str, content: bytes, mime: str = "application/octet-stream"
    ) -> int:
        kept = self.keep_file(name, mime, content)
        return self.send(person_id, "document", {**kept, "file_name": name, "mime_type": mime})

    def send_location(self, person_id: int, latitude: float, longitude: float) -> int:
        return self.send(person_id, "location", {"latitude": latitude, "longitude": longitude})

    def send_contact(self, person_id: int, phone_number: str) -> int:
        """One's own number, as the button that asks for it sends it."""
        facts = {"first_name": self.people[person_id].name, "user_id": person_id}
        return self.send(person_id, "contact", {"phone_number": phone_number, **facts})

    def send_sticker(self, person_id: int, emoji: str = "🙂") -> int:
        kept = self.keep_file("sticker.webp", "image/webp", b"")
        facts = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self.send(person_id, "sticker", {**kept, **facts, "emoji": emoji})

    def _write(self, person_id: int, chat_id: int | None, **content: Any) -> int:
        person = self.people[person_id]
        if chat_id is None:
            person.started = True
            # Nobody can write to a bot they have blocked: writing again begins with letting it back in.
            if person.blocked:
                self.unblock(person_id)
        message = self.new_message(chat_id or person_id, from_bot=False, sender_id=person_id, **content)
        return self.update("message", self.as_api(message))

    # Buttons

    def tap(self, person_id: int, message_id: int, data: str) -> str:
        """Press a button, or send what no button holds: real clients can do both."""
        message = self.chats[person_id].get(message_id)
        callback = Callback(str(secrets.randbits(63)), person_id, message_id)
        self.callbacks[callback.id] = callback
        gone = {"message_id": message_id, "date": 0, "chat": self.people[person_id].as_chat()}
        query: dict[str, Any] = {
            "id": callback.id,
            "from": self.people[person_id].as_user(),
            "chat_instance": str(person_id),
            "message": self.as_api(message) if message else gone,
            "data": data,
        }
        self.update("callback_query", query)
        return callback.id

    def answer(self, callback_id: str) -> dict[str, Any] | None:
        """How a press was answered: {} for silently, None for not yet."""
        return self.callbacks[callback_id].answered

    def unanswered(self) -> Iterator[Callback]:
        return (callback for callback in self.callbacks.values() if callback.answered is None)

    # The bot's name, typed in a chat

    def ask_inline(self, person_id: int, typed: str = "", chat_id: int | None = None) -> InlineQuery:
        """Type the bot's name and some words, without sending them; results come as its answer."""
        asked = InlineQuery(str(secrets.randbits(63)), person_id, typed[:LONGEST_QUERY])
        self.inline_queries[asked.id] = asked
        query = {
            "id": asked.id,
            "from": self.people[person_id].as_user(),
            "query": asked.typed,
            "offset": "",
            "chat_type": "group" if chat_id in self.groups else "sender",
        }
        self.update("inline_query", query)
        return asked

    def choose_inline(self, asked: InlineQuery, result_id: str, chat_id: int | None = None) -> Message:
        """Tap a result: its message goes into the chat in the person's name; KeyError for no such result."""
        results = (asked.answered or {}).get("results", [])
        chosen = next((each for each in results if each["id"] == result_id), None)
        if chosen is None:
            raise KeyError(f"no result {result_id!r} among {[each['id'] for each in results]}")
        message = self.new_message(
            chat_id or asked.person_id,
            from_bot=False,
            sender_id=asked.person_id,
            more={"via_bot": BOT},
            **chosen["content"],
        )
        self.update("message", self.as_api(message))
        return message

    # The keys below the input

    def keyboard(self, chat_id: int) -> dict[str, Any] | None:
        """The reply keyboard under the input: the last one sent, unless it was taken away since."""
        for message in reversed(self.messages(chat_id)):
            if message.markup.get("remove_keyboard"):
                return None
            if "keyboard" in message.markup:
                return None if self._used_up(message) else message.markup
        return None

    def _used_up(self, asked: Message) -> bool:
        later = (m for m in self.messages(asked.chat_id) if m.message_id > asked.message_id)
        return bool(asked.markup.get("one_time_keyboard")) and any(not m.from_bot for m in later)

    def press_reply_key(self, person_id: int, text: str) -> int:
        """Press a key of the reply keyboard: it says its text, or sends what it asks for."""
        rows = (self.keyboard(person_id) or {}).get("keyboard", [])
        keys = [{"text": key} if isinstance(key, str) else key for row in rows for key in row]
        key = next((key for key in keys if key["text"] == text), None)
        if key is None:
            raise KeyError(f"no key {text!r} among {[key['text'] for key in keys]}")
        if key.get("request_location"):
            return self.send_location(person_id, 40.5867, 73.0891)
        if key.get("request_contact"):
            return self.send_contact(person_id, f"+996700{person_id:06d}")
        return self.say(person_id, text)

    def wipe(self) -> None:
        """Empty everything; numbers go on upward, as Telegram's do."""
        for kept in (self.people, self.groups, self.chats, self.files, self.callbacks, self.pinned):
            kept.clear()
        self.inline_queries.clear()
        self.updates.clear()
        self._settle_cast()
        self.commands = {scope: menu for scope, menu in self.commands.items() if "chat:" not in scope}
        self.changed()


def as_member(status: str) -> dict[str, Any]:
    """The bot as a member of a chat."""
    return {"user": BOT, "status": status, **({"until_date": 0} if status == "kicked" else {})}
