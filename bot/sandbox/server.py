"""The sandbox over HTTP: the Bot API for the bot, and the chat page for people. Loopback only."""

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.limits import Limits
from bot.sandbox.methods import BotApi
from bot.sandbox.page_api import page_routes
from bot.sandbox.world import StoredFile, World

LARGEST_UPLOAD = 50 * 1024 * 1024
OnWipe = Callable[[], Awaitable[None]]


def create_app(world: World, on_wipe: OnWipe | None = None, limits: Limits | None = None) -> web.Application:
    """The whole sandbox; `on_wipe` is awaited when somebody wipes everything on the page."""
    app = web.Application(client_max_size=LARGEST_UPLOAD, middlewares=[loopback_only])
    api = BotApi(world, limits)
    app.router.add_route("*", "/bot{token}/{method}", _bot_api(api))
    app.router.add_get("/file/bot{token}/{path}", _bot_file(world))
    app.router.add_get("/", _page)
    app.add_routes(page_routes(world, on_wipe))
    return app


@web.middleware
async def loopback_only(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """No other site may use the sandbox through somebody's browser."""
    if not is_loopback(request.url.host or ""):
        raise web.HTTPForbidden(text="the sandbox answers on this machine only")
    site = request.headers.get("Sec-Fetch-Site", "none")
    if request.method != "GET" and site not in {"none", "same-origin"}:
        raise web.HTTPForbidden(text="requests of other sites are refused")
    return await handler(request)


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _bot_api(api: BotApi) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def call(request: web.Request) -> web.Response:
        params, uploads = await _read(request)
        name, token = request.match_info["method"], request.match_info["token"]
        answer = await api.call(token, name, params, uploads)
        status = 200 if answer["ok"] else answer["error_code"]
        return web.json_response(answer, status=status)

    return call


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, StoredFile]]:
    """The parameters and files of a call, in whichever of the three forms it came."""
    params: dict[str, Any] = dict(request.query)
    uploads: dict[str, StoredFile] = {}
    if request.content_type == "application/json":
        params |= await request.json()
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
            raise web.HTTPNotFound
        return web.Response(body=kept.content, content_type="application/octet-stream")

    return download


async def _page(_request: web.Request) -> web.Response:
    """One page with everything in it: no file of another site is ever asked for."""
    parts = files("bot.sandbox") / "page"
    page = (parts / "index.html").read_text()
    for mark, name in (("/*style*/", "style.css"), ("/*script*/", "script.js")):
        page = page.replace(mark, (parts / name).read_text())
    policy = "default-src 'self' 'unsafe-inline' data: blob:"
    return web.Response(text=page, content_type="text/html", headers={"Content-Security-Policy": policy})


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
