"""A screen is one message: its text and its buttons. Showing edits the message that was tapped."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import Response
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from markupsafe import Markup

Row = Sequence[InlineKeyboardButton]
Event = Message | CallbackQuery

# aiogram asks pydantic for the class of every answer, and pydantic forgets it with its last instance. Made
# anew it costs more than the answer does, so the classes of the usual answers are held here.
_ANSWERS = (Response[bool], Response[Message], Response[Message | bool])
# Telegram's words when the person already sees what we would show.
_UNCHANGED = "message is not modified"

# Letters of a button that a small phone shows whole, even below a short text, by the buttons in its row.
ROOM = {1: 32, 2: 15, 3: 10, 4: 8, 5: 6, 6: 5, 7: 2}


@dataclass(frozen=True, slots=True)
class Screen:
    """`text` is Telegram HTML; making it `Markup` keeps unescaped words of people out of it."""

    text: Markup
    rows: Sequence[Row] = ()

    @property
    def keyboard(self) -> InlineKeyboardMarkup | None:
        return (
            InlineKeyboardMarkup(inline_keyboard=[list(row) for row in self.rows if row])
            if self.rows
            else None
        )


def button(text: str, callback: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=callback.pack())


def link(text: str, url: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, url=url)


def stacked(buttons: Sequence[InlineKeyboardButton], columns: int = 1) -> list[list[InlineKeyboardButton]]:
    """Lay buttons out in rows of `columns`, fewer where a text would be cut off, read from left to right."""
    rows: list[list[InlineKeyboardButton]] = []
    for each in buttons:
        if rows and len(rows[-1]) < columns and _fit([*rows[-1], each]):
            rows[-1].append(each)
        else:
            rows.append([each])
    return rows


def _fit(row: Sequence[InlineKeyboardButton]) -> bool:
    return all(_width(each.text) <= ROOM[len(row)] for each in row)


def _width(text: str) -> int:
    """In letters; an emoji is two letters wide, and as a rule two code units of UTF-16 long."""
    return len(text.encode("utf-16-le")) // 2


async def show(event: Event, screen: Screen, *, toast: str | None = None) -> None:
    """Answer an event: a button edits its message in place, a message gets a new one below it."""
    if isinstance(event, CallbackQuery):
        await asyncio.gather(acknowledge(event, toast), _replace(event, screen))
    else:
        await send(event.bot, event.chat.id, screen)


async def acknowledge(tap: CallbackQuery, toast: str | None = None, *, alert: bool = False) -> None:
    """Stop the button's spinner. A tap handled late (after a restart) can no longer be answered."""
    try:
        await tap.answer(toast, show_alert=alert)
    except TelegramBadRequest as error:
        if "query is too old" not in str(error):
            raise


async def _replace(tap: CallbackQuery, screen: Screen) -> None:
    if not isinstance(tap.message, Message) or tap.message.text is None:
        await send(tap.bot, tap.from_user.id, screen)
        return
    try:
        await tap.message.edit_text(str(screen.text), reply_markup=screen.keyboard)
    except TelegramBadRequest as error:
        if _UNCHANGED not in str(error):
            # Deleted meanwhile, or too old to be edited: the person still gets the answer.
            await send(tap.bot, tap.from_user.id, screen)


async def send(bot: Bot | None, chat_id: int, screen: Screen, patience: int | None = None) -> Message:
    """A new message; `patience` is for how many seconds Telegram's answer is waited for."""
    if bot is None:
        raise RuntimeError("the update is not bound to a bot")
    return await bot.send_message(
        chat_id, str(screen.text), reply_markup=screen.keyboard, request_timeout=patience
    )
