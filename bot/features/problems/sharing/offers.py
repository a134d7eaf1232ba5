"""A problem as an article that Telegram lists while somebody types, and the message it becomes."""

from aiogram.types import (
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)

from bot.domain.text import shortened
from bot.features.problems import sharing_texts as sharing
from bot.features.problems.sharing import texts
from bot.features.problems.sharing.queries import Offer
from bot.telegram.screen import link

# Telegram shows about two lines below the title.
LONGEST_DESCRIPTION = 110
# What the bot is started with by who has to settle first: it says where they came from, and asks for nothing.
FROM_INLINE = "inline"


def article(offer: Offer, username: str) -> InlineQueryResultArticle:
    """The button leads to the card, where supporting is possible."""
    button = link(sharing.open_in_bot(), sharing.problem_link(username, offer.id))
    return InlineQueryResultArticle(
        id=f"p{offer.id}",
        title=texts.title(offer),
        description=shortened(offer.text, LONGEST_DESCRIPTION),
        input_message_content=InputTextMessageContent(message_text=str(texts.message(offer))),
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]),
    )


def first_visit() -> InlineQueryResultsButton:
    return InlineQueryResultsButton(text=texts.first_visit(), start_parameter=FROM_INLINE)


def nothing_found() -> InlineQueryResultsButton:
    return InlineQueryResultsButton(text=texts.nothing_found(), start_parameter=FROM_INLINE)
