"""Groups and channels in the office."""

from collections.abc import Sequence

from bot.domain.text import shortened
from bot.features.hearings.officer_home import chat_texts as texts
from bot.features.hearings.officer_home.callbacks import (
    ListChats,
    MakeChatCode,
    OpenChat,
    OpenOfficeOf,
    UnlinkChat,
)
from bot.features.hearings.officer_home.chat_queries import LinkedChat
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.screen import ROOM, Row, Screen, button, link, stacked

MOST_SHOWN = 6


def chats(municipality_id: int, found: Sequence[LinkedChat]) -> Screen:
    titles = [
        button(shortened(chat.title, ROOM[1]), OpenChat(chat_id=chat.id)) for chat in found[:MOST_SHOWN]
    ]
    return Screen(
        texts.linked(found),
        [
            *stacked(titles),
            [button(texts.link_another(), MakeChatCode(municipality_id=municipality_id))],
            [button(common.back(), OpenOfficeOf(municipality_id=municipality_id))],
        ],
    )


def steps(municipality_id: int, code: str, bot_username: str) -> Screen:
    return Screen(
        texts.steps(code),
        [
            [link(texts.choose_group(), f"https://t.me/{bot_username}?startgroup={code}")],
            [button(common.back(), ListChats(municipality_id=municipality_id))],
        ],
    )


def chat(found: LinkedChat) -> Screen:
    return Screen(
        texts.about(found),
        [
            [button(texts.unlink(), UnlinkChat(chat_id=found.id))],
            [button(common.back(), ListChats(municipality_id=found.municipality_id))],
        ],
    )


def heard_linked(title: str, chat_id: int | None = None) -> Screen:
    """Whoever finds a group there that is none of theirs takes it out at once."""
    undo: list[Row] = [[button(texts.unlink(), UnlinkChat(chat_id=chat_id))]] if chat_id else []
    return Screen(texts.heard_linked(title), [*undo, [home_button()]])
