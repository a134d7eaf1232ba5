"""The webhook: an update is acknowledged with 200 as soon as it is kept; and the watch over it."""

import asyncio
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiohttp import web

from bot.telegram.errors import passes
from bot.telegram.health import Health
from bot.telegram.inbox import Inbox
from bot.telegram.pulse import Pulse
from bot.telegram.raw_updates import number_of
from bot.telegram.startup import CannotStart

log = structlog.get_logger()
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name, not a secret
PATH = "/telegram"
# Far more than Telegram sends: what is refused would come again and again.
LARGEST_UPDATE = 16 * 1024 * 1024
LAST_CALLS_SECONDS = 5
# So often that one look that fails makes no gap in what was heard.
CHECK_SECONDS = 30.0
# Telegram obeys it; meanwhile it keeps the update.
COME_AGAIN_SECONDS = 2


def webhook_app(inbox: Inbox, pulse: Pulse, health: Health, secret: str) -> web.Application:
    """Answers POST /telegram (403 without the secret), GET /alive for a proxy and GET /health for people."""

    async def receive(request: web.Request) -> web.Response:
        if not _is_secret(request.headers.get(SECRET_HEADER, ""), secret):
            return web.Response(status=403)
        raw = _parsed(await request.read())
        if number_of(raw) is None:
            return web.Response(status=400)
        pulse.hear()
        try:
            await inbox.take([raw])
        except Exception as error:
            if not passes(error):
                raise
            log.warning("no updates are taken", trouble=type(error).__name__)
            return web.Response(status=503, headers={"Retry-After": str(COME_AGAIN_SECONDS)})
        return web.Response()

    async def alive(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def report(_request: web.Request) -> web.Response:
        found = await health.examine()
        return web.json_response(found.as_dict(), status=200 if found.is_well else 503)

    app = web.Application(client_max_size=LARGEST_UPDATE)
    app.add_routes([web.post(PATH, receive), web.get("/alive", alive), web.get("/health", report)])
    return app


def _is_secret(given: str, secret: str) -> bool:
    # A header may hold any bytes; those that are no UTF-8 come as surrogates.
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode())


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


@asynccontextmanager
async def served(app: web.Application, host: str, port: int) -> AsyncIterator[None]:
    """Serve while the block runs. CannotStart when the port is taken."""
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=LAST_CALLS_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise CannotStart(f"BAP_WEBHOOK_PORT: {host}:{port} cannot be served: {error.strerror}") from None
        yield
    finally:
        await runner.cleanup()


class Watch:
    """Looks twice a minute whether Telegram still calls this bot, and says so loudly when it does not."""

    def __init__(self, bot: Bot, pulse: Pulse, url: str, secret: str, allowed_updates: list[str]) -> None:
        self._bot = bot
        self._pulse = pulse
        self._url = url
        self._secret = secret
        self._allowed = allowed_updates
        self.is_set = False

    async def set(self) -> None:
        """Tell Telegram where to call."""
        await self._bot.set_webhook(self._url, secret_token=self._secret, allowed_updates=self._allowed)
        self.is_set = True
        self._pulse.hear()

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            try:
                await self.look()
            except AiogramError as error:
                log.warning("the webhook could not be looked at", trouble=type(error).__name__)

    async def look(self) -> None:
        info = await self._bot.get_webhook_info()
        self.is_set = info.url == self._url
        if self.is_set:
            # Whatever was pressed has come: nothing waits at Telegram, or it is on its way.
            if not info.pending_update_count:
                self._pulse.hear()
            return
        log.error(
            "SOMEBODY TOOK THE WEBHOOK AWAY: a second copy runs with this token. It is set anew.",
            is_elsewhere=bool(info.url),
        )
        await self.set()
