"""Files that people send, and text files that they get."""

from io import BytesIO

from aiogram.types import BufferedInputFile, Message

from bot.domain.refusals import FileExpected, FileTooLarge


async def download(message: Message, most_bytes: int) -> bytes:
    """The document of a message; refuses a message without one, and one that is too large."""
    if message.document is None or message.bot is None:
        raise FileExpected
    if (message.document.file_size or 0) > most_bytes:
        raise FileTooLarge
    content = BytesIO()
    await message.bot.download(message.document, content)
    return content.getvalue()


async def send_text(message: Message, name: str, words: str, caption: str) -> None:
    """Words that are too many for a message, as a file that any telephone opens."""
    if message.bot is not None:
        file = BufferedInputFile(words.encode("utf-8-sig"), name)
        await message.bot.send_document(message.chat.id, file, caption=caption, parse_mode=None)
