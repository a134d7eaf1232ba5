"""Keeps the world on disk, so that chats are still there after a restart."""

import asyncio
import base64
import json
from pathlib import Path
from typing import Any

from bot.sandbox.people import Message, Person
from bot.sandbox.world import Callback, StoredFile, World

SAVE_SECONDS = 1.0


class Store:
    """One JSON file, written whole beside the old one and then put in its place."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> World:
        """The world as it was saved; a new one when there is none."""
        if not self._path.exists():
            return World()
        saved = json.loads(self._path.read_text())
        return World(
            people={each["id"]: Person(**each) for each in saved["people"]},
            chats={
                int(chat): {each["message_id"]: Message(**each) for each in messages}
                for chat, messages in saved["chats"].items()
            },
            updates=saved["updates"],
            files={
                file_id: StoredFile(each["name"], each["mime"], base64.b64decode(each["content"]))
                for file_id, each in saved["files"].items()
            },
            callbacks={each["id"]: Callback(**each) for each in saved["callbacks"]},
            commands=saved["commands"],
            next_update=saved["next_update"],
            next_message=saved["next_message"],
        )

    def save(self, world: World) -> None:
        self._write(_as_dict(world))

    def _write(self, content: dict[str, Any]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(content, ensure_ascii=False))
        fresh.replace(self._path)

    async def keep(self, world: World) -> None:
        """Save whatever changes, about once a second, until cancelled; then once more."""
        saved = -1
        try:
            while True:
                if saved != world.version:
                    saved = world.version
                    await asyncio.to_thread(self._write, _as_dict(world))
                await asyncio.sleep(SAVE_SECONDS)
        finally:
            self.save(world)


def _as_dict(world: World) -> dict[str, Any]:
    return {
        "people": [
            {name: getattr(person, name) for name in ("id", "name", "language_code", "started", "blocked")}
            for person in world.people.values()
        ],
        "chats": {chat: [each.as_dict() for each in found.values()] for chat, found in world.chats.items()},
        "updates": list(world.updates),
        "files": {
            file_id: {
                "name": each.name,
                "mime": each.mime,
                "content": base64.b64encode(each.content).decode(),
            }
            for file_id, each in world.files.items()
        },
        "callbacks": [
            {
                "id": each.id,
                "person_id": each.person_id,
                "message_id": each.message_id,
                "answered": each.answered,
            }
            for each in list(world.callbacks.values())[-200:]
        ],
        "commands": dict(world.commands),
        "next_update": world.next_update,
        "next_message": world.next_message,
    }
