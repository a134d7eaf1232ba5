"""What the sandbox remembers: people, their chats, files, and the updates that wait for the bot."""

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.people import Group, Message, Person
from bot.sandbox.pictures import size_of

BOT = {"id": 42, "is_bot": True, "first_name": "bap-bot", "username": "bap_sandbox_bot"}
TYPING_SECONDS = 5
THUMBNAIL = 320
UNKNOWN_SIZE = (800, 600)
# For so many seconds Telegram keeps what nobody took (tdlib/telegram-bot-api, Client.cpp).
LIFETIMES = {"callback_query": 150.0, "inline_query": 30.0}
LIFETIME = 24 * 3600.0
# What a bot gets only when it asks for it by name.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


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


@dataclass(slots=True)
class InlineQuery:
    """What somebody typed after the bot's name, and how it was answered (None until it was)."""

    id: str
    person_id: int
    typed: str
    answered: dict[str, Any] | None = None


@dataclass
class State:
    """All of it; whoever changes something calls `changed`."""

    people: dict[int, Person] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    chats: dict[int, dict[int, Message]] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, StoredFile] = field(default_factory=dict)
    callbacks: dict[str, Callback] = field(default_factory=dict)
    # Nobody waits for their results after a restart, so they are not saved.
    inline_queries: dict[str, InlineQuery] = field(default_factory=dict)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    webhook: dict[str, Any] = field(default_factory=dict)
    # What the bot says of itself: name, descriptions, menu button; the pinned message of each chat.
    profile: dict[str, Any] = field(default_factory=dict)
    pinned: dict[int, int] = field(default_factory=dict)
    # The kinds of updates the bot last asked for; empty means all but those on request.
    allowed: list[str] = field(default_factory=list)
    next_update: int = 1
    next_message: int = 1
    version: int = 0

    def __post_init__(self) -> None:
        self._watchers: set[asyncio.Event] = set()
        self._typing: dict[int, float] = {}
        # When each waiting update was laid out; those of a saved world count from its loading.
        self._laid_out: dict[int, float] = {}
        # So many seconds have passed that nobody had to wait for.
        self._skipped = 0.0

    # Watching

    def changed(self) -> None:
        """Something is new, to be shown and saved."""
        self.version += 1
        self.wake()

    def wake(self) -> None:
        """Let everyone who waits look again."""
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

    # Chats

    def chat(self, chat_id: int) -> Person | Group:
        """The person or group with that number; KeyError when there is none."""
        return self.groups[chat_id] if chat_id in self.groups else self.people[chat_id]

    def messages(self, person_id: int) -> list[Message]:
        """The chat as the person sees it now."""
        return list(self.chats[person_id].values())

    def new_message(self, chat_id: int, **content: Any) -> Message:
        message = Message(message_id=self.next_message, chat_id=chat_id, date=int(time.time()), **content)
        self.next_message += 1
        self.chats[chat_id][message.message_id] = message
        if message.from_bot:
            self._typing.pop(chat_id, None)
        return message

    def as_api(self, message: Message) -> dict[str, Any]:
        """The Bot API's message object, with the one it replies to (whose own reply is left out)."""
        found = self._alone(message)
        replied = self.chats[message.chat_id].get(message.reply_to or 0)
        return {**found, "reply_to_message": self._alone(replied)} if replied else found

    def _alone(self, message: Message) -> dict[str, Any]:
        sender = BOT if message.from_bot else self.people[message.sender_id or message.chat_id].as_user()
        return message.as_api(self.chat(message.chat_id).as_chat(), sender)

    def type_in(self, chat_id: int) -> None:
        """Show "typing…" there for the next seconds."""
        self._typing[chat_id] = time.monotonic() + TYPING_SECONDS

    def is_typing(self, chat_id: int) -> bool:
        return self._typing.get(chat_id, 0) > time.monotonic()

    # Files

    def keep_file(self, name: str, mime: str, content: bytes) -> dict[str, Any]:
        """Store a file and return the Bot API's numbers for it."""
        file_id = f"file-{secrets.token_urlsafe(24)}"
        self.files[file_id] = StoredFile(name, mime, content)
        return {"file_id": file_id, "file_unique_id": f"u{file_id[-12:]}", "file_size": len(content)}

    def keep_photo(self, name: str, mime: str, content: bytes) -> list[dict[str, Any]]:
        """A photo comes in several sizes, the largest last; here they share their bytes."""
        width, height = size_of(content) or UNKNOWN_SIZE
        shrink = min(1.0, THUMBNAIL / max(width, height, 1))
        sizes = ((max(1, round(width * shrink)), max(1, round(height * shrink))), (width, height))
        return [{**self.keep_file(name, mime, content), "width": w, "height": h} for w, h in sizes]

    # Updates

    def update(self, kind: str, event: dict[str, Any]) -> int:
        """Lay an update out for the bot, unless it did not ask for that kind; return its number."""
        number = self.next_update
        self.next_update += 1
        if kind in self.allowed or (not self.allowed and kind not in ON_REQUEST):
            self.lay_out({"update_id": number, kind: event})
        return number

    def lay_out(self, raw: dict[str, Any]) -> None:
        """An update as it is, with its number: of a kind that is not known here, or a broken one."""
        self.updates.append(raw)
        self._laid_out[raw["update_id"]] = time.monotonic() + self._skipped
        self.changed()

    def skip(self, seconds: float) -> None:
        """Let time pass for what waits, as when nobody takes it for so long."""
        self._skipped += seconds
        self.forget_expired()

    def forget_expired(self) -> None:
        """Updates that nobody took in time are gone; Telegram tells nobody."""
        now = time.monotonic() + self._skipped
        since = {each["update_id"]: self._laid_out.get(each["update_id"], now) for each in self.updates}
        self.updates = [each for each in self.updates if now - since[each["update_id"]] < _lifetime(each)]
        self._laid_out = since

    def begin_anew_at(self, number: int) -> None:
        """As after a quiet week: the next update bears this number, whatever the last one bore."""
        self.next_update = number

    def confirm(self, offset: int) -> None:
        """Forget every update below `offset`; a negative one keeps only that many of the last.

        An offset beyond all that wait belongs to an older numbering: nothing is forgotten.
        """
        if offset < 0:
            self.updates = self.updates[offset:]
        elif not self.updates or offset <= self.updates[-1]["update_id"] + 1:
            self.updates = [update for update in self.updates if update["update_id"] >= offset]

    def take_updates(self) -> list[dict[str, Any]]:
        """All waiting updates, confirmed at once: for tests that feed the bot themselves."""
        taken, self.updates = self.updates, []
        return taken

    def updates_for(self, person_id: int) -> list[dict[str, Any]]:
        """The waiting updates that one person caused."""
        return [
            update
            for update in self.updates
            if any(
                isinstance(event, dict) and event.get("from", {}).get("id") == person_id
                for event in update.values()
            )
        ]


def _lifetime(raw: dict[str, Any]) -> float:
    return next((LIFETIMES[kind] for kind in raw if kind in LIFETIMES), LIFETIME)
