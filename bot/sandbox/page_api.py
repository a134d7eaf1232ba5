"""What the chat page asks of the sandbox: who is there, what they see, and what they do."""

import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from aiohttp import web

from bot.sandbox.crowd import Crowd, NoVote
from bot.sandbox.page_views import facts_of, offered, served, state_of
from bot.sandbox.people import Person
from bot.sandbox.world import World

OnWipe = Callable[[], Awaitable[None]]
ANSWER_SECONDS = 15
HEARTBEAT_SECONDS = 20
LONGEST_NAME = 40
LONGEST_MESSAGE = 4096


def add_page_api(app: web.Application, world: World, on_wipe: OnWipe | None) -> None:
    desk = PageApi(world, on_wipe)
    app.on_shutdown.append(desk.end)
    routes = [
        web.get("/api/state", desk.state),
        web.get("/api/events", desk.events),
        web.get("/api/file/{file_id}", desk.file),
        web.post("/api/people", desk.add_person),
        web.post("/api/people/{person}/say", desk.say),
        web.post("/api/people/{person}/edit", desk.edit),
        web.post("/api/people/{person}/tap", desk.tap),
        web.post("/api/people/{person}/key", desk.key),
        web.post("/api/people/{person}/inline", desk.ask_inline),
        web.post("/api/people/{person}/choose", desk.choose_inline),
        web.post("/api/people/{person}/send", desk.send),
        web.post("/api/people/{person}/block", desk.block),
        web.post("/api/crowd", desk.crowd),
        web.post("/api/wipe", desk.wipe),
    ]
    app.add_routes(routes)


class PageApi:
    def __init__(self, world: World, on_wipe: OnWipe | None) -> None:
        self._world = world
        self._on_wipe = on_wipe
        self._crowd = Crowd(world)
        self._ended = False

    async def end(self, _app: web.Application) -> None:
        """Let go of everyone who watches, so that the server need not wait for them."""
        self._ended = True
        self._world.wake()
        await self._crowd.stop()

    async def state(self, _request: web.Request) -> web.Response:
        return web.json_response({**state_of(self._world), "crowd": self._crowd.progress()})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Tells the page that something is new; the page then asks for the state."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        await response.prepare(request)
        try:
            while not self._ended:
                seen = self._world.version
                await response.write(f"data: {seen}\n\n".encode())
                await self._world.wait(partial(self._is_new, seen), HEARTBEAT_SECONDS)
        except ConnectionResetError:
            pass  # the page was closed
        return response

    def _is_new(self, seen: int) -> bool:
        return self._ended or self._world.version != seen

    async def file(self, request: web.Request) -> web.Response:
        kept = self._world.files.get(request.match_info["file_id"])
        if kept is None:
            raise web.HTTPNotFound(text="there is no such file")
        return served(kept)

    async def add_person(self, request: web.Request) -> web.Response:
        asked = await _json(request)
        name = str(asked.get("name") or "").strip()[:LONGEST_NAME]
        if not name:
            raise web.HTTPBadRequest(text="a person needs a name")
        person = self._world.add_person(name, str(asked.get("language") or "ru"))
        return web.json_response(facts_of(person))

    async def say(self, request: web.Request) -> web.Response:
        person, asked = await self._asked(request)
        self._world.say(person.id, _words(asked), asked.get("reply_to"))
        return web.json_response({})

    async def edit(self, request: web.Request) -> web.Response:
        person, asked = await self._asked(request)
        message = self._world.chats[person.id].get(int(asked.get("message_id") or 0))
        if message is None or message.from_bot or message.text is None:
            raise web.HTTPBadRequest(text="only one's own words can be edited")
        self._world.edit(person.id, message.message_id, _words(asked))
        return web.json_response({})

    async def tap(self, request: web.Request) -> web.Response:
        """Press a button and wait for its answer: {"text", "show_alert"}, or {} when none came."""
        person, asked = await self._asked(request)
        world = self._world
        callback_id = world.tap(person.id, int(asked.get("message_id") or 0), str(asked.get("data") or ""))
        callback = world.callbacks[callback_id]
        await world.wait(lambda: callback.answered is not None, ANSWER_SECONDS)
        return web.json_response(callback.answered or {})

    async def key(self, request: web.Request) -> web.Response:
        """Press a key of the reply keyboard."""
        person, asked = await self._asked(request)
        try:
            self._world.press_reply_key(person.id, str(asked.get("text") or ""))
        except KeyError:
            raise web.HTTPBadRequest(text="there is no such key") from None
        return web.json_response({})

    async def ask_inline(self, request: web.Request) -> web.Response:
        """Type something after the bot's name and wait for what it offers; nothing comes of silence."""
        person, asked = await self._asked(request)
        query = self._world.ask_inline(person.id, str(asked.get("text") or ""))
        await self._world.wait(lambda: query.answered is not None, ANSWER_SECONDS)
        return web.json_response(offered(query))

    async def choose_inline(self, request: web.Request) -> web.Response:
        person, asked = await self._asked(request)
        query = self._world.inline_queries.get(str(asked.get("query")))
        try:
            if query is None or query.person_id != person.id:
                raise KeyError("no such query")
            self._world.choose_inline(query, str(asked.get("result")))
        except KeyError:
            raise web.HTTPBadRequest(text="there is no such result") from None
        return web.json_response({})

    async def send(self, request: web.Request) -> web.Response:
        """Send a photo, voice note or document as a form with `kind` and `file`, or a place or sticker."""
        person = self._person(request)
        form = await request.post()
        upload = form.get("file")
        words = {name: value for name, value in form.items() if isinstance(value, str)}
        try:
            self._send(person, words, upload if isinstance(upload, web.FileField) else None)
        except (KeyError, ValueError):
            raise web.HTTPBadRequest(text="this cannot be sent") from None
        return web.json_response({})

    def _send(self, person: Person, words: dict[str, str], upload: web.FileField | None) -> None:
        world, kind = self._world, words["kind"]
        if kind == "location":
            world.send_location(person.id, float(words["latitude"]), float(words["longitude"]))
        elif kind == "sticker":
            world.send_sticker(person.id, words.get("emoji") or "🙂")
        elif upload is None:
            raise ValueError(kind)
        elif kind == "photo":
            world.send_photo(person.id, upload.file.read(), words.get("caption"))
        elif kind == "voice":
            seconds = round(float(words.get("duration") or 1))
            world.send_voice(person.id, upload.file.read(), max(seconds, 1), upload.content_type)
        elif kind == "document":
            world.send_document(person.id, upload.filename, upload.file.read(), upload.content_type)
        else:
            raise ValueError(kind)

    async def block(self, request: web.Request) -> web.Response:
        person, asked = await self._asked(request)
        self._world.block(person.id, blocked=bool(asked.get("blocked")))
        return web.json_response({})

    async def crowd(self, _request: web.Request) -> web.Response:
        """Let a crowd vote; answered as soon as the first of them has found the ballot, or why not."""
        try:
            await self._crowd.begin()
        except NoVote:
            return web.json_response({"refused": "no vote"})
        except TimeoutError:
            return web.json_response({"refused": "no answer"})
        return web.json_response({})

    async def wipe(self, _request: web.Request) -> web.Response:
        await self._crowd.stop()
        self._world.wipe()
        if self._on_wipe:
            await self._on_wipe()
        self._world.changed()
        return web.json_response({})

    async def _asked(self, request: web.Request) -> tuple[Person, dict[str, Any]]:
        return self._person(request), await _json(request)

    def _person(self, request: web.Request) -> Person:
        number = request.match_info["person"]
        person = self._world.people.get(int(number)) if number.isdecimal() else None
        if person is None:
            raise web.HTTPNotFound(text="there is no such person")
        return person


async def _json(request: web.Request) -> dict[str, Any]:
    try:
        asked = await request.json()
    except json.JSONDecodeError:
        asked = None
    if not isinstance(asked, dict):
        raise web.HTTPBadRequest(text="JSON expected")
    return asked


def _words(asked: dict[str, Any]) -> str:
    """The text of a message, as long as a client would let it be."""
    text = str(asked.get("text") or "").strip()
    if not text:
        raise web.HTTPBadRequest(text="a message needs a text")
    return text[:LONGEST_MESSAGE]
