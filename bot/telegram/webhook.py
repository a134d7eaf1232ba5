"""The webhook: an update is acknowledged with 200 only after its act is committed."""

import asyncio
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram import Bot
from aiogram.types import Update
from aiohttp import web
from pydantic import ValidationError

from bot.telegram.first_call import CannotStart
from bot.telegram.inbox import Inbox

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name, not a secret
PATH = "/telegram"
LARGEST_UPDATE = 1024 * 1024
LAST_ACTS_SECONDS = 15


def webhook_app(bot: Bot, inbox: Inbox, secret: str) -> web.Application:
    """An application that answers POST /telegram (403 without the secret) and GET /health."""

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=403)
        try:
            update = Update.model_validate_json(await request.read(), context={"bot": bot})
        except ValidationError:
            return web.Response(status=400)
        # Telegram hanging up must not undo an act half way.
        await asyncio.shield(asyncio.create_task(inbox.handle(update)))
        return web.Response()

    async def health(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    app = web.Application(client_max_size=LARGEST_UPDATE)
    app.add_routes([web.post(PATH, receive), web.get("/health", health)])
    return app


@asynccontextmanager
async def served(app: web.Application, host: str, port: int) -> AsyncIterator[None]:
    """Serve while the block runs; then let the acts at work finish. CannotStart when the port is taken."""
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=LAST_ACTS_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise CannotStart(f"BAP_WEBHOOK_PORT: {host}:{port} cannot be served: {error.strerror}") from None
        yield
    finally:
        await runner.cleanup()
