"""Linking groups and channels: the officer's side in private, and what is written in the chats themselves."""

import asyncio
import re
from datetime import datetime

import structlog
from aiogram import Bot, F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import save_delivery
from bot.db.queries import Subject, save_journal
from bot.db.session import Database
from bot.domain.roles import Resident, Role, allowed
from bot.domain.visible import visible
from bot.features.hearings.officer_home import (
    chat_queries as queries,
    chat_screens as screens,
    chat_texts as texts,
)
from bot.features.hearings.officer_home.callbacks import ListChats, MakeChatCode, OpenChat, UnlinkChat
from bot.features.hearings.officer_home.chat_queries import LinkedChat, Linking
from bot.features.hearings.officer_home.deliveries import LINKED
from bot.telegram.act import Act, AlreadyActed
from bot.telegram.names import username_of
from bot.telegram.screen import Screen, send, show

log = structlog.get_logger()
router = Router(name="chats")
# Whatever Telegram asks for in a group, nobody waits for it longer.
ANSWER_SECONDS = 10
# In groups and channels nothing else is listened to.
in_chats = Router(name="in chats")
for _observer in (in_chats.message, in_chats.my_chat_member):
    _observer.filter(F.chat.type != ChatType.PRIVATE)
_WITH_CODE = re.compile(r"/(?:start|link)(?:@\w+)?\s+(\S{1,64})\s*")
_AWAY = {ChatMemberStatus.LEFT, ChatMemberStatus.KICKED}


@router.callback_query(ListChats.filter())
async def list_chats(
    tap: CallbackQuery, callback_data: ListChats, database: Database, resident: Resident
) -> None:
    resident.require(Role.OFFICER, callback_data.municipality_id)
    await show(tap, await _chats(database, callback_data.municipality_id))


@router.callback_query(MakeChatCode.filter())
async def make_chat_code(
    tap: CallbackQuery, bot: Bot, callback_data: MakeChatCode, act: Act, resident: Resident
) -> None:
    resident.require(Role.OFFICER, callback_data.municipality_id)
    async with act() as db:
        code = await queries.save_code(db, callback_data.municipality_id, resident.id, act.now)
        await save_journal(db, "chat.code", by=resident.id, of=Subject(callback_data.municipality_id))
    await show(tap, screens.steps(callback_data.municipality_id, code, await username_of(bot)))


@router.callback_query(OpenChat.filter())
async def open_chat(
    tap: CallbackQuery, callback_data: OpenChat, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        chat = await _officer_s(db, resident, callback_data.chat_id)
    await show(tap, screens.chat(chat))


@router.callback_query(UnlinkChat.filter())
async def unlink_chat(
    tap: CallbackQuery, callback_data: UnlinkChat, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        chat = await _officer_s(db, resident, callback_data.chat_id)
        if await queries.save_unlinked(db, chat.id, act.now):
            await save_journal(db, "chat.unlinked", by=resident.id, of=chat)
    await show(tap, await _chats(database, chat.municipality_id))


async def _chats(database: Database, municipality_id: int) -> Screen:
    async with database.read() as db:
        return screens.chats(municipality_id, await queries.list_chats(db, municipality_id))


async def _officer_s(db: AsyncConnection, resident: Resident, chat_id: int) -> LinkedChat:
    return allowed(resident, await queries.find_chat(db, chat_id), Role.OFFICER)


# In the chats themselves -----------------------------------------------------------------------------------


@in_chats.message(F.migrate_to_chat_id)
async def follow_chat(message: Message, act: Act) -> None:
    async with act() as db:
        await queries.save_moved(db, message.chat.id, message.migrate_to_chat_id or 0)


@in_chats.message()
@in_chats.channel_post()
async def link_chat(message: Message, act: Act) -> None:
    """The officer who took the code links the chat. In the name of a group or channel anybody may write
    who runs it; who that was is not seen, so the officer is told and can undo it.
    """
    found = _WITH_CODE.fullmatch(message.text or "")
    if found is None:
        return
    try:
        async with act() as db:
            linking, is_answered = await _link(db, message, found[1], act.now)
    except AlreadyActed:
        return
    if is_answered:
        await _say(message, Screen(texts.outcome(linking.outcome, linking.municipality)))


async def _link(db: AsyncConnection, message: Message, code: str, now: datetime) -> tuple[Linking, bool]:
    """Link the chat if the code is good; and whether to say there what came of it.

    A channel is for its readers; there the officer alone is told, in private.
    """
    chat = message.chat
    title, is_channel = visible(chat.title or ""), chat.type == ChatType.CHANNEL
    sender = message.from_user.id if message.from_user and not message.sender_chat else None
    linking = await queries.save_linked(db, code, chat.id, title, now, is_channel=is_channel, sender=sender)
    await _note_linked(db, linking, title, now)
    return linking, not is_channel and (linking.is_new or await queries.save_answered(db, chat.id, now))


async def _say(message: Message, screen: Screen) -> None:
    """A nicety in a chat of many: its troubles are not tried again, and hold up nobody."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await send(message.bot, message.chat.id, screen)
    except (TelegramAPIError, TimeoutError) as error:
        log.info("a group could not be answered", trouble=type(error).__name__)


async def _note_linked(db: AsyncConnection, linking: Linking, title: str, now: datetime) -> None:
    if not linking.is_new:
        return
    await save_journal(
        db, "chat.linked", by=linking.made_by, of=Subject(linking.municipality_id, linking.chat_id)
    )
    await save_delivery(
        db,
        notice=f"chat:{linking.chat_id}:linked:{now:%Y%m%d%H%M%S%f}",
        resident_id=linking.made_by,
        kind=LINKED,
        facts={"title": title, "chat_id": linking.chat_id},
    )


@in_chats.my_chat_member()
async def note_place(change: ChatMemberUpdated, act: Act) -> None:
    """Where the bot was sent away from, or may not write, nothing is posted any more.

    Where it was added, it waits for a while to be linked.
    """
    member, now = change.new_chat_member, act.now
    silenced = getattr(member, "can_post_messages", None) is False and change.chat.type == ChatType.CHANNEL
    async with act() as db:
        if member.status in _AWAY or silenced or getattr(member, "can_send_messages", None) is False:
            await queries.save_left(db, change.chat.id, now)
        if member.status not in _AWAY and not await queries.find_whether_linked(db, change.chat.id):
            await queries.save_stranger(db, change.chat.id, now)
