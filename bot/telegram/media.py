"""Photos, voice notes and places: taken from a message, and sent on without the sender's file data."""

from collections.abc import Sequence

from aiogram import Bot
from aiogram.types import Message

from bot.domain.problem import Media, MediaKind


def media_of(message: Message) -> Media | None:
    """What a person attached; a photo sent as a file counts as none."""
    if message.photo:
        return Media(MediaKind.PHOTO, file_id=message.photo[-1].file_id)
    if message.voice:
        return Media(MediaKind.VOICE, file_id=message.voice.file_id)
    if message.location:
        place = message.location
        return Media(MediaKind.LOCATION, latitude=place.latitude, longitude=place.longitude)
    return None


async def send_media(bot: Bot, chat_id: int, media: Sequence[Media], captions: Sequence[str]) -> None:
    """Send each attachment as a message of its own, below the screen that asked for it."""
    for each, caption in zip(media, captions, strict=True):
        if each.kind is MediaKind.PHOTO and each.file_id:
            await bot.send_photo(chat_id, each.file_id, caption=caption, parse_mode=None)
        elif each.kind is MediaKind.VOICE and each.file_id:
            await bot.send_voice(chat_id, each.file_id, caption=caption, parse_mode=None)
        elif each.latitude is not None and each.longitude is not None:
            await bot.send_location(chat_id, each.latitude, each.longitude)
