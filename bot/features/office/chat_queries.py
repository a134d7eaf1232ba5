"""Groups and channels that a municipality has linked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Chat, ChatCode
from bot.db.models import Municipality as MunicipalityRow
from bot.db.queries import upsert_into
from bot.domain.codes import hash_of, new_code
from bot.domain.places import Name

CODE_LASTS = timedelta(hours=1)
LONGEST_TITLE = 200
NOWHERE = Name("", "")


class Outcome(StrEnum):
    """What came of a code that somebody sent."""

    LINKED = "linked"
    USED = "used"
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


async def save_linked(
    db: AsyncConnection, code: str, telegram_id: int, title: str, now: datetime, *, is_channel: bool
) -> Linking:
    """Link a chat by a code that is good once; the same message again finds it linked."""
    used = (
        await db.execute(
            update(ChatCode)
            .where(ChatCode.code_hash == hash_of(code), ChatCode.used_at.is_(None), ChatCode.expires_at > now)
            .values(used_at=now)
            .returning(ChatCode.municipality_id, ChatCode.made_by)
        )
    ).first()
    if used is None:
        return await _why_not(db, code, telegram_id, now)
    linked = {
        "municipality_id": used.municipality_id,
        "title": title[:LONGEST_TITLE],
        "is_channel": is_channel,
        "linked_at": now,
        "linked_by": used.made_by,
        "left_at": None,
    }
    statement = upsert_into(db, Chat).values(telegram_id=telegram_id, **linked)
    chat_id = (
        await db.execute(
            statement.on_conflict_do_update(index_elements=[Chat.telegram_id], set_=linked).returning(Chat.id)
        )
    ).scalar_one()
    name = await _name(db, used.municipality_id)
    return Linking(Outcome.LINKED, True, chat_id, used.municipality_id, name, used.made_by)


async def _why_not(db: AsyncConnection, code: str, telegram_id: int, now: datetime) -> Linking:
    row = (
        await db.execute(
            select(ChatCode.used_at, ChatCode.expires_at).where(ChatCode.code_hash == hash_of(code))
        )
    ).first()
    if row is None:
        return Linking(Outcome.UNKNOWN)
    if row.used_at is None:
        return Linking(Outcome.EXPIRED if row.expires_at <= now else Outcome.USED)
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


async def save_left(db: AsyncConnection, telegram_id: int, now: datetime) -> None:
    """The bot was sent away, or may no longer write there."""
    await db.execute(
        update(Chat).where(Chat.telegram_id == telegram_id, Chat.left_at.is_(None)).values(left_at=now)
    )


async def save_unlinked(db: AsyncConnection, chat_id: int, now: datetime) -> bool:
    """Whether it was unlinked by this very call."""
    done = await db.execute(
        update(Chat).where(Chat.id == chat_id, Chat.left_at.is_(None)).values(left_at=now)
    )
    return done.rowcount > 0


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


async def _name(db: AsyncConnection, municipality_id: int) -> Name:
    row = (
        await db.execute(
            select(MunicipalityRow.name_ky, MunicipalityRow.name_ru).where(
                MunicipalityRow.id == municipality_id
            )
        )
    ).one()
    return Name(row.name_ky, row.name_ru)
