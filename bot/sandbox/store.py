"""Keeps the world on disk, so that chats are still there after a restart."""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.sandbox.people import Group, Message, Person
from bot.sandbox.world import Callback, StoredFile, World

SAVE_SECONDS = 1.0
KEPT_CALLBACKS = 200
# What happened after the last save of a killed sandbox is gone, but the bot may have seen its numbers.
SKIPPED_NUMBERS = 1000
# A world saved in another form is not read: the chats begin anew.
FORM = 2
PLAIN = ("updates", "commands", "webhook", "profile", "allowed", "next_update", "next_message")


class Store:
    """One JSON file, written whole beside the old one and then put in its place, and a folder of files."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files = path.with_suffix(".files")

    def load(self) -> World:
        """The world as it was saved; a new one when there is none."""
        if not self._path.exists():
            return World()
        saved = json.loads(self._path.read_text(encoding="utf-8"))
        if saved.get("form") != FORM:
            return World()
        skipped = 0 if saved["at_rest"] else SKIPPED_NUMBERS
        plain = {name: saved[name] for name in PLAIN}
        plain |= {name: saved[name] + skipped for name in ("next_update", "next_message")}
        return World(
            people={each["id"]: Person(**each) for each in saved["people"]},
            groups={each["id"]: Group(**each) for each in saved["groups"]},
            chats={int(chat): _chat(messages) for chat, messages in saved["chats"].items()},
            callbacks={each["id"]: Callback(**each) for each in saved["callbacks"]},
            pinned={int(chat): message_id for chat, message_id in saved["pinned"].items()},
            files=self._load_files(saved["files"]),
            **plain,
        )

    def _load_files(self, saved: dict[str, Any]) -> dict[str, StoredFile]:
        return {
            file_id: StoredFile(each["name"], each["mime"], (self._files / file_id).read_bytes())
            for file_id, each in saved.items()
            if (self._files / file_id).exists()
        }

    def save(self, world: World) -> None:
        """Save everything, as it is left at the end."""
        self._write(_as_dict(world, at_rest=True), world.files)

    def _write(self, content: dict[str, Any], files: dict[str, StoredFile]) -> None:
        self._files.mkdir(mode=0o700, parents=True, exist_ok=True)
        there = {path.name for path in self._files.iterdir()}
        for file_id in files.keys() - there:
            _replace(self._files / file_id, files[file_id].content)
        _replace(self._path, json.dumps(content, ensure_ascii=False).encode())
        # Only now that nothing names them any more.
        for gone in there - files.keys():
            (self._files / gone).unlink()

    async def keep(self, world: World) -> None:
        """Save whatever changes, about once a second, until cancelled; then once more."""
        saved = -1
        try:
            while True:
                if saved != world.version:
                    saved = world.version
                    # Not in a thread: it would still be writing an old state when the last one is saved.
                    self._write(_as_dict(world, at_rest=False), world.files)
                await asyncio.sleep(SAVE_SECONDS)
        finally:
            self.save(world)


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    fresh.touch(mode=0o600)
    fresh.write_bytes(content)
    fresh.replace(path)


def _chat(messages: list[dict[str, Any]]) -> dict[int, Message]:
    return {each["message_id"]: Message(**each) for each in messages}


def _as_dict(world: World, *, at_rest: bool) -> dict[str, Any]:
    """Everything but the bytes of the files, fit for JSON."""
    return {
        "form": FORM,
        "at_rest": at_rest,
        "people": [asdict(person) for person in world.people.values()],
        "groups": [asdict(group) for group in world.groups.values()],
        "chats": {
            chat: [asdict(message) for message in found.values()] for chat, found in world.chats.items()
        },
        "callbacks": [asdict(each) for each in list(world.callbacks.values())[-KEPT_CALLBACKS:]],
        "pinned": dict(world.pinned),
        "files": {file_id: {"name": each.name, "mime": each.mime} for file_id, each in world.files.items()},
        **{name: getattr(world, name) for name in PLAIN},
    }
