"""The sandbox over HTTP: the Bot API for the bot, and the chat page for people. Loopback only."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.guard import is_loopback, loopback_only
from bot.sandbox.limits import Limits
from bot.sandbox.methods import BotApi
from bot.sandbox.page import page
from bot.sandbox.page_api import add_page_api
from bot.sandbox.pusher import push_updates
from bot.sandbox.refused import BadRequest, NotFound
from bot.sandbox.world import StoredFile, World

LARGEST_UPLOAD = 50 * 1024 * 1024
OnWipe = Callable[[], Awaitable[None]]
# Where a test finds what the server has seen of its limits.
API = web.AppKey("api", BotApi)
Upload = tuple[dict[str, Any], dict[str, StoredFile]]


def create_app(world: World, on_wipe: OnWipe | None = None, limits: Limits | None = None) -> web.Application:
    """The whole sandbox; `on_wipe` is awaited when somebody wipes everything on the page."""
    app = web.Application(client_max_size=LARGEST_UPLOAD, middlewares=[loopback_only])
    app[API] = api = BotApi(world, limits)
    app.router.add_route("*", "/bot{token}/{method}", _bot_api(api))
    app.router.add_get("/file/bot{token}/{path}", _bot_file(world))
    app.router.add_get("/", page)
    add_page_api(app, world, on_wipe)
    app.cleanup_ctx.append(_pushing(api))
    return app


def _pushing(api: BotApi) -> Callable[[web.Application], AsyncIterator[None]]:
    async def push(_app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(push_updates(api))
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    return push


def _bot_api(api: BotApi) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def call(request: web.Request) -> web.Response:
        try:
            params, uploads = await _read(request)
        except ValueError:
            return _answer(BadRequest("can't parse the body of the request").envelope())
        name, token = request.match_info["method"], request.match_info["token"]
        return _answer(await api.call(token, name, params, uploads))

    return call


def _answer(envelope: dict[str, Any]) -> web.Response:
    return web.json_response(envelope, status=200 if envelope["ok"] else envelope["error_code"])


async def _read(request: web.Request) -> Upload:
    """The parameters and files of a call, in whichever of the three forms it came."""
    params: dict[str, Any] = dict(request.query)
    uploads: dict[str, StoredFile] = {}
    if request.content_type == "application/json":
        given = json.loads(await request.text() or "{}")
        if not isinstance(given, dict):
            raise ValueError("an object was expected")
        params |= given
    elif request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name:
                await _read_part(part, params, uploads)
    elif request.method == "POST":
        params |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return params, uploads


async def _read_part(part: BodyPartReader, params: dict[str, Any], uploads: dict[str, StoredFile]) -> None:
    name = part.name or ""
    if part.filename is None:
        params[name] = await part.text()
        return
    mime = part.headers.get("Content-Type", "")
    uploads[name] = StoredFile(part.filename, mime, bytes(await part.read()))
    params.setdefault(name, f"attach://{name}")


def _bot_file(world: World) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def download(request: web.Request) -> web.Response:
        kept = world.files.get(request.match_info["path"])
        if kept is None:
            return _answer(NotFound("").envelope())
        return web.Response(body=kept.content, content_type="application/octet-stream")

    return download


async def serve(app: web.Application, host: str, port: int, ready: asyncio.Future[int] | None = None) -> None:
    """Serve until cancelled; `ready` is given the port. Refuses any address but loopback (ValueError)."""
    if not is_loopback(host):
        raise ValueError("the sandbox is for this machine only: it serves on 127.0.0.1")
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        if ready is not None:
            ready.set_result(runner.addresses[0][1])
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
