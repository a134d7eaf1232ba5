"""What the chat page shows: people, their chats and files, as plain JSON."""

from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.menus import menu_of
from bot.sandbox.people import Message, Person
from bot.sandbox.world import BOT, InlineQuery, StoredFile, World

# Shown in the page itself; everything else is only ever downloaded, whatever it claims to be.
SHOWN = frozenset(
    {
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "audio/ogg",
        "audio/wav",
        "audio/mpeg",
        "audio/mp4",
        "audio/webm",
    }
)
# How a recording says what it is, since every voice note is sent as audio/ogg.
SOUNDS = {b"OggS": "audio/ogg", b"\x1aE\xdf\xa3": "audio/webm", b"ID3": "audio/mpeg", b"RIFF": "audio/wav"}


def state_of(world: World) -> dict[str, Any]:
    people = [
        {
            **facts_of(person),
            "commands": menu_of(world, person),
            "messages": [_shown(message) for message in world.messages(person.id)],
            "keyboard": world.keyboard(person.id),
            "typing": world.is_typing(person.id),
            "pinned": world.pinned.get(person.id),
        }
        for person in world.people.values()
        if not person.extra
    ]
    return {"version": world.version, "bot": BOT, "people": people}


def facts_of(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "language": person.language_code,
        "started": person.started,
        "blocked": person.blocked,
    }


def _shown(message: Message) -> dict[str, Any]:
    """A message for the page; the file it shows is named by its id."""
    media = message.media[-1] if isinstance(message.media, list) else message.media
    return {
        "id": message.message_id,
        "mine": not message.from_bot,
        "date": message.date,
        "edited": message.edited,
        "text": message.text if message.text is not None else message.caption,
        "entities": message.entities if message.text is not None else message.caption_entities,
        "kind": message.kind,
        "media": media,
        "buttons": message.buttons,
        "reply_to": message.reply_to,
        "forwarded": "forward_origin" in message.more,
        "reactions": message.reactions,
        "via_bot": "via_bot" in message.more,
    }


def offered(query: InlineQuery) -> dict[str, Any]:
    """What the bot offers to whoever types its name, as lines to choose from."""
    answer = query.answered or {}
    lines = [{key: each[key] for key in ("id", "title", "description")} for each in answer.get("results", [])]
    return {"query": query.id, "results": lines, "button": answer.get("button")}


def served(kept: StoredFile) -> web.Response:
    """A file for the browser: a picture or sound to show, anything else to download under its name."""
    mime = kept.mime.split(";")[0].strip().lower()
    if mime.startswith("audio/"):
        mime = next((sound for start, sound in SOUNDS.items() if kept.content.startswith(start)), mime)
    headers = {"Content-Security-Policy": "sandbox; default-src 'none'"}
    if mime not in SHOWN:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(_plain(kept.name), safe='')}"
    kind = mime if "/" in mime else "application/octet-stream"
    return web.Response(body=kept.content, content_type=kind, headers=headers)


def _plain(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable() and letter not in '"\\/') or "file"
