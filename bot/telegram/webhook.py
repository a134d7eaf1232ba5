"""The webhook: an update is acknowledged with 200 only after its act is committed."""

import asyncio
import hmac

from aiogram import Bot
from aiogram.types import Update
from aiohttp import web
from pydantic import ValidationError

from bot.telegram.inbox import Inbox

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name, not a secret
PATH = "/telegram"
LARGEST_UPDATE = 1024 * 1024


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


async def serve_webhook(app: web.Application, host: str, port: int) -> None:
    """Serve until cancelled."""
    runner = web.AppRunner(app, access_log=None, handle_signals=False)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
