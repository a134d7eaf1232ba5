"""Pushes updates to the bot's webhook as Telegram does: again and again until it answers with 2xx."""

import asyncio
import json
import time
from functools import partial
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.sandbox.api import BotApi
from bot.sandbox.world import TOKEN

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 30.0
ANSWER_SECONDS = 60
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name, not a secret


async def push_updates(api: BotApi) -> None:
    """Send what waits, in order, as many at once as the webhook allows; until cancelled."""
    pusher = Pusher(api)
    async with (
        ClientSession(timeout=ClientTimeout(total=ANSWER_SECONDS)) as session,
        asyncio.TaskGroup() as tasks,
    ):
        while True:
            await api.world.wait(lambda: bool(pusher.waiting()), ANSWER_SECONDS)
            for update in pusher.waiting():
                pusher.on_the_way.add(update["update_id"])
                task = tasks.create_task(pusher.push(session, update))
                task.add_done_callback(partial(pusher.arrived, update["update_id"]))


class Pusher:
    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._world = api.world
        self.on_the_way: set[int] = set()

    def waiting(self) -> list[dict[str, Any]]:
        """The updates to be sent now; nothing while no webhook is set."""
        if not self._world.webhook:
            return []
        self._world.forget_expired()
        free = self._world.webhook["max_connections"] - len(self.on_the_way)
        found = [each for each in self._world.updates if each["update_id"] not in self.on_the_way]
        return found[: max(free, 0)]

    def arrived(self, update_id: int, _task: asyncio.Task[None]) -> None:
        self.on_the_way.discard(update_id)
        self._world.wake()

    async def push(self, session: ClientSession, update: dict[str, Any]) -> None:
        """Try until it is taken, ever more slowly; give up when the webhook is removed or replaced."""
        webhook, pause = self._world.webhook, FIRST_PAUSE
        while self._world.webhook is webhook and update in self._world.updates:
            if await self._is_taken(session, webhook, update):
                if update in self._world.updates:
                    self._world.updates.remove(update)
                self._world.changed()
                return
            self._world.forget_expired()
            # A webhook set anew is told at once.
            await self._world.wait(lambda: self._world.webhook is not webhook, pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _is_taken(
        self, session: ClientSession, webhook: dict[str, Any], update: dict[str, Any]
    ) -> bool:
        headers = {SECRET_HEADER: webhook["secret_token"]} if webhook["secret_token"] else {}
        try:
            async with session.post(webhook["url"], json=update, headers=headers) as response:
                if response.ok:
                    await self._obey(await response.read(), response.content_type)
                    return True
                trouble = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (ClientError, TimeoutError) as error:
            trouble = f"{type(error).__name__}: {error}"
        webhook |= {"last_error_date": int(time.time()), "last_error_message": trouble}
        return False

    async def _obey(self, body: bytes, content_type: str) -> None:
        """A webhook may answer with a call, which then is made without telling it the result."""
        if content_type != "application/json" or not body.strip():
            return
        try:
            call = json.loads(body)
        except ValueError:
            return
        if isinstance(call, dict) and "method" in call:
            await self._api.call(TOKEN, str(call.pop("method")), call)
