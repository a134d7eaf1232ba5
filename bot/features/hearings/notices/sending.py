"""The place and the documents of a hearing, sent below its notice."""

from aiogram import Bot

from bot.domain.problem import shortened
from bot.features.hearings.hearing_queries import Document

# More than this of a name no telephone shows.
LONGEST_NAME = 200


async def send_place(bot: Bot, chat_id: int, place: tuple[float, float], title: str, address: str) -> None:
    latitude, longitude = place
    await bot.send_venue(chat_id, latitude, longitude, title or address, address)


async def send_document(bot: Bot, chat_id: int, document: Document) -> None:
    name = shortened(document.name, LONGEST_NAME)
    if document.is_photo:
        await bot.send_photo(chat_id, document.file_id, caption=name, parse_mode=None)
    else:
        await bot.send_document(chat_id, document.file_id, caption=name, parse_mode=None)
