"""Pictures sent together, so that they stand side by side in the chat."""

from collections.abc import Sequence

from aiogram import Bot
from aiogram.types import BufferedInputFile, InputMediaPhoto, Message

# Telegram takes so many in one album.
MOST = 10
Picture = bytes | str


async def send_album(bot: Bot, chat_id: int, pictures: Sequence[Picture], caption: str) -> list[str]:
    """Send PNG pictures, or those that were sent before by their numbers; returns the numbers of all."""
    numbers: list[str] = []
    for begin in range(0, len(pictures), MOST):
        page = pictures[begin : begin + MOST]
        # One album has one caption, that of its first picture.
        media = [_photo(each, "" if place else caption) for place, each in enumerate(page)]
        if len(media) == 1:
            sent = [await bot.send_photo(chat_id, media[0].media, caption=caption, parse_mode=None)]
        else:
            sent = await bot.send_media_group(chat_id, list(media))
        numbers += [_number(message) for message in sent]
    return numbers


def _photo(picture: Picture, caption: str) -> InputMediaPhoto:
    return InputMediaPhoto(media=_file(picture), caption=caption or None, parse_mode=None)


def _file(picture: Picture) -> BufferedInputFile | str:
    return picture if isinstance(picture, str) else BufferedInputFile(picture, "picture.png")


def _number(message: Message) -> str:
    return message.photo[-1].file_id if message.photo else ""
