"""A token serves one bot: whoever starts a second copy must not make the first one deaf by mistake."""

from aiogram import Bot

from bot.db import link_queries as queries
from bot.db.session import Database
from bot.telegram.startup import CannotStart


async def claim_webhook(bot: Bot, database: Database, url: str | None, *, take_over: bool) -> None:
    """Clear the way for `url`, or for polling where it is None.

    CannotStart when another copy has set a webhook, unless `take_over`. One that this installation has set
    before is its own: the database remembers it.
    """
    found = (await bot.get_webhook_info()).url
    async with database.read() as db:
        own = await queries.find_webhook_url(db)
    if found and found not in (url, own) and not take_over:
        raise CannotStart(
            "BAP_TOKEN: another copy of the bot takes the updates of this token by a webhook. "
            "Stop that copy first; or, to take the updates away from it, start with `bap run --take-over`."
        )
    if url is None and found:
        await bot.delete_webhook()
    if url != own:
        async with database.act() as db:
            await queries.update_webhook_url(db, url)
