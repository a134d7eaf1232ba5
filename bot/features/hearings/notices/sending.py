"""The place and the documents of a hearing, sent below its notice."""

from aiogram import Bot

from bot.domain.text import shortened
from bot.features.hearings.hearing_queries import Document
from bot.telegram.files import send_stored

# More than this of a name no telephone shows.
LONGEST_NAME = 200


async def send_place(bot: Bot, chat_id: int, place: tuple[float, float], title: str, address: str) -> None:
    latitude, longitude = place
    await bot.send_venue(chat_id, latitude, longitude, title or address, address)


async def send_document(bot: Bot, chat_id: int, document: Document) -> None:
    name = shortened(document.name, LONGEST_NAME)
    await send_stored(bot, chat_id, document.file_id, name, is_photo=document.is_photo)
