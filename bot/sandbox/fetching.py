"""The methods by which the bot gets its updates and files."""

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.api import BotApi, Files, Params, method, number, truth
from bot.sandbox.refused import BadRequest, Conflict
from bot.sandbox.rules import as_json
from bot.sandbox.world import World

MOST_UPDATES = 100
LONGEST_POLL = 50
MOST_CONNECTIONS = 100
USUAL_CONNECTIONS = 40
LARGEST_DOWNLOAD = 20 * 1024 * 1024
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
BY_WEBHOOK = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
BY_SETTING = "terminated by setWebhook request"
ANOTHER_POLLS = "terminated by other getUpdates request; make sure that only one bot instance is running"


@method("getUpdates")
async def get_updates(api: BotApi, params: Params, _files: Files) -> Any:
    world, offset = api.world, number(params, "offset")
    if world.webhook:
        raise Conflict(BY_WEBHOOK)
    _remember_allowed(world, params)
    if offset:
        world.confirm(offset)
    api.newest_poll += 1
    mine = api.newest_poll
    seconds = min(number(params, "timeout"), LONGEST_POLL)
    # The one who waits longest gives way, as when two machines poll with the same token.
    world.wake()
    if seconds > 0:
        await world.wait(lambda: bool(world.updates or world.webhook) or api.newest_poll != mine, seconds)
    if world.webhook:
        raise Conflict(BY_SETTING)
    if api.newest_poll != mine:
        raise Conflict(ANOTHER_POLLS)
    world.forget_expired()
    limit = number(params, "limit") or MOST_UPDATES
    return world.updates[: min(max(limit, 1), MOST_UPDATES)]


def _remember_allowed(world: World, params: Params) -> None:
    """The kinds asked for hold until others are asked for; an empty list means the usual ones."""
    if params.get("allowed_updates") is not None:
        world.allowed = [str(kind) for kind in as_json(params["allowed_updates"]) or []]


@method("setWebhook")
async def set_webhook(api: BotApi, params: Params, _files: Files) -> Any:
    url, secret = str(params.get("url") or ""), str(params.get("secret_token") or "")
    if secret and not SECRET.fullmatch(secret):
        raise BadRequest("secret token contains unallowed characters")
    if url and not _on_this_machine(url):
        raise BadRequest("bad webhook: the sandbox sends updates to this machine only")
    _remember_allowed(api.world, params)
    if truth(params.get("drop_pending_updates")):
        api.world.updates.clear()
    connections = number(params, "max_connections") or USUAL_CONNECTIONS
    most = min(max(connections, 1), MOST_CONNECTIONS)
    webhook = {"url": url, "secret_token": secret, "max_connections": most}
    api.world.webhook = webhook if url else {}
    return True


def _on_this_machine(url: str) -> bool:
    """Telegram asks for https; updates that leave this machine no way out may go over http."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        near = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        near = False
    return near and parts.scheme in {"http", "https"}


@method("deleteWebhook")
async def delete_webhook(api: BotApi, params: Params, _files: Files) -> Any:
    api.world.webhook = {}
    if truth(params.get("drop_pending_updates")):
        api.world.updates.clear()
    return True


@method("getWebhookInfo")
async def get_webhook_info(api: BotApi, _params: Params, _files: Files) -> Any:
    webhook = api.world.webhook
    api.world.forget_expired()
    info = {
        "url": webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(api.world.updates),
        "allowed_updates": api.world.allowed,
    }
    known = ("max_connections", "last_error_date", "last_error_message")
    return {**info, **{name: webhook[name] for name in known if name in webhook}}


@method("getFile")
async def get_file(api: BotApi, params: Params, _files: Files) -> Any:
    file_id = str(params.get("file_id") or "")
    kept = api.world.files.get(file_id)
    if kept is None:
        raise BadRequest("wrong file_id or the file is temporarily unavailable")
    if len(kept.content) > LARGEST_DOWNLOAD:
        raise BadRequest("file is too big")
    numbers = {"file_unique_id": f"u{file_id[-12:]}", "file_size": len(kept.content)}
    return {"file_id": file_id, **numbers, "file_path": file_id}
