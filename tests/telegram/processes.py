"""Further processes of the bot on the stage's database, and what they take over."""

import asyncio

from bot.telegram.inbox import Inbox
from tests.stage import Stage


def another(stage: Stage) -> Inbox:
    """A second process on the same database."""
    first = stage.app.inbox
    given = {"settings": stage.app.settings, "hashes": stage.app.hashes, "clock": stage.app.parts.clock}
    return Inbox(stage.bot, first._dispatcher, stage.database, given)


async def finish(*inboxes: Inbox) -> None:
    """Wait for all that they have taken over, and let them end as a stop does."""
    for each in inboxes:
        await asyncio.gather(*each._serving)
        await each.close(1)


async def handled_again(stage: Stage) -> None:
    """As after a kill: the successor handles what the stage's process has not struck off yet."""
    heir = another(stage)
    await heir.begin(alone=True)
    await finish(heir)
