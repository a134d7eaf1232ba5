"""The bot's name and a word, typed in any chat: public problems of one's own municipality to choose from."""

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineQuery, InlineQueryResultArticle, InlineQueryResultsButton

from bot.db.session import Database
from bot.domain.roles import Resident
from bot.features.problems.sharing import offers
from bot.features.problems.sharing.queries import list_offered
from bot.telegram.names import username_of

router = Router(name="inline")
# Long enough for who types the same again at once, short enough for what was published a minute ago.
CACHE_SECONDS = 10
# A slow network or a restart in between: nobody waits for these results any more.
_TOO_LATE = "query is too old"


@router.inline_query()
async def offer_problems(query: InlineQuery, bot: Bot, database: Database, resident: Resident | None) -> None:
    if resident is None or not resident.is_settled:
        await _answer(query, [], offers.first_visit())
        return
    async with database.read() as db:
        found = await list_offered(db, resident.municipality_id or 0, query.query, resident.language)
    username = await username_of(bot)
    articles = [offers.article(each, username) for each in found]
    await _answer(query, articles, None if articles else offers.nothing_found())


async def _answer(
    query: InlineQuery, articles: list[InlineQueryResultArticle], button: InlineQueryResultsButton | None
) -> None:
    """For this person only: it is their municipality and language. Who has to settle first may do so now."""
    seconds = CACHE_SECONDS if articles else 0
    try:
        await query.answer([*articles], cache_time=seconds, is_personal=True, button=button)
    except TelegramBadRequest as error:
        if _TOO_LATE not in str(error):
            raise
