"""Pushes updates to the bot's webhook as Telegram does: again and again until it answers with 2xx."""

import asyncio
from functools import partial

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.sandbox.world import World

MOST_AT_ONCE = 40
AGAIN_SECONDS = 0.5
ANSWER_SECONDS = 60
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name, not a secret


async def push_updates(world: World) -> None:
    """Run until cancelled; does nothing while no webhook is set."""
    on_the_way: set[int] = set()

    def waiting() -> list[int]:
        if not world.webhook.get("url") or len(on_the_way) >= MOST_AT_ONCE:
            return []
        return [each["update_id"] for each in world.updates if each["update_id"] not in on_the_way]

    timeout = ClientTimeout(total=ANSWER_SECONDS)
    async with ClientSession(timeout=timeout) as session, asyncio.TaskGroup() as tasks:
        while True:
            await world.wait(lambda: bool(waiting()), ANSWER_SECONDS)
            for update_id in waiting()[: MOST_AT_ONCE - len(on_the_way)]:
                on_the_way.add(update_id)
                task = tasks.create_task(_push(session, world, update_id))
                task.add_done_callback(partial(_arrived, on_the_way, update_id))


def _arrived(on_the_way: set[int], update_id: int, _task: asyncio.Task[None]) -> None:
    on_the_way.discard(update_id)


async def _push(session: ClientSession, world: World, update_id: int) -> None:
    update = next((each for each in world.updates if each["update_id"] == update_id), None)
    url, secret = world.webhook.get("url"), world.webhook.get("secret_token")
    if update is None or not url:
        return
    try:
        headers = {SECRET_HEADER: str(secret)} if secret else {}
        async with session.post(url, json=update, headers=headers) as response:
            taken = response.ok
    except (ClientError, TimeoutError):
        taken = False
    if taken:
        world.updates = [each for each in world.updates if each["update_id"] != update_id]
        world.changed()
    else:
        await asyncio.sleep(AGAIN_SECONDS)
        world.changed()
