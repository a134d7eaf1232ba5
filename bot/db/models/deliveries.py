"""What the bot says of its own accord: to whom, at what pace, and who does not want to hear it."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, Id

_WAITS = text("sent_at IS NULL AND failed_at IS NULL")


class Broadcast(Base):
    """One thing told to many, with its facts as they were when it was told."""

    __tablename__ = "broadcasts"
    __table_args__ = (
        Index(None, "hearing_id"),
        Index(
            "ix_broadcasts_watched",
            "watcher_id",
            sqlite_where=text("watcher_id IS NOT NULL AND progress_ended_at IS NULL"),
            postgresql_where=text("watcher_id IS NOT NULL AND progress_ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # What is told, for example "hearing:12:cancelled"; nobody hears the same notice twice.
    notice: Mapped[str] = mapped_column(String(80), unique=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    hearing_id: Mapped[int | None] = mapped_column(ForeignKey("hearings.id"))
    kind: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    created_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    stopped_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    # Who sees a live progress bar, in which message of theirs, and until its last state was shown.
    watcher_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    progress_message_id: Mapped[int | None] = mapped_column(BigInteger)
    progress_shown_at: Mapped[datetime | None]
    progress_ended_at: Mapped[datetime | None]


class Delivery(Base):
    """Something one person or group must hear, written in the same transaction as its cause."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("notice", "resident_id"),
        UniqueConstraint("notice", "chat_id"),
        # None at all once a person asked to be forgotten: the row stays, so that reports add up.
        CheckConstraint("resident_id IS NULL OR chat_id IS NULL", name="one_recipient"),
        Index("ix_deliveries_waiting", "due_at", "id", sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index(None, "resident_id"),
        Index(None, "chat_id"),
        Index(None, "broadcast_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    # What is told, for example "problem:12:published"; nobody hears the same notice twice.
    notice: Mapped[str] = mapped_column(String(80))
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcasts.id"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    chat_id: Mapped[int | None] = mapped_column(ForeignKey("chats.id"))
    kind: Mapped[str] = mapped_column(String(40))
    # This recipient's own; what all are told stands in the broadcast.
    facts: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    # After this moment it is of no use any more.
    expires_at: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    leased_by: Mapped[str | None] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(String(60))
    # Where the recipient lived when it was written, and the language it was sent in.
    village_id: Mapped[int | None] = mapped_column(ForeignKey("villages.id"))
    language: Mapped[str | None] = mapped_column(String(2))


class Pace(Base):
    """The common pace of all senders: one row. `free_at` is the first moment not given away yet."""

    __tablename__ = "delivery_pace"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    free_at: Mapped[datetime]
    # Telegram asked all deliveries to wait until then.
    paused_until: Mapped[datetime | None]
    # Telegram asked several chats at once: until then nothing is sent at all.
    stopped_until: Mapped[datetime | None]


class Muted(Base):
    """A topic that a resident does not want to hear of."""

    __tablename__ = "muted_topics"

    resident_id: Mapped[int] = mapped_column(Id, ForeignKey("residents.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(20), primary_key=True)


class Chat(Base):
    """A group or channel of a municipality, where its hearings are posted."""

    __tablename__ = "chats"
    __table_args__ = (Index(None, "municipality_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    title: Mapped[str]
    is_channel: Mapped[bool]
    linked_at: Mapped[datetime]
    linked_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    # Set when the bot was removed or an officer undid the link.
    left_at: Mapped[datetime | None]


class ChatCode(Base):
    """A one-time code that links a group or channel. Only its hash is stored."""

    __tablename__ = "chat_codes"
    __table_args__ = (Index(None, "made_by"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
