"""Everything the sandbox knows: people, their chats, what waits for the bot. No HTTP, no bot."""

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.people import Message, Person, command_entities

BOT = {"id": 42, "is_bot": True, "first_name": "bap-bot", "username": "bap_sandbox_bot"}
TOKEN = "42:sandbox"  # noqa: S105  # everybody may know it: it opens nothing but this machine's sandbox
CAST = (
    (1001, "Тургун · кыргызча", "ky"),
    (1002, "Житель · по-русски", "ru"),
    (1003, "Фасилитатор", "ru"),
    (1004, "ЖӨБ кызматкери · сотрудник МСУ", "ky"),
)
FACILITATOR, OFFICER = 1003, 1004
FIRST_NEW_PERSON = 1101


@dataclass(slots=True)
class StoredFile:
    """A file somebody sent: its name, its kind and its bytes."""

    name: str
    mime: str
    content: bytes


@dataclass(slots=True)
class Callback:
    """A pressed button, and how it was answered (None until it was)."""

    id: str
    person_id: int
    message_id: int
    answered: dict[str, Any] | None = None


@dataclass
class World:
    """The state of the sandbox. Every act of a person becomes an update for the bot."""

    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, dict[int, Message]] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, StoredFile] = field(default_factory=dict)
    callbacks: dict[str, Callback] = field(default_factory=dict)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    webhook: dict[str, Any] = field(default_factory=dict)
    next_update: int = 1
    next_message: int = 1
    version: int = 0

    def __post_init__(self) -> None:
        self._watchers: set[asyncio.Event] = set()
        self._numbers = itertools.count(1)
        if not self.people:
            for person_id, name, language in CAST:
                self._settle(Person(person_id, name, language))

    # Watching

    def changed(self) -> None:
        """Wake everyone who waits for something new."""
        self.version += 1
        for watcher in self._watchers:
            watcher.set()

    async def wait(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Wait until `ready()`, at most so long; return whether it is."""
        watcher = asyncio.Event()
        self._watchers.add(watcher)
        try:
            async with asyncio.timeout(seconds):
                while not ready():
                    watcher.clear()
                    await watcher.wait()
        except TimeoutError:
            return ready()
        finally:
            self._watchers.discard(watcher)
        return True

    # People

    def add_person(self, name: str, language_code: str = "ru") -> Person:
        number = max((*self.people, FIRST_NEW_PERSON - 1)) + 1
        person = Person(max(number, FIRST_NEW_PERSON), name, language_code)
        self._settle(person)
        self.changed()
        return person

    def _settle(self, person: Person) -> None:
        self.people[person.id] = person
        self.chats[person.id] = {}

    def messages(self, person_id: int) -> list[Message]:
        """The chat as the person sees it now."""
        return list(self.chats[person_id].values())

    def start(self, person_id: int, payload: str = "") -> int:
        return self.say(person_id, f"/start {payload}".strip())

    def say(self, person_id: int, text: str, reply_to: int | None = None) -> int:
        """Type a message; return the number of the update."""
        message = self._written(person_id, text=text, entities=command_entities(text), reply_to=reply_to)
        return self._update("message", self.as_api(message))

    def edit(self, person_id: int, message_id: int, text: str) -> int:
        message = self.chats[person_id][message_id]
        message.text, message.edited = text, int(time.time())
        return self._update("edited_message", self.as_api(message))

    def send(self, person_id: int, kind: str, media: Any, caption: str | None = None) -> int:
        """Send a photo, voice note, place, document or sticker given as its Bot API object."""
        message = self._written(person_id, kind=kind, media=media, caption=caption)
        return self._update("message", self.as_api(message))

    def send_photo(self, person_id: int, content: bytes, caption: str | None = None) -> int:
        size = {**self.keep_file("photo.jpg", "image/jpeg", content), "width": 800, "height": 600}
        return self.send(person_id, "photo", [size], caption)

    def send_voice(self, person_id: int, content: bytes, duration: int = 3) -> int:
        voice = {**self.keep_file("voice.ogg", "audio/ogg", content), "duration": duration}
        return self.send(person_id, "voice", voice)

    def send_document(self, person_id: int, name: str, content: bytes) -> int:
        kept = self.keep_file(name, "application/octet-stream", content)
        return self.send(person_id, "document", {**kept, "file_name": name})

    def send_location(self, person_id: int, latitude: float, longitude: float) -> int:
        return self.send(person_id, "location", {"latitude": latitude, "longitude": longitude})

    def send_sticker(self, person_id: int) -> int:
        kept = self.keep_file("sticker.webp", "image/webp", b"")
        facts = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self.send(person_id, "sticker", {**kept, **facts, "emoji": "🙂"})

    def tap(self, person_id: int, message_id: int, data: str) -> str:
        """Press a button, or send what no button holds: real clients can do both."""
        message = self.chats[person_id].get(message_id)
        callback = Callback(f"{self.next_update}{next(self._numbers):04d}", person_id, message_id)
        self.callbacks[callback.id] = callback
        query: dict[str, Any] = {
            "id": callback.id,
            "from": self.people[person_id].as_user(),
            "chat_instance": str(person_id),
            "data": data,
        }
        gone = {"message_id": message_id, "date": 0, "chat": self.people[person_id].as_chat()}
        query["message"] = self.as_api(message) if message else gone
        self._update("callback_query", query)
        return callback.id

    def answer(self, callback_id: str) -> dict[str, Any] | None:
        """How a press was answered: {} for silently, None for not yet."""
        return self.callbacks[callback_id].answered

    def block(self, person_id: int, *, blocked: bool = True) -> int:
        person = self.people[person_id]
        person.blocked = blocked
        member, kicked = {"user": BOT, "status": "member"}, {"user": BOT, "status": "kicked", "until_date": 0}
        change = {
            "chat": person.as_chat(),
            "from": person.as_user(),
            "date": int(time.time()),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        return self._update("my_chat_member", change)

    # What both sides share

    def keep_file(self, name: str, mime: str, content: bytes) -> dict[str, Any]:
        """Store a file and return the Bot API's numbers for it."""
        file_id = f"file-{len(self.files) + 1}-{next(self._numbers)}"
        self.files[file_id] = StoredFile(name, mime, content)
        return {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": len(content)}

    def new_message(self, person_id: int, **content: Any) -> Message:
        message = Message(message_id=self.next_message, chat_id=person_id, date=int(time.time()), **content)
        self.next_message += 1
        self.chats[person_id][message.message_id] = message
        return message

    def as_api(self, message: Message) -> dict[str, Any]:
        person = self.people[message.chat_id]
        found = message.as_api(person.as_chat(), BOT if message.from_bot else person.as_user())
        replied = self.chats[message.chat_id].get(message.reply_to or 0)
        if replied:
            found["reply_to_message"] = self.as_api(replied)
        return found

    def _written(self, person_id: int, **content: Any) -> Message:
        self.people[person_id].started = True
        return self.new_message(person_id, from_bot=False, **content)

    def _update(self, kind: str, event: dict[str, Any]) -> int:
        number = self.next_update
        self.next_update += 1
        self.updates.append({"update_id": number, kind: event})
        self.changed()
        return number

    def confirm(self, offset: int) -> None:
        """Forget every update below `offset`; a negative one keeps only that many of the last."""
        if offset < 0:
            self.updates = self.updates[offset:]
        else:
            self.updates = [update for update in self.updates if update["update_id"] >= offset]

    def take_updates(self) -> list[dict[str, Any]]:
        """All waiting updates, confirmed at once: for tests that feed the bot themselves."""
        taken, self.updates = self.updates, []
        return taken

    def wipe(self) -> None:
        """Empty everything; numbers go on upward, as Telegram's do."""
        self.people.clear()
        self.chats.clear()
        self.files.clear()
        self.callbacks.clear()
        self.updates.clear()
        for person_id, name, language in CAST:
            self._settle(Person(person_id, name, language))
        self.commands = {scope: menu for scope, menu in self.commands.items() if "chat:" not in scope}
        self.changed()

    def unanswered(self) -> Iterator[Callback]:
        return (callback for callback in self.callbacks.values() if callback.answered is None)
