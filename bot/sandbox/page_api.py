"""What the chat page asks of the sandbox: who is there, what they see, and what they do."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.sandbox.methods import menu_of
from bot.sandbox.people import Message, Person
from bot.sandbox.world import BOT, World

OnWipe = Callable[[], Awaitable[None]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
ANSWER_SECONDS = 15
HEARTBEAT_SECONDS = 20
LONGEST_NAME = 40


def page_routes(world: World, on_wipe: OnWipe | None) -> list[web.RouteDef]:
    desk = PageApi(world, on_wipe)
    return [
        web.get("/api/state", desk.state),
        web.get("/api/events", desk.events),
        web.get("/api/file/{file_id}", desk.file),
        web.post("/api/people", desk.add_person),
        web.post("/api/people/{person}/say", desk.say),
        web.post("/api/people/{person}/edit", desk.edit),
        web.post("/api/people/{person}/tap", desk.tap),
        web.post("/api/people/{person}/send", desk.send),
        web.post("/api/people/{person}/block", desk.block),
        web.post("/api/wipe", desk.wipe),
    ]


class PageApi:
    def __init__(self, world: World, on_wipe: OnWipe | None) -> None:
        self._world = world
        self._on_wipe = on_wipe

    async def state(self, _request: web.Request) -> web.Response:
        return web.json_response(self._state())

    def _state(self) -> dict[str, Any]:
        world = self._world
        people = [
            {**_facts(person), "commands": menu_of(world, person), "messages": self._chat(person)}
            for person in world.people.values()
        ]
        return {"version": world.version, "bot": BOT, "people": people}

    def _chat(self, person: Person) -> list[dict[str, Any]]:
        return [_shown(message) for message in self._world.messages(person.id)]

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Tells the page that something is new; the page then asks for the state."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        await response.prepare(request)
        seen = -1
        try:
            while True:
                await self._world.wait(lambda: self._world.version != seen, HEARTBEAT_SECONDS)  # noqa: B023
                seen = self._world.version
                await response.write(f"data: {seen}\n\n".encode())
        except (ConnectionResetError, asyncio.CancelledError):
            return response

    async def file(self, request: web.Request) -> web.Response:
        kept = self._world.files.get(request.match_info["file_id"])
        if kept is None:
            raise web.HTTPNotFound
        headers = {"X-Content-Type-Options": "nosniff"}
        if not kept.mime.startswith(("image/", "audio/")) or "svg" in kept.mime:
            headers["Content-Disposition"] = f'attachment; filename="{_plain(kept.name)}"'
        return web.Response(body=kept.content, content_type=_mime(kept.mime), headers=headers)

    async def add_person(self, request: web.Request) -> web.Response:
        asked = await request.json()
        name = str(asked.get("name") or "").strip()[:LONGEST_NAME]
        if not name:
            raise web.HTTPBadRequest(text="a person needs a name")
        person = self._world.add_person(name, str(asked.get("language") or "ru"))
        return web.json_response(_facts(person))

    async def say(self, request: web.Request) -> web.Response:
        person, asked = await self._asked(request)
        text = str(asked.get("text") or "").strip()
        if not text:
            raise web.HTTPBadRequest(text="a message needs a text")
        self._world.say(person.id, text)
        return web.json_response({})

    async def edit(self, request: web.Request) -> web.Response:
        person, asked = await self._asked(request)
        message = self._world.chats[person.id].get(int(asked["message_id"]))
        if message is None or message.from_bot or message.text is None:
            raise web.HTTPBadRequest(text="only one's own words can be edited")
        self._world.edit(person.id, message.message_id, str(asked["text"]))
        return web.json_response({})

    async def tap(self, request: web.Request) -> web.Response:
        """Press a button and wait for its answer: {"text", "show_alert"}, or {} when none came."""
        person, asked = await self._asked(request)
        world = self._world
        callback_id = world.tap(person.id, int(asked["message_id"]), str(asked["data"]))
        await world.wait(lambda: world.callbacks[callback_id].answered is not None, ANSWER_SECONDS)
        return web.json_response(world.answer(callback_id) or {})

    async def send(self, request: web.Request) -> web.Response:
        """Send a photo, voice note or document as a form with `kind` and `file`, or a place or sticker."""
        person = self._person(request)
        form = await request.post()
        kind, upload, world = form.get("kind"), form.get("file"), self._world
        content = upload.file.read() if isinstance(upload, web.FileField) else b""
        if kind == "photo":
            world.send_photo(person.id, content, str(form.get("caption") or "") or None)
        elif kind == "voice":
            world.send_voice(person.id, content)
        elif kind == "document" and isinstance(upload, web.FileField):
            world.send_document(person.id, upload.filename, content)
        elif kind == "location":
            world.send_location(person.id, float(str(form["latitude"])), float(str(form["longitude"])))
        elif kind == "sticker":
            world.send_sticker(person.id)
        else:
            raise web.HTTPBadRequest(text="this cannot be sent")
        return web.json_response({})

    async def block(self, request: web.Request) -> web.Response:
        person, asked = await self._asked(request)
        self._world.block(person.id, blocked=bool(asked.get("blocked")))
        return web.json_response({})

    async def wipe(self, _request: web.Request) -> web.Response:
        self._world.wipe()
        if self._on_wipe:
            await self._on_wipe()
        self._world.changed()
        return web.json_response({})

    async def _asked(self, request: web.Request) -> tuple[Person, dict[str, Any]]:
        try:
            return self._person(request), await request.json()
        except json.JSONDecodeError:
            raise web.HTTPBadRequest(text="JSON expected") from None

    def _person(self, request: web.Request) -> Person:
        number = request.match_info["person"]
        person = self._world.people.get(int(number)) if number.isdigit() else None
        if person is None:
            raise web.HTTPNotFound(text="there is no such person")
        return person


def _facts(person: Person) -> dict[str, Any]:
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
        "entities": message.entities or message.caption_entities,
        "kind": message.kind,
        "media": media,
        "buttons": message.buttons,
        "keyboard": message.markup.get("keyboard"),
    }


def _mime(mime: str) -> str:
    return mime.split(";")[0] if "/" in mime else "application/octet-stream"


def _plain(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable() and letter not in '"\\') or "file"
