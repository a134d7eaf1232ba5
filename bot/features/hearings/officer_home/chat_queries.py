"""Groups and channels that a municipality has linked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Chat, ChatCode, GrantRow, Municipality as MunicipalityRow, ResidentRow, StrangeChat
from bot.db.queries import upsert_into
from bot.domain.codes import hash_of, new_code
from bot.domain.places import Name
from bot.domain.roles import Role

CODE_LASTS = timedelta(hours=1)
# In one chat, a code that links nothing is answered so often and no more: anybody can make it up.
ANSWERED_EVERY = timedelta(hours=1)
# A chat that is not linked by then is left.
LINKED_WITHIN = timedelta(days=1)
TRIED_AGAIN_AFTER = timedelta(hours=1)
LONGEST_TITLE = 200
NOWHERE = Name("", "")


class Outcome(StrEnum):
    """What came of a code that somebody sent. It expires with the role of whoever made it, too."""

    LINKED = "linked"
    USED = "used"
    NOT_THEIRS = "not_theirs"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LinkedChat:
    id: int
    municipality_id: int
    title: str
    is_channel: bool


@dataclass(frozen=True, slots=True)
class Linking:
    """`is_new` when this very message has linked the chat; `made_by` is the officer whose code it was."""

    outcome: Outcome
    is_new: bool = False
    chat_id: int = 0
    municipality_id: int = 0
    municipality: Name = NOWHERE
    made_by: int = 0


async def save_code(db: AsyncConnection, municipality_id: int, made_by: int, now: datetime) -> str:
    code = new_code()
    await db.execute(
        insert(ChatCode).values(
            code_hash=hash_of(code),
            municipality_id=municipality_id,
            made_by=made_by,
            created_at=now,
            expires_at=now + CODE_LASTS,
        )
    )
    return code


async def list_chats(db: AsyncConnection, municipality_id: int) -> list[LinkedChat]:
    rows = await db.execute(
        select(Chat.id, Chat.municipality_id, Chat.title, Chat.is_channel)
        .where(Chat.municipality_id == municipality_id, Chat.left_at.is_(None))
        .order_by(Chat.title)
    )
    return [LinkedChat(*row) for row in rows]


async def find_chat(db: AsyncConnection, chat_id: int) -> LinkedChat | None:
    """A chat that is linked now."""
    row = (
        await db.execute(
            select(Chat.id, Chat.municipality_id, Chat.title, Chat.is_channel).where(
                Chat.id == chat_id, Chat.left_at.is_(None)
            )
        )
    ).first()
    return LinkedChat(*row) if row else None


async def find_whether_linked(db: AsyncConnection, telegram_id: int) -> bool:
    linked = exists().where(Chat.telegram_id == telegram_id, Chat.left_at.is_(None))
    return bool((await db.execute(select(linked))).scalar())


async def save_linked(
    db: AsyncConnection,
    code: str,
    telegram_id: int,
    title: str,
    now: datetime,
    *,
    is_channel: bool,
    sender: int | None = None,
) -> Linking:
    """Link a chat by a code that is good once, as long as the officer who made it is one.

    The same message again finds it linked. `sender` is who wrote it, by their Telegram number, where that is
    seen: whoever reads a code in a group cannot link a group of their own with it.
    """
    if sender is not None and await _is_of_another(db, code, sender):
        return Linking(Outcome.NOT_THEIRS)
    used = await _use(db, code, now)
    if used is None:
        return await _why_not(db, code, telegram_id)
    linked = {
        "municipality_id": used.municipality_id,
        "title": title[:LONGEST_TITLE],
        "is_channel": is_channel,
        "linked_at": now,
        "linked_by": used.made_by,
        "left_at": None,
    }
    chat_id = await _save_chat(db, telegram_id, linked)
    name = await _name(db, used.municipality_id)
    return Linking(Outcome.LINKED, True, chat_id, used.municipality_id, name, used.made_by)


async def _use(db: AsyncConnection, code: str, now: datetime) -> Row[int, int | None] | None:
    """The municipality of a code that was good until now, and who had made it."""
    used = (
        update(ChatCode)
        .where(
            ChatCode.code_hash == hash_of(code),
            ChatCode.used_at.is_(None),
            ChatCode.expires_at > now,
            _is_of_an_officer(),
        )
        .values(used_at=now)
        .returning(ChatCode.municipality_id, ChatCode.made_by)
    )
    return (await db.execute(used)).first()


async def _save_chat(db: AsyncConnection, telegram_id: int, linked: Mapping[str, Any]) -> int:
    statement = upsert_into(db, Chat).values(telegram_id=telegram_id, **linked)
    saved = statement.on_conflict_do_update(index_elements=[Chat.telegram_id], set_=linked)
    chat_id = (await db.execute(saved.returning(Chat.id))).scalar_one()
    await save_no_stranger(db, telegram_id)
    return chat_id


def _is_of_an_officer() -> ColumnElement[bool]:
    return exists().where(
        GrantRow.resident_id == ChatCode.made_by,
        GrantRow.municipality_id == ChatCode.municipality_id,
        GrantRow.role == Role.OFFICER,
        GrantRow.withdrawn_at.is_(None),
    )


async def _is_of_another(db: AsyncConnection, code: str, sender: int) -> bool:
    made_by = (
        select(ResidentRow.telegram_id)
        .join(ChatCode, ChatCode.made_by == ResidentRow.id)
        .where(ChatCode.code_hash == hash_of(code), ChatCode.used_at.is_(None))
    )
    maker = (await db.execute(made_by)).scalar()
    return maker is not None and maker != sender


async def _why_not(db: AsyncConnection, code: str, telegram_id: int) -> Linking:
    row = (await db.execute(select(ChatCode.used_at).where(ChatCode.code_hash == hash_of(code)))).first()
    if row is None:
        return Linking(Outcome.UNKNOWN)
    if row.used_at is None:
        return Linking(Outcome.EXPIRED)
    mine = (
        await db.execute(
            select(Chat.id, Chat.municipality_id).where(
                Chat.telegram_id == telegram_id, Chat.linked_at == row.used_at, Chat.left_at.is_(None)
            )
        )
    ).first()
    if mine is None:
        return Linking(Outcome.USED)
    return Linking(
        Outcome.LINKED,
        chat_id=mine.id,
        municipality_id=mine.municipality_id,
        municipality=await _name(db, mine.municipality_id),
    )


async def save_answered(db: AsyncConnection, telegram_id: int, now: datetime) -> bool:
    """Whether a code that links nothing may be answered in this chat now: once in a while it may."""
    statement = upsert_into(db, StrangeChat).values(telegram_id=telegram_id, since=now, answered_at=now)
    answered = await db.execute(
        statement.on_conflict_do_update(
            index_elements=[StrangeChat.telegram_id],
            set_={"answered_at": now},
            where=StrangeChat.answered_at.is_(None) | (StrangeChat.answered_at <= now - ANSWERED_EVERY),
        ).returning(StrangeChat.telegram_id)
    )
    return answered.first() is not None


async def save_stranger(db: AsyncConnection, telegram_id: int, now: datetime) -> None:
    """The bot is in a chat that nobody has linked yet; one that is known as such keeps its moment."""
    await db.execute(
        upsert_into(db, StrangeChat)
        .values(telegram_id=telegram_id, since=now)
        .on_conflict_do_nothing(index_elements=[StrangeChat.telegram_id])
    )


async def save_no_stranger(db: AsyncConnection, telegram_id: int) -> None:
    """It was linked, or the bot is there no longer."""
    await db.execute(delete(StrangeChat).where(StrangeChat.telegram_id == telegram_id))


async def claim_unlinked(db: AsyncConnection, now: datetime) -> list[int]:
    """The chats that nobody has linked in time, for the caller to leave.

    No other process gets the same ones, until the caller has had enough time for it and must have failed.
    """
    overdue = now - LINKED_WITHIN
    claimed = await db.execute(
        update(StrangeChat)
        .where(StrangeChat.since <= overdue, ~_is_linked())
        .values(since=overdue + TRIED_AGAIN_AFTER)
        .returning(StrangeChat.telegram_id)
    )
    return list(claimed.scalars())


def _is_linked() -> ColumnElement[bool]:
    return exists().where(Chat.telegram_id == StrangeChat.telegram_id, Chat.left_at.is_(None))


async def save_left(db: AsyncConnection, telegram_id: int, now: datetime) -> None:
    """The bot was sent away, or may no longer write there."""
    await save_no_stranger(db, telegram_id)
    await db.execute(
        update(Chat).where(Chat.telegram_id == telegram_id, Chat.left_at.is_(None)).values(left_at=now)
    )


async def save_unlinked(db: AsyncConnection, chat_id: int, now: datetime) -> bool:
    """Whether it was unlinked by this very call. The bot is still there, and goes unless linked again."""
    done = await db.execute(
        update(Chat)
        .where(Chat.id == chat_id, Chat.left_at.is_(None))
        .values(left_at=now)
        .returning(Chat.telegram_id)
    )
    telegram_id = done.scalar_one_or_none()
    if telegram_id is None:
        return False
    await save_no_stranger(db, telegram_id)
    await save_stranger(db, telegram_id, now)
    return True


async def save_moved(db: AsyncConnection, telegram_id: int, new_telegram_id: int) -> None:
    """A group that became a supergroup has another number, and stays linked under it."""
    await db.execute(
        update(Chat)
        .where(
            Chat.telegram_id == telegram_id,
            ~select(Chat.id).where(Chat.telegram_id == new_telegram_id).exists(),
        )
        .values(telegram_id=new_telegram_id)
    )
    await db.execute(
        update(StrangeChat)
        .where(
            StrangeChat.telegram_id == telegram_id,
            ~exists(select(StrangeChat.telegram_id).where(StrangeChat.telegram_id == new_telegram_id)),
        )
        .values(telegram_id=new_telegram_id)
    )


async def _name(db: AsyncConnection, municipality_id: int) -> Name:
    row = (
        await db.execute(
            select(MunicipalityRow.name_ky, MunicipalityRow.name_ru).where(
                MunicipalityRow.id == municipality_id
            )
        )
    ).one()
    return Name(row.name_ky, row.name_ru)
